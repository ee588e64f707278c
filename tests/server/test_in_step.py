"""Several processes on one database: who may call and which rules are in use is the same everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from engines import Postgres, wait_for

from empathy_coach.errors import CoachError, StorageError
from empathy_coach.rules.overlay import Choices
from empathy_coach.services.access import Access, digest
from empathy_coach.services.house import Services, open_services
from empathy_coach.services.live_rules import LiveRules
from empathy_coach.services.retention import Retention
from empathy_coach.services.secret import Secret
from empathy_coach.services.team_rules import NotReadyError
from empathy_coach.services.team_views import TeamViews, monday
from empathy_coach.settings import Settings
from empathy_coach.storage import activity, audit, backup, feedback, rounds, schema, team_rules, tokens, views
from empathy_coach.storage.activity import ActivityKey
from empathy_coach.storage.audit import Entry
from empathy_coach.storage.database import Database
from empathy_coach.storage.feedback import FeedbackKey
from empathy_coach.storage.rounds import RoundRow
from empathy_coach.storage.team_rules import DraftRow, ReleaseRow
from empathy_coach.storage.views import SwitchRow

KEY = FeedbackKey("core/tone/blame", "tone", "shown", date(2026, 11, 22), "", "0123456789abcdef")
NOON = datetime(2026, 11, 22, 12)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LiveRules:
    """The shipped rules with three rules in their packs, which load fast."""
    shipped, made = Settings().rules_dir, tmp_path_factory.mktemp("rules") / "rules"
    for file in sorted(shipped.glob("packs/core/tone/*.yaml"))[:3]:
        there = made / file.relative_to(shipped)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, there)
    for file in shipped.glob("*.yaml"):
        shutil.copy(file, made)
    shutil.copytree(shipped / "practice", made / "practice")
    return LiveRules(made, None)


def opened(loaded: LiveRules, settings: Settings, rules: Path) -> Services:
    """What a process opens, with its own copy of what was loaded."""
    own = copy(loaded)
    own.directory = rules
    return open_services(settings, own)


@pytest.fixture
def rules(loaded: LiveRules, tmp_path: Path) -> Path:
    return Path(shutil.copytree(loaded.directory, tmp_path / "rules"))


@pytest.fixture(params=["sqlite", "postgresql"])
def two(
    request: pytest.FixtureRequest, tmp_path: Path, loaded: LiveRules, rules: Path
) -> Iterator[tuple[Services, Services]]:
    """What two processes open."""
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres").new_database()
    settings = Settings(data_dir=tmp_path / "data", rules_dir=rules, database_url=url)
    both = opened(loaded, settings, rules), opened(loaded, settings, rules)
    yield both
    for services in both:
        services.database.close()


def rule_of(services: Services, number: int = 0) -> str:
    return services.rules.sets.base.rules[number].id


def switch(services: Services, number: int) -> None:
    services.team_rules.tune(rule_of(services, number), False, 3, "warn", "Ada", "We say it differently.")


def test_a_release_is_taken_over_by_the_other(two: tuple[Services, Services]) -> None:
    here, there = two
    before = there.rules.current.hash
    switch(here, 0)
    there.watch.look()
    assert there.rules.current.hash == here.rules.current.hash != before
    assert there.team_rules.number == here.team_rules.number == 1
    with here.database.transaction() as connection:
        (entry,) = audit.newest(connection, 9)
    assert (entry.who, entry.action, entry.why) == ("Ada", "rules.publish", "We say it differently.")
    assert here.rules.current.hash in entry.about


def test_who_publishes_without_having_looked_loses_nothing_of_the_other(two: tuple[Services, Services]) -> None:
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(switch, services, number) for number, services in enumerate(two)]:
            done.result()
    for services in two:
        services.watch.look()
        assert services.rules.sets.choices.off == {rule_of(services, 0), rule_of(services, 1)}


def test_a_broken_release_never_becomes_live(two: tuple[Services, Services]) -> None:
    here, there = two
    before = here.rules.sets

    def broken(choices: Choices) -> Choices:
        raise NotReadyError("It is not ready.")

    with pytest.raises(CoachError):
        here.team_rules.publish(broken, "Ada", "")
    there.watch.look()
    assert here.rules.sets is before and there.team_rules.number == 0


def test_changed_rule_files_are_announced_and_read_by_the_other(two: tuple[Services, Services], rules: Path) -> None:
    here, there = two
    switch(here, 1)
    there.watch.look()
    file = next(rules.glob("packs/core/tone/*.yaml"))
    file.write_text(file.read_text("utf-8").replace("title: ", "title: Again, ", 1), "utf-8")
    here.rules.reload()
    here.team_rules.announce()
    there.watch.look()
    assert there.rules.current.hash == here.rules.current.hash
    assert there.rules.sets.choices == here.rules.sets.choices and not there.team_rules.differs


def test_a_server_with_other_rule_files_says_so_and_does_not_publish(
    two: tuple[Services, Services], rules: Path
) -> None:
    here, there = two
    there.watch.look()
    there.rules.directory = rules.parent / "elsewhere"  # another machine, where nobody changed the files
    shutil.copytree(rules, there.rules.directory)
    file = next(rules.glob("packs/core/tone/*.yaml"))
    file.write_text(file.read_text("utf-8").replace("title: ", "title: Again, ", 1), "utf-8")
    here.rules.reload()
    here.team_rules.announce()
    there.watch.look()
    assert there.team_rules.differs
    with pytest.raises(NotReadyError, match="rule files"):
        switch(there, 0)


def test_a_token_is_known_to_the_other_at_once_and_revoked_after_a_look(two: tuple[Services, Services]) -> None:
    here, there = two
    token = here.pairing.redeem(here.pairing.new_code(), "Firefox")
    holder = there.access.holder(token)
    assert holder is not None and holder.label == "Firefox"
    assert here.access.revoke(holder.id)
    there.watch.look()
    assert there.access.holder(token) is None


def test_a_token_that_cannot_be_looked_up_is_not_called_wrong(sqlite: Database) -> None:
    here, there = Access(sqlite), Database(sqlite.where)
    with there.transaction() as connection:
        tokens.add_token(connection, digest("new"), "Firefox", date(2026, 11, 22))
    with there.transaction(), pytest.raises(StorageError):
        here.holder("new")
    wait_for(lambda: _holder(here, "new") == "Firefox", "the token")


def _holder(access: Access, token: str) -> str | None:
    try:
        found = access.holder(token)
    except StorageError:
        return None  # it is tried again after a second
    return found.label if found else None


def test_those_who_were_known_stay_while_the_database_is_away(
    postgres: Postgres, loaded: LiveRules, rules: Path, tmp_path: Path
) -> None:
    services = opened(loaded, Settings(data_dir=tmp_path, rules_dir=rules, database_url=postgres.new_database()), rules)
    token = services.pairing.redeem(services.pairing.new_code(), "Firefox")
    assert services.access.holder(token) is not None
    postgres.end()
    try:
        services.watch.look()
        assert services.watch.database_away
        assert services.access.holder(token) is not None
        with pytest.raises(StorageError):
            services.access.holder("x" * 43)  # it cannot be said that nobody holds it
        with pytest.raises(StorageError):
            services.feedback.count("rubric/tone", "tone", "shown", "0")
    finally:
        postgres.start()

    def back() -> bool:
        services.watch.look()
        return not services.watch.database_away

    wait_for(back, "the database")
    services.feedback.count("rubric/tone", "tone", "shown", "0")
    services.database.close()


def test_what_is_too_old_is_forgotten(database: Database) -> None:
    now = NOON.replace(tzinfo=UTC, hour=13)
    with database.transaction() as connection:
        feedback.add_one(connection, KEY)
        feedback.add_one(connection, replace(KEY, day=date(2025, 11, 21)))
        for at, about in ((NOON, "x"), (NOON.replace(year=2025), "y")):
            audit.add(connection, Entry(at, "Ada", "rules.publish", about))
            team_rules.add_release(connection, "", ReleaseRow(0, "Ada", at, about, "{}", "0"))
            team_rules.save_draft(connection, "", DraftRow(about, "title: Hm", None, 0, "Ada", at))
        for code, over in (("OVER", now), ("GOES", datetime.max.replace(tzinfo=UTC))):
            rounds.add(connection, RoundRow(code, "charged-twice", "0", int(over.timestamp())))
            rounds.put_answer(connection, code, "1", "0:feels")
        tokens.add_code(connection, b"a" * 32, int(now.timestamp()))
        tokens.add_code(connection, b"b" * 32, 2**33)
    gone = Retention(database, TeamViews(database, "", Secret(b"k" * 32)), 365, lambda: now).run()
    names = {"names in releases": 1, "names in rule_drafts": 1}
    over = {"pairing_codes": 1, "rounds": 1, "round_answers": 1}
    assert {name: count for name, count in gone.items() if count} == {"feedback": 1, "audit": 1, **over, **names}
    with database.transaction() as connection:
        assert list(feedback.counts(connection)) == [KEY]
        assert [entry.about for entry in audit.newest(connection, 9)] == ["x"]
        assert [(row.why, row.made_by) for row in team_rules.last_releases(connection, "", 9)] == [
            ("y", ""),
            ("x", "Ada"),
        ]
        assert [row.changed_by for row in team_rules.all_drafts(connection, "")] == ["Ada", ""]
        assert rounds.answers(connection, "GOES") and not rounds.answers(connection, "OVER")


@pytest.mark.parametrize("is_on", [True, False])
def test_a_week_that_is_over_is_made_though_nobody_opens_a_page(two: tuple[Services, Services], is_on: bool) -> None:
    here, _ = two
    over, later = monday(date.today()) - timedelta(weeks=1), monday(date.today()) + timedelta(weeks=1)
    met = ActivityKey(b"1" * 16, "", over, "day", "mon", "met")
    done = replace(met, kind="practice", subject="drill", figure="done")
    with here.database.transaction() as connection:
        if is_on:
            views.set_switch(connection, "", "shoes", SwitchRow(over, "Maria"))
        for key in (met, replace(met, week=over - timedelta(weeks=1)), replace(met, week=later), done):
            activity.add(connection, key, 1)
    here.watch.look()
    with here.database.transaction() as connection:
        assert (over in views.weeks(connection, "")) is is_on
        assert set(activity.of_contributor(connection, met.contributor)) == {replace(met, week=later), done}


def test_migrations_go_down_and_up_with_data_in_them(database: Database) -> None:
    with database.transaction() as connection:
        tokens.add_token(connection, b"t" * 32, "Firefox", date(2026, 11, 22))
        tokens.add_code(connection, b"a" * 32, 2_000_000_000)
        feedback.add(connection, KEY, 7)
    for lower in reversed(schema.KNOWN[:-1]):
        with database.transaction() as connection:
            schema.migrate(connection, lower)
            assert schema.current(connection) == lower
    with database.transaction() as connection:
        schema.bring_up_to_date(connection)
        assert feedback.counts(connection) == {KEY: 7}
        assert [row.label for row in tokens.all_tokens(connection)] == ["Firefox"]
        assert tokens.take_code(connection, b"a" * 32, 0)
    assert [row.label for row in Access(database).holders()] == ["Firefox"]


def test_the_drill_a_backup_restored_under_running_servers(two: tuple[Services, Services], tmp_path: Path) -> None:
    here, there = two
    where = here.database.where
    switch(here, 0)
    token = here.pairing.redeem(here.pairing.new_code(), "before")
    here.contributors.erase("gone before")
    for who in ("Ada", "Bob"):
        with here.database.transaction() as connection:
            key = replace(KEY, day=date.today(), contributor=here.contributors.of(who))  # what is old is forgotten
            feedback.add(connection, key, 3)
    before = here.rules.current.hash

    backup.save(where, tmp_path / "night.backup")
    with pytest.raises(StorageError, match="is there already"):
        backup.save(where, tmp_path / "night.backup")

    switch(here, 1)
    there.watch.look()
    late = here.pairing.redeem(here.pairing.new_code(), "after")
    here.contributors.erase("Ada")  # deletes for good what the backup still has
    group = frozenset(bytes([who]) * views.PSEUDONYM_BYTES for who in range(5))
    with here.database.transaction() as connection:  # a lead has looked at a week since then
        views.add_group(connection, "north", group)
        views.add_snapshot(connection, "north", date(2026, 11, 2), "[]")
    backup.restore(where, tmp_path / "night.backup", {})

    for services in two:
        services.watch.look()
        assert services.rules.current.hash == before
        assert services.access.holder(token) is not None and services.access.holder(late) is None
        assert not services.contributors.kept("Ada").feedback and services.contributors.kept("Ada").stopped
        assert sum(services.contributors.kept("Bob").feedback.values()) == 3
        assert services.contributors.kept("gone before").stopped
    switch(there, 2)  # and it goes on from there
    here.watch.look()
    assert here.rules.current.hash == there.rules.current.hash
    with here.database.transaction() as connection:
        assert [entry.action for entry in audit.newest(connection, 2)] == ["rules.publish", "database.restore"]
        assert views.groups(connection, "north") == [group]
        assert views.weeks(connection, "north") == [date(2026, 11, 2)]


@pytest.mark.parametrize("what", [b"a letter to my aunt", b"SQLite format 3\0 and then nothing", b"PGDMP nothing"])
def test_what_is_no_backup_changes_nothing(database: Database, tmp_path: Path, what: bytes) -> None:
    with database.transaction() as connection:
        feedback.add(connection, KEY, 7)
    (tmp_path / "broken").write_bytes(what)
    with pytest.raises(StorageError):
        backup.restore(database.where, tmp_path / "broken", {})
    with database.transaction() as connection:
        assert feedback.counts(connection) == {KEY: 7}


def test_a_backup_of_older_tables_is_brought_up_to_date(database: Database, tmp_path: Path) -> None:
    with database.transaction() as connection:
        feedback.add(connection, KEY, 7)
        schema.migrate(connection, "0003")
    backup.save(database.where, tmp_path / "old.backup")
    with database.transaction() as connection:
        schema.bring_up_to_date(connection)
        feedback.add(connection, KEY, 1)
    backup.restore(database.where, tmp_path / "old.backup", {})
    with database.transaction() as connection:
        assert schema.current(connection) == schema.HEAD
        assert feedback.counts(connection) == {KEY: 7}
