"""``coach agreement``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("agreement")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(directory: Path) -> None:
    """Compare the coach with people's labels in DIRECTORY and print one table."""
    from empathy_coach.agreement import main

    main(directory)
