"""``coach pair``."""

from __future__ import annotations

from pathlib import Path

import click

from empathy_coach.cli import options
from empathy_coach.errors import CoachError
from empathy_coach.settings import load_settings


@click.command("pair")
@options.config
@options.data_dir
@click.option("--user", metavar="NAME", help="Whose browser it is, where there are accounts.")
def command(config: Path | None, data_dir: Path | None, user: str | None) -> None:
    """Show a code that pairs one browser with the backend. It works once, within ten minutes."""
    from empathy_coach.services.accounts import Accounts
    from empathy_coach.services.pairing import Pairing
    from empathy_coach.storage.database import Database

    settings = load_settings(config=config, data_dir=data_dir)
    if settings.accounts and not user:
        raise CoachError(
            "Whose browser is it? Say it with --user NAME; or they make a code themselves, at /practice/me."
        )
    database = Database(settings.database)
    account = Accounts(database).named(user).id if user else None
    click.echo(Pairing(database).new_code(account))
    click.echo("Enter this code on the extension's options page within ten minutes.", err=True)
