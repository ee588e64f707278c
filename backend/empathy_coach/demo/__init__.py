"""`coach demo`: the backend, a small help desk and a browser that already knows both."""
