"""How far the coach agrees with people: ``coach agreement DIR`` prints one table from labelled data."""

from __future__ import annotations

from pathlib import Path


def main(directory: Path) -> None:
    """Print the table for the labelled data in ``directory``."""
    from empathy_coach.agreement.table import main as print_table

    print_table(directory)
