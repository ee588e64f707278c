"""Brings the tables to the version that this program knows."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from empathy_coach.errors import StorageError

#: The newest migration. Kept here so that an up-to-date database opens without importing Alembic.
HEAD = "0006"

#: Every version there has been.
KNOWN = ("0001", "0002", "0003", "0005", "0006")


def bring_up_to_date(connection: Connection) -> None:
    """Run the migrations that ``connection``'s database lacks. Raises StorageError when it is newer than we are."""
    found = current(connection)
    if found == HEAD:
        return
    if found is not None and found not in KNOWN:
        raise StorageError("The database was made by a newer Empathy Coach. Update this one, or use another folder.")
    migrate(connection, HEAD)


def current(connection: Connection) -> str | None:
    """The version of the tables, ``None`` when there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def migrate(connection: Connection, target: str) -> None:
    """Go up or down to the version ``target`` (Alembic's ``base`` is no tables at all)."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    before = current(connection)
    down = before in KNOWN and (target == "base" or KNOWN.index(target) < KNOWN.index(before))
    (command.downgrade if down else command.upgrade)(config, target)
