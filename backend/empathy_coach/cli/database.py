"""``coach database``: its version, and what is done to it now and then."""

from __future__ import annotations

from pathlib import Path

import click

from empathy_coach.cli import options
from empathy_coach.errors import CoachError
from empathy_coach.settings import Settings, load_settings


@click.group("database")
@options.config
@options.data_dir
@click.pass_context
def command(context: click.Context, config: Path | None, data_dir: Path | None) -> None:
    """Look after the database: its version, who changed what, and what is too old to keep."""
    context.obj = load_settings(config=config, data_dir=data_dir)


@command.command("version")
@click.option(
    "--to", metavar="NUMBER", help="Go to this version, up or down (before an older Empathy Coach is installed)."
)
@click.pass_obj
def version(settings: Settings, to: str | None) -> None:
    """Show the version of the tables, or change it."""
    from empathy_coach.storage import schema
    from empathy_coach.storage.database import Database

    if to is not None and to not in schema.KNOWN:
        raise CoachError(f"There is no version {to}. There are {', '.join(schema.KNOWN)}.")
    with Database(settings.database).transaction(wait=30.0) as connection:
        if to is not None:
            schema.migrate(connection, to)
        click.echo(schema.current(connection))


@command.command("log")
@click.option("--last", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many entries.")
@click.pass_obj
def log(settings: Settings, last: int) -> None:
    """Show who changed rules, roles and access, newest first. Times are UTC."""
    from empathy_coach.storage import audit
    from empathy_coach.storage.database import Database

    with Database(settings.database).transaction() as connection:
        for entry in audit.newest(connection, last):
            click.echo(f"{entry.at:%Y-%m-%d %H:%M}  {entry.who}  {entry.action}  {entry.about}  {entry.why}".rstrip())


@command.command("forget")
@click.pass_obj
def forget(settings: Settings) -> None:
    """Forget what is too old to keep. A running server does so by itself, every hour."""
    from empathy_coach.services.retention import Retention
    from empathy_coach.services.secret import open_secret
    from empathy_coach.services.team_views import TeamViews
    from empathy_coach.storage.database import Database

    database = Database(settings.database)
    team_views = TeamViews(database, settings.team, open_secret(settings.secret))
    for name, count in Retention(database, team_views, settings.keep_days).run().items():
        click.echo(f"{count:>6} of {name}")
