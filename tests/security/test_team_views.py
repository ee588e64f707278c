"""A team's figures tell about nobody, whatever the history: the real service on a real database.

`COACH_HISTORIES=10000` tries as many histories; a normal run tries a few.
"""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from empathy_coach.services.contributors import Contributors
from empathy_coach.services.feedback import Feedback
from empathy_coach.services.protection import FLOOR, SHARE, STEP
from empathy_coach.services.secret import Secret
from empathy_coach.services.team_views import Kind, TeamViews, monday
from empathy_coach.storage import feedback, views
from empathy_coach.storage.database import Database
from empathy_coach.storage.feedback import FeedbackKey
from empathy_coach.storage.tables import snapshots, view_groups

HISTORIES = int(os.environ.get("COACH_HISTORIES", "30"))
SECRET = Secret(b"k" * 32)
START = date(2026, 11, 2)  # a Monday


class Day:
    def __init__(self) -> None:
        self.today = START

    def __call__(self) -> date:
        return self.today


def in_weeks(day: Day, count: int) -> None:
    day.today = monday(day.today) + timedelta(weeks=count)


# --- histories ---


def machine(database: Database) -> type[RuleBasedStateMachine]:
    numbers = itertools.count()

    class Histories(RuleBasedStateMachine):
        """People come, work, leave, delete; a lead writes rules that leave out one of them; weeks end."""

        def __init__(self) -> None:
            super().__init__()
            self.number = next(numbers)
            self.day, self.team = Day(), f"team-{self.number}"
            self.views = TeamViews(database, self.team, SECRET, self.day)
            self.contributors = Contributors(database, SECRET)
            self.views.turn("figures", True, "Maria")
            self.people = list(range(7))
            self.gone: set[int] = set()
            self.counted: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
            self.human: dict[bytes, int] = {}
            self.shown: list[frozenset[int]] = []  # as people, however they are called now
            self.looked = 0

        def pseudonym(self, person: int) -> bytes:
            found = self.contributors.of(f"{self.number}-{person}")
            self.human[found] = person
            return found

        def works(self, person: int, name: str, count: int) -> None:
            if person not in self.gone:
                self.counted[name][person] += count

        @rule(count=st.integers(1, 9), names=st.sets(st.sampled_from("abcd"), min_size=1))
        def everybody_works(self, count: int, names: set[str]) -> None:
            for name, person in itertools.product(sorted(names), self.people):
                self.works(person, name, 1 + (count * (person + 1)) % 7)

        @rule(which=st.integers(0, 30), name=st.sampled_from("abcde"), count=st.integers(1, 200))
        def somebody_works(self, which: int, name: str, count: int) -> None:
            self.works(self.people[which % len(self.people)], name, count)

        @rule(which=st.integers(0, 30), many=st.integers(1, 6))
        def a_rule_leaves_some_out(self, which: int, many: int) -> None:
            out = {self.people[(which + n) % len(self.people)] for n in range(many)}
            for person in set(self.people) - out:
                self.works(person, f"not-{which}-{many}", 4)

        @rule(many=st.integers(1, 6))
        def some_come(self, many: int) -> None:
            first = max(self.people) + 1
            self.people += range(first, first + many)

        @rule(which=st.integers(0, 30))
        def somebody_leaves(self, which: int) -> None:
            if len(self.people) > 1:
                self.people.pop(which % len(self.people))

        @rule(which=st.integers(0, 30))
        def somebody_deletes(self, which: int) -> None:
            person = self.people[which % len(self.people)]
            self.contributors.erase(f"{self.number}-{person}")
            self.gone.add(person)
            for counts in self.counted.values():
                counts.pop(person, None)

        @rule(weeks=st.integers(1, 2))
        def the_week_ends(self, weeks: int) -> None:
            week = monday(self.day.today)
            with database.transaction() as connection:
                for name, counts in self.counted.items():
                    for person, count in counts.items():
                        key = FeedbackKey(name, "tone", "shown", week, self.team, "0" * 16, self.pseudonym(person))
                        feedback.add(connection, key, count)
                before = len(views.groups(connection, self.team))
            in_weeks(self.day, weeks)
            frozen = self.views.weeks()
            assert frozen[0] == monday(self.day.today) - timedelta(weeks=1)
            with database.transaction() as connection:
                new = views.groups(connection, self.team)[before:]
            self.shown += [frozenset(self.human[member] for member in group) for group in new]
            for row in self.views.rows(week):
                self.check(row.kind, row.subject, row.people, row.figures["shown"])
            self.counted.clear()

        def check(self, kind: Kind, subject: str, people: int, shown: int | None) -> None:
            assert people >= FLOOR and people % STEP == 0
            counts = [c for name, found in self.counted.items() if subject in (name, "tone") for c in found.values()]
            assert shown is None or (shown % STEP == 0 and shown <= sum(counts) + STEP / 2)
            if kind == "rule":
                assert len(self.counted[subject]) >= FLOOR
                assert shown is not None  # everybody in the group has some

        @invariant()
        def no_two_groups_leave_fewer_than_five(self) -> None:
            for at, group in enumerate(self.shown[self.looked :], self.looked):
                assert len(group) >= FLOOR
                assert all(len(group ^ other) == 0 or len(group ^ other) >= FLOOR for other in self.shown[:at])
            self.looked = len(self.shown)

        def teardown(self) -> None:
            with database.transaction() as connection:
                for table in (snapshots, view_groups):
                    connection.execute(table.delete().where(table.c.team == self.team))

    return Histories


