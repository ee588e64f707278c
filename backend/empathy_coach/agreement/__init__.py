"""How far the coach agrees with people: ``coach agreement DIR`` prints one table from labelled data."""

from empathy_coach.agreement.table import main

__all__ = ["main"]
