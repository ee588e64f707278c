"""What is kept: hashed tokens and codes, feedback counters, a team's rules and who changed them. Never a draft or a customer's text."""
