"""Accounts, limits, figures and deletions, on both kinds of database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from empathy_coach.services.access import Access
from empathy_coach.services.accounts import Accounts
from empathy_coach.services.contributors import Contributors
from empathy_coach.services.feedback import Feedback
from empathy_coach.services.pairing import Pairing
from empathy_coach.services.secret import Secret
from empathy_coach.services.sign_in import TRIES, SignIn, WrongPasswordError
from empathy_coach.services.team_views import TeamViews
from empathy_coach.services.tries import TooOftenError, Tries
from empathy_coach.storage import audit, changes
from empathy_coach.storage.database import Database

SECRET = Secret(b"k" * 32)
START = date(2026, 11, 2)  # a Monday


def test_who_is_shut_out_is_out_with_all_their_clients(database: Database) -> None:
    accounts, pairing = Accounts(database), Pairing(database)
    for name in ("ann", "bob"):
        accounts.add(name, "agent", by="adi")
    tokens = [pairing.redeem(pairing.new_code(accounts.named(name).id), name) for name in ("ann", "bob")]
    with database.transaction() as connection:
        before = changes.numbers(connection)
    accounts.set_disabled(accounts.named("ann").id, True, by="adi")
    with database.transaction() as connection:
        assert changes.numbers(connection) != before  # the other processes notice
        assert [(entry.who, entry.action) for entry in audit.newest(connection, 1)] == [("adi", "account.disable")]
    access = Access(database)
    assert access.holder(tokens[0]) is None
    assert access.holder(tokens[1]) is not None


def test_tries_are_counted_for_all_and_a_clock_set_back_locks_nobody_out(database: Database) -> None:
    now = [1_800_000_000.0]
    doors = [SignIn(database, Tries(database, SECRET, lambda: now[0]), with_accounts=True) for _ in range(2)]
    for number in range(TRIES):
        with pytest.raises(WrongPasswordError):
            doors[number % 2].by_password("ann", "wrong", "192.0.2.1")
    with pytest.raises(TooOftenError):
        doors[0].by_password("ann", "wrong", "192.0.2.1")
    now[0] -= 7 * 24 * 3600
    with pytest.raises(WrongPasswordError):
        doors[1].by_password("ann", "wrong", "192.0.2.1")


def test_what_was_counted_for_nobody_is_deleted_up_to_today(database: Database) -> None:
    Feedback(database, None).count("core/tone/curt", "tone", "shown", "0" * 16)
    who = Contributors(database, SECRET)
    assert len(who.kept(None).feedback) == 1
    who.erase(None)
    assert who.kept(None).feedback == {}
    Feedback(database, None).count("core/tone/curt", "tone", "shown", "0" * 16)
    assert len(who.kept(None).feedback) == 1  # one person's own machine goes on counting


def test_a_week_is_frozen_once_however_many_look(database: Database) -> None:
    day = [START]
    teams = [TeamViews(database, "north", SECRET, lambda: day[0]) for _ in range(4)]
    teams[0].turn("figures", True, "Maria")
    who = Contributors(database, SECRET)
    counter = Feedback(database, "north", lambda: day[0])
    for number in range(6):
        for _ in range(3):
            counter.count("core/tone/curt", "tone", "shown", "0" * 16, who.of(f"person {number}"))
        teams[0].count(who.of(f"person {number}"), {("practice", "drill", "done"): 2})
    day[0] += timedelta(weeks=3)
    with ThreadPoolExecutor(4) as pool:
        looked = list(pool.map(lambda team: team.weeks(), teams))
    assert looked == [[START + timedelta(weeks=n) for n in (2, 1, 0)]] * 4
    rows = teams[1].rows(START)
    assert {(row.kind, row.people) for row in rows} == {("element", 5), ("rule", 5), ("practice", 5)}

    who.erase("person 1")
    who.leave("person 2")
    assert who.kept("person 1").stopped and not who.kept("person 1").feedback and not who.kept("person 1").activity
    assert who.kept("person 3").feedback and teams[2].rows(START) == rows  # what was shown stays, and names nobody
