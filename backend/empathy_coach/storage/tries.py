"""Tries of late, counted for all processes."""

from __future__ import annotations

from sqlalchemy import Connection, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from empathy_coach.storage.tables import tries

_DAY = 24 * 3600


def take(connection: Connection, about: bytes, now: int, window: int) -> tuple[int, int]:
    """Count one try; how many there were in this window of seconds, and how many seconds are left of it."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    # A clock that was set back must not lock a door for long.
    over = (tries.c.until <= now) | (tries.c.until > now + _DAY)
    new = insert(tries).values(about=about, until=now + window, count=1)
    connection.execute(
        new.on_conflict_do_update(
            index_elements=["about"],
            set_={
                "count": case((over, 1), else_=tries.c.count + 1),
                "until": case((over, now + window), else_=tries.c.until),
            },
        )
    )
    count, until = connection.execute(select(tries.c.count, tries.c.until).where(tries.c.about == about)).one()
    return count, until - now


def forgive(connection: Connection, about: bytes) -> None:
    """Forget the tries of somebody who was right."""
    connection.execute(delete(tries).where(tries.c.about == about))


def forget(connection: Connection, now: int) -> None:
    """Drop what is over."""
    connection.execute(delete(tries).where(tries.c.until <= now))
