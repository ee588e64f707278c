"""One-time links to the console and the sessions they open. Only digests come in here."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from empathy_coach.storage.tables import console_links, console_sessions


def add_link(connection: Connection, digest: bytes, expires: int) -> None:
    """Keep a link until ``expires`` (seconds since 1970)."""
    connection.execute(insert(console_links).values(digest=digest, expires=expires))


def take_link(connection: Connection, digest: bytes, now: int) -> bool:
    """Use up a link; False when it does not exist, was used before, or is too old. Old ones go as well."""
    connection.execute(delete(console_links).where(console_links.c.expires <= now))
    return connection.execute(delete(console_links).where(console_links.c.digest == digest)).rowcount == 1


def add_session(connection: Connection, digest: bytes, name: str, expires: int) -> None:
    """Sign a lead in."""
    connection.execute(insert(console_sessions).values(digest=digest, name=name, expires=expires))


def session_name(connection: Connection, digest: bytes, now: int) -> str | None:
    """Who is signed in with this session; None when it does not exist or is over."""
    row = connection.execute(
        select(console_sessions.c.name).where(console_sessions.c.digest == digest, console_sessions.c.expires > now)
    ).first()
    return None if row is None else str(row.name)


def end_session(connection: Connection, digest: bytes, now: int) -> None:
    """Sign a lead out, and forget the sessions that are over."""
    table = console_sessions
    connection.execute(delete(table).where((table.c.digest == digest) | (table.c.expires <= now)))
