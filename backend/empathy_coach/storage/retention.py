"""Deletes rows by their age."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete

from empathy_coach.storage.tables import (
    activity,
    audit,
    console_links,
    console_sessions,
    feedback,
    invites,
    pairing_codes,
    tries,
)


def forget(connection: Connection, before: datetime, now: datetime) -> dict[str, int]:
    """Delete what is from ``before``, and what was over at ``now`` (both UTC); how many rows went, by table."""
    over = int(now.timestamp())
    old = {
        feedback: feedback.c.day < before.date(),
        audit: audit.c.at < before.replace(tzinfo=None),
        activity: activity.c.week < before.date(),
        tries: tries.c.until <= over,
        **{table: table.c.expires <= over for table in (pairing_codes, console_links, console_sessions, invites)},
    }
    return {table.name: connection.execute(delete(table).where(is_old)).rowcount for table, is_old in old.items()}
