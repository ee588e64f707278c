"""What a lead may see of a team: weekly figures, frozen, each over at least five people (``services.protection``).

A week is counted while it runs and frozen once when it is over; nothing about the running week is shown. There are no
filters: everybody who may look sees the same rows. Off until a lead switches it on, and only whole weeks after that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args

import orjson
from sqlalchemy import Connection

from empathy_coach.errors import StorageError
from empathy_coach.services.protection import STEP, Groups
from empathy_coach.services.secret import Secret
from empathy_coach.storage import activity, audit, erasure, feedback, views
from empathy_coach.storage.activity import ActivityKey
from empathy_coach.storage.audit import Entry
from empathy_coach.storage.database import Database
from empathy_coach.storage.views import SwitchRow

Kind = Literal["element", "rule", "shadow", "practice", "contact", "topic", "day", "hour"]
#: ``figures``: what became of findings, and that the team practised. ``shoes``: what the inbox feels like.
Switch = Literal["figures", "shoes"]

SWITCHES: tuple[Switch, ...] = get_args(Switch)
#: The figures of each kind of row, in the order in which rows are considered.
KINDS: Mapping[Kind, tuple[str, ...]] = {
    "element": ("shown", "applied", "dismissed", "wrong"),
    "rule": ("shown", "applied", "dismissed", "wrong"),
    "practice": ("done",),
    "shadow": ("shadow",),
    "contact": ("met", "third"),
    "topic": ("met", "upset"),
    "day": ("met", "upset"),
    "hour": ("met", "upset"),
}
#: Belong to the switch ``shoes``, and are dropped once their week is over.
SHOES: tuple[Kind, ...] = ("contact", "topic", "day", "hour")
_WEEK = timedelta(days=7)
_OLDEST = 8  # weeks that are still frozen after a long pause

_Cells = dict[tuple[Kind, str], dict[bytes, dict[str, int]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a week's figures.

    ``people`` is how many contributed at least (a multiple of 5). A figure is rounded to a multiple of 5; it is None
    when fewer than five people have any of it.
    """

    kind: Kind
    subject: str
    people: int
    figures: dict[str, int | None]


class TeamViews:
    """The figures of one team. Every method may be called from any thread, and may raise StorageError."""

    def __init__(
        self, database: Database, team: str | None, secret: Secret, today: Callable[[], date] = date.today
    ) -> None:
        self._database = database
        self._team = team or ""
        self._secret = secret
        self._today = today

    # --- what is on ---

    def switched(self, name: Switch) -> SwitchRow | None:
        """Since when something is on, and who switched it on; None when it is off."""
        with self._database.transaction() as connection:
            return views.switch(connection, self._team, name)

    def turn(self, name: Switch, on: bool, who: str) -> None:
        """Switch something on or off. What is frozen stays."""
        with self._database.transaction() as connection:
            if on != (views.switch(connection, self._team, name) is not None):
                views.set_switch(connection, self._team, name, SwitchRow(self._today(), who) if on else None)
                at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
                audit.add(connection, Entry(at, who, f"team.{name}", "on" if on else "off"))

    # --- counting ---

    def count(self, contributor: bytes, seen: Mapping[tuple[Kind, str, str], int]) -> None:
        """Count (kind, subject, figure) of one person this week: ``("practice", "role play", "done")``.

        Nothing is stored for nobody in particular, for somebody who deleted their figures, or of what is off.
        """
        if not contributor or not seen:
            return
        with self._database.transaction() as connection:
            if erasure.is_erased(connection, contributor):
                return
            shoes = views.switch(connection, self._team, "shoes") is not None
            for (kind, subject, figure), count in seen.items():
                if shoes or kind not in SHOES:
                    key = ActivityKey(contributor, self._team, monday(self._today()), kind, subject, figure)
                    activity.add(connection, key, count)

    # --- looking ---

    def weeks(self) -> list[date]:
        """The Mondays of the weeks that can be looked at, newest first. Freezes those that are over."""
        self.freeze()
        with self._database.transaction() as connection:
            return views.weeks(connection, self._team)

    def rows(self, week: date) -> list[Row]:
        """The figures of a frozen week; none when it is not frozen."""
        with self._database.transaction() as connection:
            text = views.snapshot(connection, self._team, week)
        return [Row(**row) for row in orjson.loads(text)] if text else []

    # --- freezing ---

    def freeze(self) -> None:
        """Make the figures of the weeks that are over, and drop what was kept only for them."""
        try:
            with self._database.transaction() as connection:
                for week in self._due(connection):
                    self._freeze(connection, week)
                # Also of weeks without figures: in which it was switched on or off.
                activity.forget_kinds(connection, self._team, SHOES, monday(self._today()))
        except StorageError:  # another process may have frozen the same week at this moment
            with self._database.transaction() as connection:
                if self._due(connection):
                    raise

    def _due(self, connection: Connection) -> list[date]:
        """The weeks to freeze, oldest first."""
        since = [row.on_since for name in SWITCHES if (row := views.switch(connection, self._team, name))]
        if not since:
            return []
        this = monday(self._today())
        first = max(monday(min(since) - timedelta(days=1)) + _WEEK, this - _OLDEST * _WEEK)
        frozen = set(views.weeks(connection, self._team))
        return [week for week in _mondays(first, this) if week not in frozen]

    def _freeze(self, connection: Connection, week: date) -> None:
        cells = self._cells(connection, week)
        seed = int.from_bytes(self._secret.digest("left out", f"{self._team} {week}"))
        groups = Groups(views.groups(connection, self._team), seed)
        order = list(KINDS)
        rows: list[Row] = []
        for kind, subject in sorted(cells, key=lambda c: (order.index(c[0]), -len(cells[c]), c[1])):
            shown = groups.show(cells[kind, subject], KINDS[kind])
            if shown is not None:
                rows.append(Row(kind, subject, len(shown.group) // STEP * STEP, shown.figures))
        for group in groups.new:
            views.add_group(connection, self._team, group)
        views.add_snapshot(connection, self._team, week, orjson.dumps([asdict(row) for row in rows]).decode())

    def _cells(self, connection: Connection, week: date) -> _Cells:
        """Everything that was counted in a week, of what was on for all of it."""
        cells: _Cells = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        whole = {
            name: (row := views.switch(connection, self._team, name)) is not None and row.on_since <= week
            for name in SWITCHES
        }
        if whole["figures"]:
            for key, count in feedback.counts_between(connection, self._team, week, week + timedelta(days=6)).items():
                kinds: tuple[tuple[Kind, str], ...] = (("rule", key.rule), ("element", key.element))
                for cell in (("shadow", key.rule),) if key.verdict == "shadow" else kinds:
                    cells[cell][key.contributor][key.verdict] += count
        for seen, count in activity.of_week(connection, self._team, week).items():
            kind = next(known for known in KINDS if known == seen.kind)
            if whole["shoes" if kind in SHOES else "figures"]:
                cells[kind, seen.subject][seen.contributor][seen.figure] += count
        for people in cells.values():
            people.pop(b"", None)  # counted before there were accounts: nobody knows whose these are
        return cells


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _mondays(first: date, before: date) -> Iterator[date]:
    while first < before:
        yield first
        first += _WEEK
