"""Practice: role play with a simulated customer, listening, drills. Pure: no clock, no storage, no web."""
