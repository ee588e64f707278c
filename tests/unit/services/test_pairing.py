from __future__ import annotations

from pathlib import Path

import pytest

from empathy_coach.errors import StorageError
from empathy_coach.services.access import Access
from empathy_coach.services.pairing import (
    ALPHABET,
    LIFETIME,
    TRIES,
    WINDOW,
    Pairing,
    TooManyTriesError,
    WrongCodeError,
)
from empathy_coach.storage.database import Database


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "coach.db")


@pytest.fixture
def pairing(database: Database, clock: Clock) -> Pairing:
    return Pairing(database, clock)


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert not set(ALPHABET) & set("0O1ILU")


def test_a_code_looks_as_promised(pairing: Pairing) -> None:
    code = pairing.new_code()
    assert len(code) == 9 and code[4] == "-"
    assert set(code.replace("-", "")) <= set(ALPHABET)
    assert pairing.new_code() != code


def test_a_code_gives_a_token_once(pairing: Pairing, database: Database) -> None:
    code = pairing.new_code()
    token = pairing.redeem(code, "Firefox")
    holder = Access(database).holder(token)
    assert holder is not None and holder.label == "Firefox"
    with pytest.raises(WrongCodeError):
        pairing.redeem(code, "Firefox")


@pytest.mark.parametrize(("age", "good"), [(LIFETIME - 1, True), (LIFETIME, False), (LIFETIME + 9999, False)])
def test_a_code_lives_for_ten_minutes(pairing: Pairing, clock: Clock, age: int, good: bool) -> None:
    code = pairing.new_code()
    clock.now += age
    if good:
        pairing.redeem(code, "x")
    else:
        with pytest.raises(WrongCodeError):
            pairing.redeem(code, "x")


def guess(pairing: Pairing, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongCodeError):
            pairing.redeem("AAAAAAAA", "x")


def test_wrong_tries_are_limited_and_forgotten_after_a_minute(pairing: Pairing, clock: Clock) -> None:
    code = pairing.new_code()
    guess(pairing, TRIES)
    with pytest.raises(TooManyTriesError) as refused:
        pairing.redeem(code, "x")
    assert 0 < refused.value.retry_after <= WINDOW
    clock.now += WINDOW
    pairing.redeem(code, "x")


def test_a_clock_set_back_does_not_lock_the_door_for_long(pairing: Pairing, clock: Clock) -> None:
    guess(pairing, TRIES)
    clock.now -= 86_400
    pairing.redeem(pairing.new_code(), "x")


def test_right_codes_are_not_counted(pairing: Pairing) -> None:
    for _ in range(TRIES + 2):
        pairing.redeem(pairing.new_code(), "x")


def test_a_code_is_not_used_up_when_storing_fails(pairing: Pairing, database: Database) -> None:
    code = pairing.new_code()
    with database.transaction():
        busy = Pairing(_Impatient(database), Clock())  # type: ignore[arg-type]
        with pytest.raises(StorageError):
            busy.redeem(code, "x")
    pairing.redeem(code, "x")


class _Impatient:
    """The same database, waiting for less time."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def transaction(self) -> object:
        return self.database.transaction(wait=0.01)


def test_a_token_revoked_by_another_process_is_refused(pairing: Pairing, database: Database) -> None:
    token = pairing.redeem(pairing.new_code(), "x")
    here, there = Access(database), Access(Database(database.where))
    holder = here.holder(token)
    assert holder is not None
    assert there.revoke(holder.id)
    assert here.holder(token) is None
    assert not there.revoke(holder.id)
