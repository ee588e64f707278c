"""What the backend does besides coaching, as plain classes that know nothing of the web."""
