"""``coach demo``."""

from __future__ import annotations

import click


@click.command("demo")
def command() -> None:
    """Open a small help desk with the coach in a browser, on a ticket to try."""
    from empathy_coach.demo import main  # type: ignore[attr-defined]

    main()
