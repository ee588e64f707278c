"""Signing in with an account, and the administrator's page. Only on a team's server."""
