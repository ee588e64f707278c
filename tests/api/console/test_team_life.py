"""What a lead sets besides rules: when the team practises, and how somebody in it would say it."""

from __future__ import annotations

from typing import Any

import pytest

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


def test_of_two_model_replies_for_a_rule_the_one_for_this_customer_is_shown(lead: Lead) -> None:
    lead.post("/console/models", {**MODEL, "says": "Your refund was booked today. I am sorry that you had to ask."})
    lead.post("/console/models", {**MODEL, "by": "Tom", "says": "Your parcel waits at the depot in Leeds."})
    assert "Tom's words belong to the same rule" in said(lead.get("/console/models"))
    for asks, by in (("Where is my refund?", "Maria"), ("The depot has lost my parcel.", "Tom"), ("Hello?", "Maria")):
        conversation = [{"role": "customer", "author": "A", "text": asks}]
        assert api(lead, "/v1/coach", {**DRAFT, "conversation": conversation})["model_reply"]["by"] == by


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("off:\n" + "  - core/tone/x\n" * 20_000, "larger than 256 kB"),
        ("a: &a [x]\n" + "b: [*a]\n" * 1_000, "anchors and aliases"),
        ("models: " + "[" * 5_000, "nested too deeply"),
        ("practise:\n\tevery: monday\n", "a tab; indent with spaces"),
        ("practise:\n  every: no\n  minutes: 10\n", 'every: "no" is not known'),
        ("practise:\n  every: monday\n  every: friday\n  minutes: 10\n", '"every" stands here twice'),
        ("practise: monday\n", 'must hold "every:"'),
        ("models:\n  m: Hello\n", 'must hold "by:", "says:"'),
        ("models:\n  M!:\n    by: A\n", "use small letters"),
        ("models:\n  m:\n    by: [A]\n    says: B\n", "by: must be text"),
        ("models:\n  m:\n    by: A\u202e\n", "U+202E"),
        ("models:\n  m:\n    by: A\n    says: B\n    when_customer_shows: [rage]\n", '"rage" is not known'),
        ("models:\n" + "".join(f"  m{n}:\n    by: A\n    says: B\n" for n in range(101)), "more than 100"),
        ("modles: {}\n", 'Did you mean "models"?'),
    ],
)
def test_a_wrong_team_file_changes_nothing(shared_lead: Lead, text: str, words: str) -> None:
    before = shared_lead.services.rules.sets
    answer = shared_lead.post("/console/share", {"text": text})
    assert answer.status_code == 422
    assert words in said(answer) and "Line " in said(answer)
    assert shared_lead.services.rules.sets is before


def test_script_in_a_model_reply_stays_text_on_every_page(lead: Lead) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    lead.post("/console/models", {"by": evil[:25], "says": evil, "rule": BLAME})
    for path in ("models", "models?name=script-alert-1-script", f"rules/{BLAME}", "history", "share"):
        page = lead.get(f"/console/{path}").get_data(as_text=True)
        assert "<script>alert" not in page and "<img src" not in page
    assert api(lead, "/v1/coach", DRAFT)["model_reply"]["says"] == evil  # shown as text by the extension
