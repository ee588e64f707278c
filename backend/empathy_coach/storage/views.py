"""The team's frozen figures, the groups behind them, and what a team has switched on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from empathy_coach.storage.tables import snapshots, switches, view_groups

PSEUDONYM_BYTES = 16


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """Something that is on: since which day, and who switched it on."""

    on_since: date
    by: str


def switch(connection: Connection, team: str, name: str) -> SwitchRow | None:
    """Whether something is on; None when it is off."""
    found = select(switches.c.on_since, switches.c.by).where(switches.c.team == team, switches.c.name == name)
    row = connection.execute(found).first()
    return None if row is None else SwitchRow(*row)


def set_switch(connection: Connection, team: str, name: str, on: SwitchRow | None) -> None:
    """Switch something on, or off (None)."""
    connection.execute(delete(switches).where(switches.c.team == team, switches.c.name == name))
    if on is not None:
        connection.execute(insert(switches).values(team=team, name=name, on_since=on.on_since, by=on.by))


def weeks(connection: Connection, team: str) -> list[date]:
    """The Mondays of the weeks that are frozen, newest first."""
    table = snapshots
    return list(connection.scalars(select(table.c.week).where(table.c.team == team).order_by(table.c.week.desc())))


def add_snapshot(connection: Connection, team: str, week: date, rows: str) -> None:
    """Keep a week's figures. Raises IntegrityError when the week is frozen already."""
    connection.execute(insert(snapshots).values(team=team, week=week, rows=rows))


def snapshot(connection: Connection, team: str, week: date) -> str | None:
    """A frozen week's figures."""
    found = select(snapshots.c.rows).where(snapshots.c.team == team, snapshots.c.week == week)
    text: str | None = connection.execute(found).scalar()
    return text


def groups(connection: Connection, team: str) -> list[frozenset[bytes]]:
    """Each group behind a figure that was ever shown."""
    size = PSEUDONYM_BYTES
    found = connection.scalars(select(view_groups.c.members).where(view_groups.c.team == team))
    return [frozenset(members[at : at + size] for at in range(0, len(members), size)) for members in found]


def add_group(connection: Connection, team: str, members: frozenset[bytes]) -> None:
    """Remember a group."""
    connection.execute(insert(view_groups).values(team=team, members=b"".join(sorted(members))))


@dataclass(frozen=True, slots=True)
class Past:
    """Everything that was ever shown: the groups behind the figures, and the frozen weeks."""

    groups: frozenset[tuple[str, bytes]]
    weeks: dict[tuple[str, date], str]


def past(connection: Connection) -> Past:
    """What was shown until now, of all teams."""
    groups = connection.execute(select(view_groups.c.team, view_groups.c.members))
    frozen = connection.execute(select(snapshots.c.team, snapshots.c.week, snapshots.c.rows))
    return Past(frozenset((row.team, row.members) for row in groups), {(row[0], row[1]): row[2] for row in frozen})


def add_past(connection: Connection, shown: Past) -> None:
    """Take over what was shown and is not known here. What a lead has seen stays seen, whatever is restored."""
    here = past(connection)
    for team, members in sorted(shown.groups - here.groups):
        connection.execute(insert(view_groups).values(team=team, members=members))
    for (team, week), rows in shown.weeks.items():
        if (team, week) not in here.weeks:
            add_snapshot(connection, team, week, rows)
