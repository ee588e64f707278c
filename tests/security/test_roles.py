"""Every role at every route, and everybody at what belongs to somebody else. What nobody thought of is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from empathy_coach.services.people import ROLES
from empathy_coach.web.who_may import WHO_MAY

from .conftest import BASE, PEOPLE, Team  # type: ignore[import-not-found]

WHOM = ["", *PEOPLE]
#: What needs nobody, whatever else lies beneath the same address.
FOR_ALL = (
    "/sign-in", "/welcome", "/console/sign-in", "/console/static", "/practice/static", "/practice/enter",
    "/practice/round", "/v1/health", "/v1/openapi.json", "/v1/pair", "/v1/ready", "/metrics",
)  # fmt: skip
#: The form's own secret (a code, an invitation) or nothing at stake.
WITHOUT_TOKEN = ("/practice/enter", "/practice/round")


def needed(path: str) -> str:
    """Who may go there, by its address alone: said a second time, apart from the table."""
    if path.startswith(FOR_ALL):
        return ""
    if path.startswith("/v1/"):
        return "token"
    return "lead" if path.startswith("/console") else "administrator" if path.startswith("/accounts") else "agent"


def doors(app: Flask) -> Iterator[tuple[str, Rule, str]]:
    for rule in app.url_map.iter_rules():
        values = {name: 7 if "int" in str(kind) else "seven" for name, kind in rule._converters.items()}
        _, path = rule.build(values) or ("", "")
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "DELETE", "PATCH"}):
            yield method, rule, path.partition("|")[2] or path


def test_every_route_is_in_the_table_and_the_table_names_no_other(shared_team: Team) -> None:
    routes = {rule.endpoint for rule in shared_team.app.url_map.iter_rules()}
    assert not routes - WHO_MAY.keys(), "say in web/who_may.py who may use it"
    assert WHO_MAY.keys() == routes


@pytest.mark.parametrize("name", WHOM)
def test_every_role_at_every_route(shared_team: Team, name: str) -> None:
    token = shared_team.token(name) if name else ""
    browser = shared_team.browser(name)
    for method, rule, path in doors(shared_team.app):
        if path.startswith("/console/sign-in") or path == "/practice/static/seven":
            continue
        want = needed(path)
        headers = {"Origin": BASE} if want != "token" else {"Authorization": f"Bearer {token}"}
        pages = rule.endpoint.partition(".")[0]
        if pages in ("v1", "vitals"):
            headers.pop("Origin", None)
            allowed = not want or bool(token)
            answer = browser.client.open(path, method=method, base_url=BASE, headers=headers, json={})
        else:
            allowed = not want or (bool(name) and ROLES.index(PEOPLE[name]) >= ROLES.index(want))  # type: ignore[arg-type]
            answer = browser.get(path) if method == "GET" else browser.post(path, {}, pages)
        away = answer.status_code in (401, 403) or answer.headers.get("Location", "").startswith("/sign-in")
        if want and not path.startswith("/sign-out"):
            assert away != allowed, (method, path, answer.status_code)
        assert answer.status_code < 500 or path == "/sign-in/provider", (method, path)  # nobody is there
        if path.endswith("/sign-out"):
            browser = shared_team.browser(name)


def test_every_form_needs_its_token_and_its_own_origin(shared_team: Team) -> None:
    adi = shared_team.browser("adi")
    for method, rule, path in doors(shared_team.app):
        if method == "GET" or path.startswith(("/v1", "/console/sign-in")):
            continue
        pages = rule.endpoint.partition(".")[0]
        if not path.startswith(WITHOUT_TOKEN):
            assert adi.post(path, {"csrf": "0" * 64}).status_code == 403, path
            other = "practice" if pages != "practice" else "console"
            assert adi.post(path, {}, other).status_code == 403, path  # another page's token
        for origin in (None, "null", "https://evil.example", "http://127.0.0.1:9999", "chrome-extension://abc"):
            assert adi.post(path, {}, pages, origin).status_code == 403, (path, origin)


def test_a_route_that_nobody_entered_in_the_table_is_refused(team: Team) -> None:
    team.app.add_url_rule("/v1/new", "v1.new", lambda: "secret")
    answer = team.call(team.token("adi"), "/v1/new")
    assert answer.status_code == 403 and b"secret" not in answer.data


def test_a_token_opens_no_pages_and_a_session_no_api(team: Team) -> None:
    token, adi = team.token("adi"), team.browser("adi")
    assert adi.get("/v1/me").status_code == 401
    stranger = team.browser()
    stranger.client.set_cookie("empathy-coach", token, domain="127.0.0.1")
    assert stranger.get("/accounts").status_code == 302
    stranger.client.set_cookie("empathy-coach-practice", token, domain="127.0.0.1", path="/practice")
    assert stranger.get("/practice/").status_code == 200  # what its owner may do there, as an agent
    assert stranger.get("/console/rules").status_code == 302


def test_a_client_without_an_account_and_a_link_of_the_local_console_open_nothing(team: Team) -> None:
    token = team.services.pairing.redeem(team.services.pairing.new_code(), "paired before")
    assert team.call(token, "/v1/me").status_code == 401
    session = team.services.sign_in.redeem(team.services.sign_in.new_link(), "Eve")
    eve = team.browser()
    for cookie in ("empathy-coach", "empathy-coach-console"):
        eve.client.set_cookie(cookie, session, domain="127.0.0.1")
    assert eve.get("/console/rules").status_code == 302


# --- what belongs to somebody else ---


SEEN = {"rule": "rubric/tone", "element": "tone", "verdict": "dismissed"}


def test_everybody_sees_exports_and_deletes_their_own_and_only_that(team: Team) -> None:
    anns, bobs = team.token("ann"), team.token("bob")
    for token, times in ((anns, 3), (bobs, 2)):
        for _ in range(times):
            assert team.call(token, "/v1/feedback", SEEN).status_code == 204
    for name, count in (("ann", 3), ("bob", 2), ("lea", 0), ("adi", 0)):
        browser = team.browser(name)
        found = browser.get("/practice/me/export").json
        assert (found["name"], sum(f["count"] for f in found["findings"])) == (name, count)
        page = browser.get("/practice/me").text
        for other in PEOPLE:
            assert (f"{other}&#39;s browser" in page) == (other == name and count > 0)

    number = team.services.access.holders_of(team.ids["bob"])[0].id
    for name in ("ann", "lea", "adi"):
        answer = team.browser(name).post("/practice/me/unpair", {"client": str(number)}, "practice")
        assert answer.status_code == 404
    assert team.call(bobs, "/v1/me").status_code == 200

    assert team.browser("ann").post("/practice/me/erase", {}, "practice").status_code == 422
    assert team.browser("ann").post("/practice/me/erase", {"sure": "on"}, "practice").status_code == 302
    assert team.call(anns, "/v1/feedback", SEEN).status_code == 204  # taken, and not kept
    assert team.browser("ann").get("/practice/me/export").json["findings"] == []
    assert len(team.browser("bob").get("/practice/me/export").json["findings"]) == 1


def test_who_leaves_takes_everything_along(team: Team) -> None:
    anns = team.token("ann")
    team.call(anns, "/v1/feedback", SEEN)
    browser = team.browser("ann")
    assert browser.post("/practice/me/erase", {"sure": "on", "account": "on"}, "practice").status_code == 200
    assert team.call(anns, "/v1/me").status_code == 401
    assert team.browser().get("/practice/").status_code == 302
    with team.services.database.transaction() as connection:
        for table in ("accounts", "tokens", "console_sessions", "feedback"):
            column = "id" if table == "accounts" else "contributor" if table == "feedback" else "account"
            rows = connection.exec_driver_sql(f"SELECT {column} FROM {table}").scalars().all()
            assert team.ids["ann"] not in rows and team.services.contributors.of(team.ids["ann"]) not in rows
    answer = team.browser("adi").post("/practice/me/erase", {"sure": "on", "account": "on"}, "practice")
    assert answer.status_code == 503 or "administrator" in answer.text  # somebody has to let people in
    assert team.services.accounts.named("adi").role == "administrator"


def test_a_link_made_by_a_client_opens_its_owner_s_pages(team: Team) -> None:
    path = team.call(team.token("ann"), "/v1/practice", {}).json["path"]
    guest = team.browser()
    code = path.partition("code=")[2]
    assert guest.post("/practice/enter", {"code": code}).status_code == 302
    page = guest.get("/practice/me")
    assert "ann&#39;s browser" in page.text and "bob" not in page.text


def test_no_table_leads_from_a_name_to_figures(team: Team) -> None:
    team.call(team.token("ann"), "/v1/feedback", SEEN)
    with team.services.database.transaction() as connection:
        (contributor,) = connection.exec_driver_sql("SELECT contributor FROM feedback").scalars().all()
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        for table in set(tables) - {"feedback"}:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
                assert contributor not in tuple(row) and contributor.hex() not in tuple(row)
    assert contributor == team.services.contributors.of(team.ids["ann"])
