"""``coach pair``."""

from __future__ import annotations

from pathlib import Path

import click

from empathy_coach.settings import load_settings


@click.command("pair")
@click.option("--data-dir", type=click.Path(path_type=Path), help="The folder of the database.")
def command(data_dir: Path | None) -> None:
    """Show a code that pairs one browser with the backend. It works once, within ten minutes."""
    from empathy_coach.services.pairing import Pairing
    from empathy_coach.storage.database import Database

    settings = load_settings(data_dir=data_dir)
    click.echo(Pairing(Database(settings.database)).new_code())
    click.echo("Enter this code on the extension's options page within ten minutes.", err=True)
