"""What a lead sets besides rules: when the team practises, and how somebody in it would say it."""

from __future__ import annotations

from typing import Any

from empathy_coach.rules.teamfile import read_team_file

from .conftest import BLAME, HOST, Lead, said

MODEL = {"by": "Maria", "says": "Hello Ms Weber,\r\n\r\nthat was our mistake.", "rule": BLAME}
DRAFT = {"draft": "You should have ticked the box.", "conversation": []}


def api(lead: Lead, path: str, body: Any = None) -> Any:
    token = lead.services.pairing.redeem(lead.services.pairing.new_code(), "a browser")
    headers = {"Host": HOST, "Authorization": f"Bearer {token}"}
    if body is None:
        return lead.client.get(path, headers=headers).json
    return lead.client.post(path, json=body, headers=headers).json


def test_a_rhythm_reaches_the_agents_and_can_be_ended(lead: Lead) -> None:
    assert api(lead, "/v1/me")["practise"] is None
    assert lead.post("/console/practice", {"every": "tuesday", "minutes": "10"}).status_code == 302
    assert "10 minutes every Tuesday." in said(lead.get("/console/practice"))
    assert api(lead, "/v1/me")["practise"] == {"every": "tuesday", "minutes": 10}
    assert "no rhythm → 10 minutes every Tuesday" in said(lead.get("/console/history"))
    for wrong in ({"every": "someday", "minutes": "10"}, {"every": "monday", "minutes": "999"}):
        assert "Choose a day, and 2 to 60 minutes." in said(lead.post("/console/practice", wrong))
    lead.post("/console/practice", {"every": "", "minutes": "10"})
    assert api(lead, "/v1/me")["practise"] is None


def test_the_console_leads_to_the_practice_pages(lead: Lead) -> None:
    way = lead.post("/console/practice/open", {}).headers["Location"]
    assert way.startswith("/practice/enter?code=")
    assert lead.client.post(way, headers={"Host": HOST, "Origin": f"http://{HOST}"}).status_code == 302


def test_a_model_reply_is_met_where_its_rule_is(lead: Lead) -> None:
    assert lead.post("/console/models", MODEL).status_code == 302
    assert api(lead, "/v1/coach", DRAFT)["model_reply"] == {"by": "Maria", "says": MODEL["says"].replace("\r", "")}
    assert api(lead, "/v1/coach", {**DRAFT, "draft": "I have ticked the box for you."})["model_reply"] is None
    assert "How Maria would say it" in said(lead.get(f"/console/rules/{BLAME}"))
    lead.post("/console/models", {**MODEL, "name": "maria", "says": "Changed."})
    assert api(lead, "/v1/coach", DRAFT)["model_reply"]["says"] == "Changed."
    lead.post("/console/models", {"name": "maria", "back": "1"})
    assert api(lead, "/v1/coach", DRAFT)["model_reply"] is None


def test_a_model_reply_for_a_situation(lead: Lead) -> None:
    lead.post("/console/models", {"by": "Tom", "says": "Ah.", "when_customer_says": "still waiting\nno answer"})
    waits = {"draft": "", "conversation": [{"role": "customer", "author": "A", "text": "I am still waiting."}]}
    assert api(lead, "/v1/coach", waits)["model_reply"] == {"by": "Tom", "says": "Ah."}
    waits["conversation"] = [{"role": "customer", "author": "A", "text": "All is well."}]
    assert api(lead, "/v1/coach", waits)["model_reply"] is None


def test_both_travel_with_the_rules(lead: Lead) -> None:
    lead.post("/console/practice", {"every": "tuesday", "minutes": "10"})
    lead.post("/console/models", MODEL)
    file = lead.get("/console/share/rules.yaml").data
    choices, problems = read_team_file(file, "file", "x", lead.services.rules.sets.base.rules)
    assert problems == [] and choices == lead.services.rules.sets.choices


def test_what_cannot_be_a_model_reply_is_said(lead: Lead) -> None:
    for wrong, told in (
        ({**MODEL, "rule": ""}, "say where it belongs"),
        ({**MODEL, "rule": "core/tone/blame-customer"}, f"Did you mean \"{BLAME}\"?"),
        ({**MODEL, "when_customer_shows": "anger"}, "not both"),
        ({**MODEL, "rule": "", "when_customer_says": "(a|b"}, '"(" without ")"'),
        ({**MODEL, "says": "Hello\u202e."}, "an invisible character (U+202E)"),
        ({**MODEL, "by": "x" * 61}, "a name of up to 60 characters"),
        ({**MODEL, "says": "x" * 2001}, "must be text of up to 2000 characters"),
    ):  # fmt: skip
        answer = lead.post("/console/models", wrong)
        assert answer.status_code == 422 and told in said(answer)
    assert lead.services.rules.sets.choices.models == {}
