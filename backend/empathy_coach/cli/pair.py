"""``coach pair``."""

from __future__ import annotations

from pathlib import Path

import click

from empathy_coach.cli import options
from empathy_coach.settings import load_settings


@click.command("pair")
@options.config
@options.data_dir
def command(config: Path | None, data_dir: Path | None) -> None:
    """Show a code that pairs one browser with the backend. It works once, within ten minutes."""
    from empathy_coach.services.pairing import Pairing
    from empathy_coach.storage.database import Database

    settings = load_settings(config=config, data_dir=data_dir)
    click.echo(Pairing(Database(settings.database)).new_code())
    click.echo("Enter this code on the extension's options page within ten minutes.", err=True)
