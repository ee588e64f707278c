"""What is counted by week besides findings: exercises done, customers met. No name and no text in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlalchemy import Connection, delete, select

from empathy_coach.storage.counting import add_up
from empathy_coach.storage.tables import activity


@dataclass(frozen=True, slots=True)
class ActivityKey:
    """What is counted together. ``week`` is a Monday."""

    contributor: bytes
    team: str
    week: date
    kind: str
    subject: str
    figure: str


_KEYS = [activity.c[field.name] for field in fields(ActivityKey)]


def add(connection: Connection, key: ActivityKey, count: int) -> None:
    """Count ``count`` more."""
    add_up(connection, activity, asdict(key), count)


def of_week(connection: Connection, team: str, week: date) -> dict[ActivityKey, int]:
    """What a team's people did in one week."""
    rows = select(*_KEYS, activity.c.count).where(activity.c.team == team, activity.c.week == week)
    return {ActivityKey(*row[:-1]): row[-1] for row in connection.execute(rows)}


def of_contributor(connection: Connection, contributor: bytes) -> dict[ActivityKey, int]:
    """What one contributor did: for that person's own eyes."""
    rows = select(*_KEYS, activity.c.count).where(activity.c.contributor == contributor)
    return {ActivityKey(*row[:-1]): row[-1] for row in connection.execute(rows)}


def forget_kinds(connection: Connection, team: str, kinds: tuple[str, ...], before: date) -> None:
    """Drop what is needed only until its week is frozen: these kinds, of the weeks before ``before``."""
    table = activity
    connection.execute(delete(table).where(table.c.team == team, table.c.kind.in_(kinds), table.c.week < before))
