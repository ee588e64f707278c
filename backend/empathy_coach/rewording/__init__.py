"""rewording."""
