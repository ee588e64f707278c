"""Who changed what: rules, roles, access. Only ever added to, in the transaction of the change itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from empathy_coach.storage.tables import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: at which moment (UTC), by whom, what was done (such as ``rules.publish``), to what, and why."""

    at: datetime
    who: str
    action: str
    about: str
    why: str = ""


def add(connection: Connection, entry: Entry) -> None:
    """Write an entry down."""
    connection.execute(
        insert(audit).values(at=entry.at, who=entry.who, action=entry.action, about=entry.about, why=entry.why)
    )


def newest(connection: Connection, limit: int) -> list[Entry]:
    """The last entries, newest first."""
    columns = [column for column in audit.columns if column.name != "id"]
    rows = connection.execute(select(*columns).order_by(audit.c.id.desc()).limit(limit))
    return [Entry(*row) for row in rows]
