"""``coach demo``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("demo")
@click.option("--ticket", type=click.IntRange(1, 6), default=1, help="The ticket to open (1 to 6).")
@click.option("--headless", is_flag=True, help="Without a window, even where there is a display.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="The folder of the databases.")
def command(ticket: int, headless: bool, data_dir: Path | None) -> None:
    """Open a small help desk with the coach in a browser, on a ticket to try."""
    from empathy_coach.demo.main import run

    run(ticket=ticket, headless=headless, data_dir=data_dir)
