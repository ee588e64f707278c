"""What a lead's pages show of a team at work: the whole team's week, and nothing of one agent or one customer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from empathy_coach.services.team_views import monday

from .conftest import Team  # type: ignore[import-not-found]

CANARY = "Quilliambury"
MORE = ["cai", "dee", "eli", "fay"]


def last_week(team: Team) -> str:
    """Everything that was counted was counted a week ago, and the switches were on before."""
    with team.services.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE feedback SET day = date(day, '-7 days')")
        connection.exec_driver_sql("UPDATE activity SET week = date(week, '-7 days')")
        connection.exec_driver_sql("UPDATE switches SET on_since = date(on_since, '-21 days')")
    return (monday(date.today()) - timedelta(weeks=1)).isoformat()


def at_work(team: Team, names: list[str], angry: dict[str, Any]) -> None:
    for number, name in enumerate(names):
        token = team.token(name)
        for turn in range(3):
            said = f"I am furious. The parcel never arrived, {CANARY} {number} {turn}. This is the third time I write."
            message = {"role": "customer", "author": CANARY, "text": said}
            assert team.call(token, "/v1/coach", {**angry, "conversation": [message]}).status_code == 200
        for verdict, times in (("shown", 4), ("applied", 2 if name != "ann" else 0)):
            for _ in range(times):
                team.call(token, "/v1/feedback", {"rule": "rubric/tone", "element": "tone", "verdict": verdict})


@pytest.fixture
def big(team: Team) -> Team:
    for name in MORE:
        team.services.accounts.add(name, "agent", "a test")
        team.ids[name] = team.services.accounts.named(name).id
    return team


def test_six_people_are_shown_as_a_team_and_nobody_is_named(big: Team, angry: dict[str, Any]) -> None:
    lea = big.browser("lea")
    for name in ("figures", "shoes"):
        answer = lea.post("/console/switch", {"name": name, "on": "yes"}, "console")
        assert answer.status_code == 302
    names = ["ann", "bob", *MORE]
    at_work(big, names, angry)
    for name in names:
        browser = big.browser(name)
        assert browser.post("/practice/rapport", {}, "practice").status_code == 200
    big.services.shoes.write()
    mine = big.browser("ann").get("/practice/me").text
    assert "on since" in mine and "topic: delivery upset" in mine
    assert "has to be over" in lea.get("/console/works").text or "whole week is over" in lea.get("/console/works").text
    week = last_week(big)

    works, shoes, practise = (lea.get(f"/console/{page}").text for page in ("works", "shoes", "practice"))
    assert week in works and week in shoes
    assert re.search(r"rubric/tone.*?5\+.*?>25<.*?>10<", works, re.DOTALL)
    assert "Delivery" in shoes and "100 %" in shoes and re.search(r"<b>100 %</b> of the customers", shoes)
    assert "Rapport: 5 people or more" in practise
    for page in (works, shoes, practise):
        assert CANARY not in page and not any(
            name in page for name in ("ann", "bob", "cai", "dee", "fay") if name != "ann"
        )
        assert not any(
            big.ids[name] in page or big.services.contributors.of(big.ids[name]).hex() in page for name in names
        )
        assert page.count("<svg") <= page.count("<tr") + 1  # each bar stands beside its numbers, the brand alone
    assert lea.get("/console/shoes?week=2020-01-06").status_code == 404
    assert (
        big.services.contributors.kept(big.ids["ann"]).as_data()["activity"][0]["kind"] == "practice"
    )  # moods are gone


def test_four_people_are_not_shown(big: Team, angry: dict[str, Any]) -> None:
    lea = big.browser("lea")
    lea.post("/console/switch", {"name": "figures", "on": "yes"}, "console")
    at_work(big, ["bob", *MORE[:3]], angry)
    last_week(big)
    page = lea.get("/console/works").text
    assert "Too few people" in page and "rubric/tone" not in page


def test_an_agent_reaches_no_switch_and_no_figures(shared_team: Team) -> None:
    ann = shared_team.browser("ann")
    for page in ("works", "shoes", "practice"):
        assert ann.get(f"/console/{page}").status_code == 403
    assert ann.post("/console/switch", {"name": "shoes", "on": "yes"}, "console").status_code == 403
