"""Empathy Coach: scores a support reply before it is sent, says why, and proposes better words."""
