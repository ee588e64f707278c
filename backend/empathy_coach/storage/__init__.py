"""What is kept: hashed tokens, hashed pairing codes, feedback counters. Never a draft or a customer's text."""
