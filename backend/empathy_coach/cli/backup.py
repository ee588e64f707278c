"""``coach backup``."""

from __future__ import annotations

from pathlib import Path

import click

from empathy_coach.cli import options
from empathy_coach.settings import load_settings


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@options.config
@options.data_dir
def command(file: Path, config: Path | None, data_dir: Path | None) -> None:
    """Write a backup of the database to FILE while the servers run.

    SQLite gives an SQLite file, PostgreSQL a dump of pg_dump. The secret of the pseudonyms is not in it: keep that
    file (pseudonyms.key) elsewhere.
    """
    from empathy_coach.storage import backup

    backup.save(load_settings(config=config, data_dir=data_dir).database, file)
    click.echo(f"{file}: {file.stat().st_size // 1024 + 1} kB.")
