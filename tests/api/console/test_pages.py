"""The team lead's pages, through the real app and a real database: signing in, writing, publishing, going back."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from empathy_coach.domain import Conversation, Draft
from empathy_coach.rules.teamfile import read_team_file, write_team_file
from empathy_coach.services import live_rules
from empathy_coach.services.house import Services, open_services
from empathy_coach.settings import Settings
from empathy_coach.storage import feedback

from .conftest import BLAME, HOST, RULE, Lead, field, said  # type: ignore[import-not-found]


def fires(services: Services, draft: str) -> set[str]:
    from empathy_coach.coach import coach

    return {f.rule for f in coach(Conversation(), Draft(draft), services.rules.sets.everyone).findings}


# --- signing in ---


def test_a_link_works_once_and_only_for_its_own_page(app: Any, services: Services) -> None:
    link = services.sign_in.new_link()
    first, second = Lead(app, services), Lead(app, services)
    assert first.get(f"/console/sign-in?link={link}").status_code == 200  # looking does not use it up
    assert first.post("/console/sign-in", {"link": link, "name": " "}).status_code == 422
    answer = first.post("/console/sign-in", {"link": link, "name": "Maria"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/console" in cookie
    assert second.post("/console/sign-in", {"link": link, "name": "Eve"}).status_code == 403
    assert first.get("/console/rules").status_code == 200
    assert second.get("/console/rules").status_code == 401


def test_a_pairing_code_and_a_client_s_token_open_nothing(app: Any, services: Services) -> None:
    code = services.pairing.new_code()
    stranger = Lead(app, services)
    assert stranger.post("/console/sign-in", {"link": code, "name": "Eve"}).status_code == 403
    token = services.pairing.redeem(code, "browser")
    assert stranger.get("/console/rules", Authorization=f"Bearer {token}").status_code == 401
    stranger.client.set_cookie("empathy-coach-console", token, domain="127.0.0.1", path="/console")
    assert stranger.get("/console/rules").status_code == 401


@pytest.mark.parametrize(
    "origin", [None, "null", "http://127.0.0.1:9999", "https://evil.example", "chrome-extension://abc"]
)
def test_a_form_of_another_page_is_refused(lead: Lead, origin: str | None) -> None:
    assert lead.post("/console/history", {"release": "0", "why": "x"}, origin=origin).status_code == 403


def test_a_form_without_the_session_s_token_is_refused(lead: Lead) -> None:
    lead.csrf = "0" * 64
    assert lead.post(f"/console/rules/{BLAME}", {"weight": "1", "severity": "hint", "why": "x"}).status_code == 403
    assert lead.services.rules.sets.choices.weights == {}


def test_signing_out_ends_the_session(lead: Lead) -> None:
    cookie = lead.client.get_cookie("empathy-coach-console", domain="127.0.0.1", path="/console")
    assert cookie is not None
    lead.post("/console/sign-out", {})
    lead.client.set_cookie("empathy-coach-console", cookie.value, domain="127.0.0.1", path="/console")
    assert lead.get("/console/rules").status_code == 401


def test_pages_run_only_their_own_script(lead: Lead) -> None:
    one, other = (lead.get("/console/write").headers["Content-Security-Policy"] for _ in range(2))
    assert "default-src 'none'" in one and "unsafe" not in one and one != other
    page = lead.get("/console/write")
    nonce = re.search(r"script-src 'nonce-([^']+)'", page.headers["Content-Security-Policy"])
    assert nonce and page.get_data(as_text=True).count(f'nonce="{nonce[1]}"') == 3
    assert page.headers["Cache-Control"] == "no-store"


def test_another_host_is_not_answered(lead: Lead) -> None:
    assert lead.client.get("/console/rules", headers={"Host": "evil.example"}).status_code == 400


# --- browsing ---


def test_rules_are_found_by_phrase_element_pack_and_fault(lead: Lead) -> None:
    everything = said(lead.get("/console/rules"))
    assert f"{len(lead.services.rules.current.rules)} rules" in everything
    found = lead.get("/console/rules?q=you+should+HAVE&element=tone&pack=core&fault=blame").get_data(as_text=True)
    assert f"/console/rules/{BLAME}" in found
    assert found.count("<li") < 10
    assert "Nothing fits" in said(lead.get("/console/rules?q=zzzzz"))


def test_a_rule_s_page_says_why_where_from_and_marks_the_words(lead: Lead) -> None:
    page = lead.get(f"/console/rules/{BLAME}")
    assert "<mark>You should have</mark>" in page.get_data(as_text=True)
    for words in ("Brown & Levinson", "It stays silent on", "Came with the pack"):
        assert words in said(page)


# --- tuning ---


def test_a_pack_s_rule_is_switched_off_and_on_again_for_the_team(lead: Lead) -> None:
    draft = "You should have ticked the box."
    assert BLAME in fires(lead.services, draft)
    change = {"weight": "3", "severity": "warn", "why": "Too many"}
    assert lead.post(f"/console/rules/{BLAME}", change).status_code == 302
    assert BLAME not in fires(lead.services, draft)
    assert "Too many" in said(lead.get(f"/console/rules/{BLAME}"))
    assert "switched off" in said(lead.get("/console/history"))
    lead.post(f"/console/rules/{BLAME}", {**change, "on": "on", "weight": "5"})
    assert lead.services.rules.current.by_id[BLAME].weight == 5
    assert lead.services.rules.sets.choices.off == frozenset()


def test_a_change_needs_a_reason_and_known_words(lead: Lead) -> None:
    before = lead.services.rules.sets
    for wrong in ({"why": " "}, {"weight": "9"}, {"weight": "²"}, {"severity": "nope"}, {"why": "x\u202ey"}):
        form = {"weight": "3", "severity": "warn", "why": "x", "on": "on", **wrong}
        assert lead.post(f"/console/rules/{BLAME}", form).status_code == 422
    assert lead.services.rules.sets is before


# --- writing ---


FORM = {
    "view": "form",
    "text": RULE,
    "title": "Blaming the computer",
    "element": "tone",
    "severity": "warn",
    "weight": "2",
    "why": "It leaves the customer alone with a machine.",
    "source": "our team",
    "find": "the (system|computer) (says|said) no",
    "advise": "Say who can help.",
    "click": "advice",
    "example_side": ["fires", "silent", "fires"],
    "example_kind": ["", "", ""],
    "example_draft": ["Sorry, <<the system says no>>.", "The system is up again.", ""],
    "example_customer": ["", "", ""],
    "example_becomes": ["", "", ""],
}


def as_yaml(lead: Lead, form: dict[str, Any]) -> str:
    page = lead.post("/console/write", {**form, "do": "yaml"}).get_data(as_text=True)
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_an_untouched_form_leaves_the_text_as_it_is(lead: Lead) -> None:
    assert as_yaml(lead, FORM) == RULE


def test_the_form_changes_its_lines_and_keeps_the_comments(lead: Lead) -> None:
    changed = as_yaml(lead, {**FORM, "find": FORM["find"] + "\nthe screen (says|said): no", "severity": "stop"})
    assert changed == RULE.replace("severity: warn", "severity: stop").replace(
        "both ways\n", 'both ways\n  - "the screen (says|said): no"\n'
    )


def test_verdicts_are_said_in_words_with_the_exact_span(lead: Lead) -> None:
    assert "All 2 examples are as they should be" in lead.verdicts(RULE)
    wrong = RULE.replace("The system is up again.", "I asked, and the computer said no to it.")
    told = lead.verdicts(wrong)
    assert 'This silent example fired on "the computer said no"' in told
    assert "1 of 2 examples" in told
    click = RULE.replace("advise:", "replace_with: it cannot be done today\nadvise:").replace(
        "    - Sorry, <<the system says no>>.",
        "    - draft: Sorry, <<the system says no>>.\n      becomes: Sorry, it cannot be done today.",
    )
    assert "Sorry, it cannot be done today." in lead.verdicts(click)
    assert "the click should give" in lead.verdicts(click.replace("be done today.\n", "be done.\n")).lower()


def test_the_writer_sees_at_once_what_a_rule_does_to_the_samples(lead: Lead) -> None:
    assert "It speaks up on none of them" in lead.verdicts(RULE)
    told = lead.verdicts(RULE.replace("the (system|computer) (says|said) no", "i am sorry"))
    assert "On 40 sample replies It speaks up on" in told and "known to be good" in told


def test_a_draft_is_met_by_nobody_until_it_is_published(lead: Lead) -> None:
    draft = "Sorry, the system says no."
    assert lead.save().headers["Location"].startswith("/console/write/blaming-the-computer")
    assert fires(lead.services, draft).isdisjoint({"teams/our-team/blaming-the-computer"})
    assert lead.publish("blaming-the-computer").status_code == 302
    assert "teams/our-team/blaming-the-computer" in fires(lead.services, draft)


def test_the_second_lead_is_told_and_nothing_is_overwritten(lead: Lead, app: Any) -> None:
    lead.save()
    other = Lead(app, lead.services).sign_in("Jo")
    began = field(lead.get("/console/write/blaming-the-computer"), "began")
    theirs = RULE.replace("Say who can help.", "Name the colleague.")
    assert other.save(theirs, "blaming-the-computer", began).status_code == 302
    mine = RULE.replace("weight: 2", "weight: 4")
    answer = lead.save(mine, "blaming-the-computer", began)
    assert answer.status_code == 409
    assert "Jo changed this rule meanwhile" in said(answer)
    assert "Name the colleague." in said(answer) and "weight: 4" in said(answer)
    written = lead.services.team_rules.written("blaming-the-computer")
    assert written and written.text == theirs
    assert lead.save(mine, "blaming-the-computer", field(answer, "began")).status_code == 302


def test_a_rule_published_meanwhile_counts_as_changed(lead: Lead, app: Any) -> None:
    lead.save()
    began = field(lead.get("/console/write/blaming-the-computer"), "began")
    lead.publish("blaming-the-computer")
    assert (
        Lead(app, lead.services).sign_in("Jo").save(RULE + "# mine\n", "blaming-the-computer", began).status_code == 409
    )


def test_our_own_version_takes_the_place_of_the_pack_s_rule(lead: Lead) -> None:
    page = lead.get(f"/console/write?from={BLAME}")
    assert field(page, "replaces") == BLAME
    text = lead.services.rules.source(lead.services.rules.current.by_id[BLAME])
    lead.save(text, replaces=BLAME)
    lead.publish("blames-customer")
    found = fires(lead.services, "You should have ticked the box.")
    assert "teams/our-team/blames-customer" in found and BLAME not in found


# --- stages ---


def test_the_stages_reach_nobody_then_the_pilot_group_then_everyone(lead: Lead) -> None:
    rule = "teams/our-team/blaming-the-computer"
    lead.save()
    lead.publish("blaming-the-computer", "shadow")
    sets = lead.services.rules.sets
    assert rule not in sets.everyone.by_id and rule not in sets.pilot.by_id
    assert sets.shadow and [r.id for r in sets.shadow.rules] == [rule]
    lead.publish("blaming-the-computer", "pilot")
    sets = lead.services.rules.sets
    assert rule not in sets.everyone.by_id and rule in sets.pilot.by_id and sets.shadow is None
    lead.publish("blaming-the-computer", "everyone")
    assert rule in lead.services.rules.sets.everyone.by_id
    assert lead.publish("blaming-the-computer", "withdrawn").status_code == 302
    assert rule not in lead.services.rules.sets.everyone.by_id
    assert "blaming the computer" in said(lead.get("/console/rules"))  # as a draft


def test_the_pilot_group_gets_the_pilot_s_rules(lead: Lead) -> None:
    tokens = [lead.services.pairing.redeem(lead.services.pairing.new_code(), name) for name in ("Ann", "Ben")]
    lead.save()
    lead.publish("blaming-the-computer", "pilot")
    number = re.search(r'value="(\d+)">Ann', lead.get("/console/pilot").get_data(as_text=True))
    assert number
    lead.post("/console/pilot", {"client": number[1]})
    seen = []
    for token in tokens:
        headers = {"Host": HOST, "Authorization": f"Bearer {token}"}
        answer = lead.client.post("/v1/coach", json={"draft": "The system says no."}, headers=headers).json
        assert answer
        seen.append({f["rule"] for f in answer["findings"]})
        assert answer["rule_set"] == lead.client.get("/v1/me", headers=headers).json["rule_set"]  # type: ignore[index]
    assert "teams/our-team/blaming-the-computer" in seen[0]
    assert "teams/our-team/blaming-the-computer" not in seen[1]


def test_a_rule_in_shadow_is_counted_once_a_conversation_and_never_shown(lead: Lead) -> None:
    token = lead.services.pairing.redeem(lead.services.pairing.new_code(), "Ann")
    lead.save()
    lead.publish("blaming-the-computer", "shadow")
    for words in ("The system says no.", "The system says no. Ben may know."):
        answer = lead.client.post(
            "/v1/coach",
            json={"draft": words, "conversation": [{"role": "customer", "author": "M", "text": "Who can help?"}]},
            headers={"Host": HOST, "Authorization": f"Bearer {token}"},
        )
        assert b"our-team" not in answer.data
    lead.services.shadow.write()
    with lead.services.shadow._database.transaction() as connection:
        counted = {key.rule: n for key, n in feedback.counts(connection).items() if key.verdict == "shadow"}
    assert counted == {"teams/our-team/blaming-the-computer": 1}


def test_a_rule_whose_examples_are_wrong_is_not_published(lead: Lead) -> None:
    lead.save(RULE.replace("The system is up again.", "The system says no."))
    before = lead.services.rules.sets
    assert "examples are not as they should be" in said(lead.get("/console/publish/blaming-the-computer"))
    assert lead.publish("blaming-the-computer").status_code == 409
    assert lead.services.rules.sets is before


# --- history ---


def test_one_click_goes_back_and_the_history_says_who_when_and_why(lead: Lead) -> None:
    start = lead.services.rules.current.hash
    lead.save()
    lead.publish("blaming-the-computer", why="Customers were sent round")
    published = lead.services.rules.current.hash
    assert published != start
    page = said(lead.get("/console/history"))
    assert "Customers were sent round" in page and "Maria" in page and "+ title: Blaming the computer" in page
    lead.post("/console/history", {"release": "0"})
    assert lead.services.rules.current.hash == start
    lead.post("/console/history", {"release": "1"})
    assert lead.services.rules.current.hash == published
    assert lead.post("/console/history", {"release": "77"}).status_code == 409


def test_what_was_published_is_in_use_after_a_restart(lead: Lead, tmp_path: Path) -> None:
    lead.save()
    lead.publish("blaming-the-computer")
    again = open_services(Settings(data_dir=tmp_path))
    assert again.rules.current.hash == lead.services.rules.current.hash
    again.rules.reload()
    assert again.rules.current.hash == lead.services.rules.current.hash


def test_the_team_s_file_says_the_same_as_the_console(lead: Lead) -> None:
    lead.save()
    lead.publish("blaming-the-computer", "pilot")
    lead.post(f"/console/rules/{BLAME}", {"weight": "5", "severity": "stop", "on": "on", "why": "x"})
    sets = lead.services.rules.sets
    text = write_team_file(sets.choices)
    assert "# both ways" in text
    choices, problems = read_team_file(text.encode(), "team.yaml", "our-team", sets.base.rules)
    assert problems == []
    assert live_rules.sets_of(sets.base, choices, None).pilot.hash == sets.pilot.hash
    assert write_team_file(choices) == text
