"""Deleting for good. A mark of each deletion is kept, so that a restored backup can be cleaned of it again.

The marks name nobody: a contributor's pseudonym, whose figures are gone, or the digest of an account's random id.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, delete, insert, select, update

from empathy_coach.storage import changes
from empathy_coach.storage.tables import (
    accounts,
    activity,
    console_sessions,
    erased,
    feedback,
    invites,
    pairing_codes,
    tokens,
    view_groups,
)
from empathy_coach.storage.views import PSEUDONYM_BYTES

#: What was counted for nobody in particular, up to the day of the mark: one person's own machine.
NOBODY_MARK = b"nobody"


def account_mark(account: str) -> bytes:
    """The mark of a deleted account."""
    return hashlib.sha256(account.encode()).digest()


def marks(connection: Connection) -> dict[bytes, date]:
    """Every mark, with the day of its deletion."""
    return {row.mark: row.day for row in connection.execute(select(erased))}


def is_erased(connection: Connection, mark: bytes) -> bool:
    """Whether this was deleted for good."""
    return connection.execute(select(erased.c.day).where(erased.c.mark == mark)).first() is not None


def erase(connection: Connection, wanted: Mapping[bytes, date]) -> None:
    """Delete everything that is kept under these marks, and keep the marks with their days. Safe to repeat.

    `coach restore` calls this with the marks of the database that it replaces, once the backup is in place.
    """
    for mark, day in wanted.items():
        connection.execute(delete(erased).where(erased.c.mark == mark))
        connection.execute(insert(erased).values(mark=mark, day=day))
    if NOBODY_MARK in wanted:
        old = feedback.c.day <= wanted[NOBODY_MARK]
        connection.execute(delete(feedback).where(feedback.c.contributor == b"", old))
    pseudonyms = {mark for mark in wanted if len(mark) == PSEUDONYM_BYTES}
    for pseudonym in pseudonyms:
        connection.execute(delete(feedback).where(feedback.c.contributor == pseudonym))
        connection.execute(delete(activity).where(activity.c.contributor == pseudonym))
    _take_from_groups(connection, pseudonyms)
    for account in connection.scalars(select(accounts.c.id)).all():
        if account_mark(account) in wanted:
            _drop_account(connection, account)


def _take_from_groups(connection: Connection, pseudonyms: set[bytes]) -> None:
    """In the groups of old figures a stranger takes each place, so that the groups keep their size and distance."""
    if not pseudonyms:
        return
    strangers = {pseudonym: secrets.token_bytes(PSEUDONYM_BYTES) for pseudonym in pseudonyms}
    for row in connection.execute(select(view_groups)).all():
        members = [row.members[at : at + PSEUDONYM_BYTES] for at in range(0, len(row.members), PSEUDONYM_BYTES)]
        if pseudonyms.isdisjoint(members):
            continue
        changed = b"".join(sorted(strangers.get(member, member) for member in members))
        connection.execute(update(view_groups).where(view_groups.c.id == row.id).values(members=changed))


def _drop_account(connection: Connection, account: str) -> None:
    for table in (tokens, pairing_codes, console_sessions, invites):
        connection.execute(delete(table).where(table.c.account == account))
    connection.execute(delete(accounts).where(accounts.c.id == account))
    changes.note(connection, "tokens")
