"""Counters of what happened to findings, by rule and day. No name and no text in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from empathy_coach.storage.counting import add_up
from empathy_coach.storage.tables import feedback


@dataclass(frozen=True, slots=True)
class FeedbackKey:
    """What is counted together. ``team`` is empty when there is none, ``contributor`` where there are no accounts."""

    rule: str
    element: str
    verdict: str
    day: date
    team: str
    rule_set: str
    contributor: bytes = b""


_KEYS = [feedback.c[field.name] for field in fields(FeedbackKey)]


def add_one(connection: Connection, key: FeedbackKey) -> None:
    """Count one more."""
    add(connection, key, 1)


def add(connection: Connection, key: FeedbackKey, count: int) -> None:
    """Count ``count`` more."""
    add_up(connection, feedback, asdict(key), count)


def counts(connection: Connection) -> dict[FeedbackKey, int]:
    """Every counter."""
    return _read(connection.execute(select(*_KEYS, feedback.c.count)))


def counts_between(connection: Connection, team: str, first: date, last: date) -> dict[FeedbackKey, int]:
    """The counters of a team from ``first`` to ``last``, both included."""
    rows = select(*_KEYS, feedback.c.count).where(feedback.c.team == team, feedback.c.day.between(first, last))
    return _read(connection.execute(rows))


def counts_of(connection: Connection, contributor: bytes) -> dict[FeedbackKey, int]:
    """The counters of one contributor: for that person's own eyes."""
    return _read(connection.execute(select(*_KEYS, feedback.c.count).where(feedback.c.contributor == contributor)))


def _read(rows: Iterable[Row[Any]]) -> dict[FeedbackKey, int]:
    return {FeedbackKey(*tuple(row)[:-1]): row[-1] for row in rows}
