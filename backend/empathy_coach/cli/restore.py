"""``coach restore``."""

from __future__ import annotations

from pathlib import Path

import click

from empathy_coach.cli import options
from empathy_coach.settings import load_settings


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.config
@options.data_dir
def command(file: Path, yes: bool, config: Path | None, data_dir: Path | None) -> None:
    """Put the backup FILE in place of the database. Servers may go on running; they take it over by themselves.

    What somebody deleted for good after the backup was made is deleted again.
    """
    from empathy_coach.services.contributors import noted_erasures
    from empathy_coach.storage import backup

    if not yes:
        click.confirm("Everything that was stored since this backup will be gone. Go on?", abort=True)
    settings = load_settings(config=config, data_dir=data_dir)
    backup.restore(settings.database, file, noted_erasures(settings.erasures))
    click.echo("Restored.")
