"""Signing in with a password: once invited, never guessed, a new session each time, gone at once when it must be."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from kept import traces

from empathy_coach.services import sign_in
from empathy_coach.services.contributors import noted_erasures
from empathy_coach.services.house import open_services
from empathy_coach.services.secret import open_secret
from empathy_coach.services.sign_in import SignIn, WrongPasswordError
from empathy_coach.services.tries import TooOftenError, Tries
from empathy_coach.settings import Settings
from empathy_coach.storage import erasure

from .conftest import PEOPLE, Browser, Team  # type: ignore[import-not-found]

GOOD = "seven quiet herons"


def invite(team: Team, name: str, password: str = GOOD) -> None:
    team.services.accounts.accept(team.services.accounts.invite(team.ids[name], "a test"), password)


def sign_in_as(team: Team, name: str, password: str = GOOD) -> Browser:
    browser = team.browser()
    assert browser.send("/sign-in", {"name": name, "password": password}).status_code == 302
    return browser


def cookie(browser: Browser) -> str:
    found = browser.client.get_cookie("empathy-coach", domain="127.0.0.1")
    return found.value if found else ""


def test_from_an_invitation_to_a_session_and_out_again(team: Team) -> None:
    adi = team.browser("adi")
    page = adi.post("/accounts", {"name": "Zoe", "role": "lead"}, "people").text
    found = re.search(r"/welcome\?invitation=([\w-]+)", page)
    assert found and "A link for zoe" in page
    zoe = team.browser()
    welcome = f"/welcome?invitation={found[1]}"
    for one, two, why in (("short", "short", "characters or more"), (GOOD, GOOD + "x", "not the same"),
                          ("zoezoezoezoezoe", "zoezoezoezoezoe", "easy to guess"), ("a" * 20, "a" * 20, "easy")):  # fmt: skip
        answer = zoe.send(welcome, {"password": one, "again": two})
        assert answer.status_code == 422 and why in answer.text
    assert zoe.send(welcome, {"password": GOOD, "again": GOOD}).status_code == 302
    again = zoe.send(welcome, {"password": GOOD, "again": GOOD})
    assert again.status_code == 422 and "used" in again.text

    answer = zoe.send("/sign-in?next=/console/history", {"name": "ZOE ", "password": GOOD, "next": "/console/history"})
    assert answer.headers["Location"] == "/console/history"
    first = cookie(zoe)
    assert "HttpOnly" in (said := answer.headers["Set-Cookie"]) and "SameSite=Lax" in said and "Path=/" in said
    assert zoe.get("/console/history").status_code == 200
    assert zoe.send("/sign-in", {"name": "zoe", "password": GOOD}).status_code == 302
    assert cookie(zoe) != first  # a new session each time, and the old one is over
    assert team.services.sign_in.person(first) is None
    zoe.session = cookie(zoe)
    assert zoe.post("/sign-out", {}, "people").status_code == 302
    assert team.services.sign_in.person(zoe.session) is None


def test_signing_in_leads_nowhere_else(team: Team) -> None:
    invite(team, "ann")
    for then in ("//evil.example", "https://evil.example", "/\\evil.example", "/\n/evil", "evil"):
        answer = team.browser().send("/sign-in", {"name": "ann", "password": GOOD, "next": then})
        assert answer.headers["Location"] == "/practice/"


def test_nobody_is_signed_in_by_another_page(team: Team) -> None:
    invite(team, "ann")
    form = {"name": "ann", "password": GOOD}
    browser = team.browser()
    browser.get("/sign-in")
    assert browser.post("/sign-in", {**form, "csrf": "0" * 64}).status_code == 403
    assert browser.post("/sign-in", form, "people").status_code == 403  # the token of no session
    assert cookie(browser) == ""


def test_a_role_and_a_lock_count_at_once(team: Team) -> None:
    invite(team, "lea")
    adi, lea, token = team.browser("adi"), sign_in_as(team, "lea"), team.token("lea")
    change = f"/accounts/{team.ids['lea']}"
    assert lea.get("/console/rules").status_code == 200
    adi.post(change, {"do": "role", "role": "agent"}, "people")
    assert lea.get("/console/rules").status_code == 302  # signed out
    assert sign_in_as(team, "lea").get("/console/rules").status_code == 403
    adi.post(change, {"do": "disable"}, "people")
    assert team.browser().send("/sign-in", {"name": "lea", "password": GOOD}).status_code == 403
    assert team.call(token, "/v1/me").status_code == 401
    adi.post(change, {"do": "enable"}, "people")
    assert team.call(token, "/v1/me").status_code == 200
    last = adi.post(f"/accounts/{team.ids['adi']}", {"do": "disable"}, "people")
    assert last.status_code == 422 and "last administrator" in last.text


def test_guessing_is_stopped_across_processes_and_the_right_password_too(tmp_path: Path, shared_team: Team) -> None:
    team = shared_team
    invite(team, "bob")
    database, secret = team.services.database, open_secret(Settings(data_dir=team.folder).secret)
    other = SignIn(database, Tries(database, secret), with_accounts=True)  # as in another process
    doors = [team.services.sign_in, other]

    def guess(number: int) -> str:
        try:
            doors[number % 2].by_password("bob", f"wrong {number}", "192.0.2.1")
        except (WrongPasswordError, TooOftenError) as error:
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(guess, range(12)))
    assert sorted(set(said)) == ["TooOftenError", "WrongPasswordError"]
    assert said.count("WrongPasswordError") == sign_in.TRIES
    with pytest.raises(TooOftenError) as wait:
        team.services.sign_in.by_password("bob", GOOD, "192.0.2.1")
    assert 0 < wait.value.retry_after <= sign_in.WINDOW
    team.services.sign_in.by_password("bob", GOOD, "192.0.2.2")  # Bob himself, from his own desk
    refused = team.browser().send("/sign-in", {"name": "nobody-here", "password": GOOD})
    assert refused.status_code == 403  # the same words as for a wrong password
    assert "do not go together" in refused.text


def test_what_is_kept_of_a_password_is_its_slow_hash(team: Team) -> None:
    invite(team, "ann")
    kept = team.services.accounts.named("ann").password
    assert kept is not None and kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    sign_in_as(team, "ann")
    assert traces(GOOD.encode(), team.folder) == []


def test_a_restored_backup_is_cleaned_of_what_was_deleted(team: Team, tmp_path: Path) -> None:
    seen = {"rule": "rubric/tone", "element": "tone", "verdict": "shown"}
    for name in PEOPLE:
        team.call(team.token(name), "/v1/feedback", seen)
    backup = tmp_path / "restored"
    backup.mkdir()
    with team.services.database.transaction() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(f"VACUUM INTO '{backup / 'coach.db'}'")
        connection.exec_driver_sql("BEGIN")
    (backup / "pseudonyms.key").write_bytes((team.folder / "pseudonyms.key").read_bytes())
    team.services.contributors.erase(team.ids["ann"])
    team.services.contributors.leave(team.ids["bob"])

    restored = open_services(Settings(data_dir=backup, accounts=True))
    assert restored.contributors.kept(team.ids["ann"]).feedback  # as an old backup has it
    marks = noted_erasures(team.folder / "erased.txt")
    with team.services.database.transaction() as connection:
        assert erasure.marks(connection) == marks  # the journal says the same as the lost database did
    with restored.database.transaction() as connection:
        erasure.erase(connection, marks)
        erasure.erase(connection, marks)
    assert restored.contributors.kept(team.ids["ann"]).feedback == {}
    assert restored.contributors.kept(team.ids["ann"]).stopped
    assert [row.name for row in restored.accounts.all()] == ["adi", "ann", "lea"]
    assert restored.contributors.kept(team.ids["lea"]).feedback
