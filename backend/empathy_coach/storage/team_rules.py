"""What a team writes and publishes: drafts of rules, and releases of all its choices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from empathy_coach.storage.tables import releases, rule_drafts


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A rule that is being written. ``version`` is 0 before it is saved for the first time."""

    name: str
    text: str
    replaces: str | None
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One published state of a team's choices (``choices`` is JSON; ``made_at`` is UTC)."""

    id: int
    made_by: str
    made_at: datetime
    why: str
    choices: str
    rule_set: str


def all_drafts(connection: Connection, team: str) -> list[DraftRow]:
    """The drafts of a team, by name."""
    rows = connection.execute(select(rule_drafts).where(rule_drafts.c.team == team).order_by(rule_drafts.c.name))
    return [DraftRow(*row[1:]) for row in rows]


def draft(connection: Connection, team: str, name: str) -> DraftRow | None:
    """One draft."""
    row = connection.execute(select(rule_drafts).where(_is(team, name))).first()
    return None if row is None else DraftRow(*row[1:])


def save_draft(connection: Connection, team: str, new: DraftRow) -> bool:
    """Store a draft as version ``new.version + 1``; False when somebody else saved since that version."""
    values = {
        "text": new.text,
        "replaces": new.replaces,
        "version": new.version + 1,
        "changed_by": new.changed_by,
        "changed_at": new.changed_at,
    }
    if new.version == 0:
        if draft(connection, team, new.name) is not None:
            return False
        try:
            with connection.begin_nested():
                connection.execute(insert(rule_drafts).values(team=team, name=new.name, **values))
        except IntegrityError:
            return False  # another process saved it in between
        return True
    since = _is(team, new.name) & (rule_drafts.c.version == new.version)
    return connection.execute(update(rule_drafts).where(since).values(**values)).rowcount == 1


def drop_draft(connection: Connection, team: str, name: str) -> None:
    """Forget a draft, if there is one."""
    connection.execute(delete(rule_drafts).where(_is(team, name)))


def _is(team: str, name: str) -> ColumnElement[bool]:
    return and_(rule_drafts.c.team == team, rule_drafts.c.name == name)


def add_release(connection: Connection, team: str, new: ReleaseRow) -> None:
    """Store a release; its number is given by the database, whatever ``new.id`` says."""
    connection.execute(
        insert(releases).values(
            team=team,
            made_by=new.made_by,
            made_at=new.made_at,
            why=new.why,
            choices=new.choices,
            rule_set=new.rule_set,
        )
    )


def last_releases(connection: Connection, team: str, limit: int) -> list[ReleaseRow]:
    """The newest releases of a team, newest first."""
    columns = [column for column in releases.columns if column.name != "team"]
    found = select(*columns).where(releases.c.team == team).order_by(releases.c.id.desc()).limit(limit)
    return [ReleaseRow(*row) for row in connection.execute(found)]