def test_no_two_views_can_be_subtracted_to_fewer_than_five_people(tmp_path: Path) -> None:
    run_state_machine_as_test(
        machine(Database(tmp_path / "coach.db")),
        settings=settings(
            max_examples=HISTORIES, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


# --- what the service promises besides ---


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return Database(tmp_path_factory.mktemp("views") / "coach.db")


def people(count: int, team: str) -> list[bytes]:
    return [Contributors(None, SECRET).of(f"{team}-{n}") for n in range(count)]  # type: ignore[arg-type] # only names


def at_work(database: Database, team: str, day: Day, who: list[bytes], times: int = 4) -> None:
    counter = Feedback(database, team, day)
    for person in who:
        for _ in range(times):
            counter.count("core/tone/curt", "tone", "shown", "0" * 16, person)
        counter.count("core/tone/curt", "tone", "applied", "0" * 16, person)


def test_a_week_is_shown_when_it_is_over_and_never_changes(database: Database) -> None:
    day, who = Day(), people(6, "frozen")
    team = TeamViews(database, "frozen", SECRET, day)
    assert team.weeks() == []  # off
    team.turn("figures", True, "Maria")
    at_work(database, "frozen", day, who)
    day.today += timedelta(days=6)
    assert team.weeks() == []  # still running
    day.today += timedelta(days=1)
    assert team.weeks() == [START]
    before = team.rows(START)
    assert [(row.kind, row.subject, row.people) for row in before] == [
        ("element", "tone", 5),
        ("rule", "core/tone/curt", 5),
    ]
    assert before[0].figures == {"shown": 25, "applied": 5, "dismissed": None, "wrong": None}
    late = Day()
    at_work(database, "frozen", late, who)  # a clock set back
    assert team.weeks() == [START] and team.rows(START) == before
    team.turn("figures", False, "Maria")
    in_weeks(day, 3)
    assert team.weeks() == [START]


def test_what_began_before_it_was_switched_on_is_not_shown(database: Database) -> None:
    day, who = Day(), people(6, "late")
    at_work(database, "late", day, who)
    day.today += timedelta(days=2)
    team = TeamViews(database, "late", SECRET, day)
    team.turn("figures", True, "Maria")
    in_weeks(day, 1)
    assert team.weeks() == []


def test_one_busy_person_does_not_carry_a_figure(database: Database) -> None:
    day, who = Day(), people(6, "busy")
    team = TeamViews(database, "busy", SECRET, day)
    team.turn("figures", True, "Maria")
    for number, person in enumerate(who):
        team.count(person, {("practice", "role play", "done"): 1000 if number == 0 else 2})
    in_weeks(day, 1)
    (row,) = [row for week in team.weeks() for row in team.rows(week)]
    shown = row.figures["done"]
    assert shown is not None and shown <= 10 / (1 - SHARE) + STEP / 2


def test_moods_are_counted_only_when_switched_on_and_dropped_when_frozen(database: Database) -> None:
    day, who = Day(), people(6, "shoes")
    team = TeamViews(database, "shoes", SECRET, day)
    met = {("hour", "mon-09", "met"): 3, ("hour", "mon-09", "upset"): 1}
    kept = Contributors(database, SECRET).kept
    team.count(who[0], met)
    assert kept("shoes-0").activity == {}
    team.turn("shoes", True, "Maria")
    for person in who:
        team.count(person, met)
    assert sum(kept("shoes-0").activity.values()) == 4
    in_weeks(day, 1)
    assert [row.figures for row in team.rows(team.weeks()[0])] == [{"met": 20, "upset": 5}]
    assert kept("shoes-0").activity == {}


def test_what_was_deleted_is_gone_and_nothing_is_counted_again(database: Database) -> None:
    day, who = Day(), people(6, "gone")
    team, contributors = TeamViews(database, "gone", SECRET, day), Contributors(database, SECRET)
    at_work(database, "gone", day, who)
    team.count(who[0], {("practice", "drill", "done"): 1})
    contributors.erase("gone-0")
    at_work(database, "gone", day, who[:1])
    team.count(who[0], {("practice", "drill", "done"): 1})
    kept = contributors.kept("gone-0")
    assert (kept.feedback, kept.activity, kept.stopped) == ({}, {}, True)
    assert contributors.kept("gone-1").as_data()["findings"][-1]["count"] == 4
