"""One-time links to the console, and sessions. Only digests come in here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from empathy_coach.storage.tables import accounts, console_links, console_sessions


@dataclass(frozen=True, slots=True)
class SessionRow:
    """Who is signed in: by an account with its role, or by a link to the console, as the name they gave."""

    name: str
    account: str | None
    role: str | None


def add_link(connection: Connection, digest: bytes, expires: int) -> None:
    """Keep a link until ``expires`` (seconds since 1970)."""
    connection.execute(insert(console_links).values(digest=digest, expires=expires))


def take_link(connection: Connection, digest: bytes, now: int) -> bool:
    """Use up a link; False when it does not exist, was used before, or is too old. Old ones go as well."""
    connection.execute(delete(console_links).where(console_links.c.expires <= now))
    return connection.execute(delete(console_links).where(console_links.c.digest == digest)).rowcount == 1


def add_session(connection: Connection, digest: bytes, name: str, expires: int, account: str | None = None) -> None:
    """Sign somebody in."""
    connection.execute(insert(console_sessions).values(digest=digest, name=name, expires=expires, account=account))


def session(connection: Connection, digest: bytes, now: int) -> SessionRow | None:
    """Who is signed in with this session; None when it does not exist, is over, or its account is disabled or gone."""
    table = console_sessions
    found = (
        select(table.c.name, table.c.account, accounts.c.role)
        .outerjoin(accounts, (accounts.c.id == table.c.account) & accounts.c.disabled.is_(False))
        .where(table.c.digest == digest, table.c.expires > now)
    )
    row = connection.execute(found).first()
    if row is None or (row.account is not None and row.role is None):
        return None
    return SessionRow(*row)


def end_session(connection: Connection, digest: bytes, now: int) -> None:
    """Sign somebody out, and forget the sessions that are over."""
    table = console_sessions
    connection.execute(delete(table).where((table.c.digest == digest) | (table.c.expires <= now)))


def end_sessions(connection: Connection, account: str) -> None:
    """Sign somebody out everywhere."""
    connection.execute(delete(console_sessions).where(console_sessions.c.account == account))
