"""Deletes rows by their age."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from empathy_coach.storage.tables import (
    activity,
    audit,
    console_links,
    console_sessions,
    feedback,
    invites,
    pairing_codes,
    releases,
    round_answers,
    rounds,
    rule_drafts,
    tries,
)


def forget(connection: Connection, before: datetime, now: datetime) -> dict[str, int]:
    """Delete what is from ``before``, and what was over at ``now`` (both UTC); how many rows went, by table.

    A team's rules stay, and what was published when and why; the names of who changed them go.
    """
    over = int(now.timestamp())
    long_ago = before.replace(tzinfo=None)
    old = {
        feedback: feedback.c.day < before.date(),
        audit: audit.c.at < long_ago,
        activity: activity.c.week < before.date(),
        tries: tries.c.until <= over,
        round_answers: round_answers.c.code.in_(select(rounds.c.code).where(rounds.c.expires <= over)),
        **{
            table: table.c.expires <= over
            for table in (rounds, pairing_codes, console_links, console_sessions, invites)
        },
    }
    gone = {table.name: connection.execute(delete(table).where(is_old)).rowcount for table, is_old in old.items()}
    for table, name, at in (
        (releases, releases.c.made_by, releases.c.made_at),
        (rule_drafts, rule_drafts.c.changed_by, rule_drafts.c.changed_at),
    ):
        named = (at < long_ago) & (name != "")
        gone[f"names in {table.name}"] = connection.execute(update(table).where(named).values({name: ""})).rowcount
    return gone
