"""``coach tokens``: who is paired, and taking it back."""

from __future__ import annotations

from pathlib import Path

import click

from empathy_coach.cli import options
from empathy_coach.errors import CoachError
from empathy_coach.settings import load_settings


@click.command("tokens")
@click.option("--revoke", type=int, metavar="NUMBER", help="Make this client's token worthless, at once.")
@options.config
@options.data_dir
def command(revoke: int | None, config: Path | None, data_dir: Path | None) -> None:
    """List the paired clients, or revoke one."""
    from empathy_coach.services.access import Access
    from empathy_coach.storage.database import Database

    settings = load_settings(config=config, data_dir=data_dir)
    access = Access(Database(settings.database))
    if revoke is not None:
        if not access.revoke(revoke):
            raise CoachError(f"There is no paired client with the number {revoke}.")
        click.echo(f"Number {revoke} is revoked.")
        return
    for holder in access.holders():
        click.echo(f"{holder.id:>4}  {holder.made_on}  {holder.label}")
