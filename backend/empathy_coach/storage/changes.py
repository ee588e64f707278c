"""Counts the changes that every process has to notice: to tokens, and to the rules in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sqlalchemy import Connection, select, update

from empathy_coach.storage.tables import changes

What = Literal["tokens", "rules"]


def note(connection: Connection, what: What) -> int:
    """Count a change, within its own transaction; the new number. Others who change the same wait until this one ends."""
    row = changes.c.what == what
    counted = update(changes).where(row).values(number=changes.c.number + 1).returning(changes.c.number)
    return int(connection.execute(counted).scalar_one())


def numbers(connection: Connection) -> tuple[tuple[str, int], ...]:
    """How often each has changed."""
    return tuple((row.what, row.number) for row in connection.execute(select(changes).order_by(changes.c.what)))


def number_of(connection: Connection, what: What) -> int:
    """How often ``what`` has changed."""
    return int(connection.execute(select(changes.c.number).where(changes.c.what == what)).scalar_one())


def hold(connection: Connection, what: What) -> None:
    """Make others who change ``what``, or hold it, wait until this transaction ends."""
    connection.execute(select(changes.c.number).where(changes.c.what == what).with_for_update())


def move_past(connection: Connection, before: Mapping[str, int]) -> None:
    """After a restore: give each a number that no process has seen, neither before it nor in the backup."""
    for what, number in numbers(connection):
        beyond = max(number, before.get(what, 0)) + 1
        connection.execute(update(changes).where(changes.c.what == what).values(number=beyond))
