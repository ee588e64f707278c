"""Counters of what happened to findings, by rule and day. No person and no text in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from empathy_coach.storage.tables import feedback


@dataclass(frozen=True, slots=True)
class FeedbackKey:
    """What is counted together. ``team`` is empty when there is none."""

    rule: str
    element: str
    verdict: str
    day: date
    team: str
    rule_set: str


def add_one(connection: Connection, key: FeedbackKey) -> None:
    """Count one more."""
    add(connection, key, 1)


def add(connection: Connection, key: FeedbackKey, count: int) -> None:
    """Count ``count`` more."""
    new = insert(feedback).values(
        rule=key.rule,
        element=key.element,
        verdict=key.verdict,
        day=key.day,
        team=key.team,
        rule_set=key.rule_set,
        count=count,
    )
    connection.execute(
        new.on_conflict_do_update(
            index_elements=list(feedback.primary_key.columns), set_={"count": feedback.c.count + count}
        )
    )


def counts(connection: Connection) -> dict[FeedbackKey, int]:
    """Every counter."""
    rows = connection.execute(select(feedback))
    return {FeedbackKey(*row[:-1]): row[-1] for row in rows}
