"""Whatever is put into the editor gets a clear answer, and the rules in use stay as they are."""

from __future__ import annotations

import random
from urllib.parse import urlencode

import pytest

from .conftest import HOST, OWN, RULE, Lead, said  # type: ignore[import-not-found]

PIECES = ["(a|b)", "(a|b)?", "...", "you", "have", "((((a", "))))", "|", "(?:a+)+$", "[a-z]*", "(.*)*", "é", "\u202e",
          "\u200b", '"', "\\u202e", "-", "#", ": ", "{", "[", "]", "&a", "*a", "!!python/object", "%", "@", "`", "~",
          "<<", ">>", "<script>alert(1)</script>", "\x00", "\t", "no", "\ufffd"]  # fmt: skip
HUGE = "\n  - ".join(f"(you|me|we) ... (should|have|said|done) ... (me|we|now|x{n}) ... x{n}" for n in range(75))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RULE.replace("severity", "severty"), 'Did you mean "severity"'),
        (RULE.replace("severity: warn", "severity: no"), 'Line 4 severity: no severity: "no" is not known'),
        (RULE.replace("weight: 2", "weight: 2\nweight: 3"), '"weight" stands here twice'),
        (RULE.replace("\nwhy:", "\n\twhy:"), "Line 6"),
        (RULE.replace("our team", "our\u202eteam"), "U+202E"),
        (RULE.replace("our team", '"our\\u202eteam"'), "U+202E"),
        (RULE.replace("our team", '"our\\ud800team"'), "Line 7"),
        (RULE.replace("our team", "our\u200bteam"), "U+200B"),
        (RULE.replace("our team", "our\x00team"), "U+0000"),
        (RULE.replace("our team", "&a our team"), "anchors and aliases"),
        (RULE.replace("our team", "!!python/object:os.system x"), "tags"),
        ("a: " + "[" * 5_000, "nested too deeply"),
        ("- " * 5_000, "nested too deeply"),
        ("x" * 500_000, "larger than 16 kB"),
        (RULE.replace("the (system|computer) (says|said) no", HUGE), "patterns together are too large"),
        (RULE.replace("the (system", "the ((system"), '"(" without ")"'),
        (RULE + "---\ntitle: x\n", "second document"),
        ("", "empty"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_the_words_allowed(shared_lead: Lead, text: str, words: str) -> None:
    before = shared_lead.services.rules.sets
    told = shared_lead.verdicts(text)
    assert words in told and "Line " in told
    shared_lead.save(text)
    assert shared_lead.get("/console/rules").status_code == 200
    for draft in shared_lead.services.team_rules.drafts():
        assert shared_lead.publish(draft.name).status_code in (409, 422)
        shared_lead.services.team_rules.discard(draft.name)
    assert shared_lead.services.rules.sets is before


def test_evil_patterns_never_crash_the_editor(shared_lead: Lead) -> None:
    chance = random.Random(7)
    for _ in range(80):
        pattern = " ".join(chance.choice(PIECES) for _ in range(chance.randint(1, 30)))
        text = RULE.replace("the (system|computer) (says|said) no   # both ways", pattern)
        answer = shared_lead.post("/console/write/verdicts", {"view": "yaml", "text": text})
        assert answer.status_code == 200
        assert b"<script>" not in answer.data


def test_half_a_character_is_refused_in_every_field(shared_lead: Lead) -> None:
    for name in ("title", "find", "why", "example_draft", "text"):
        form = urlencode(
            {"csrf": shared_lead.csrf, "view": "form", "text": RULE, "example_side": "fires", "title": "x"}
        )
        sent = f"{form}&{name}=a%ED%A0%80b"
        answer = shared_lead.client.post(
            "/console/write/verdicts", data=sent, headers={"Host": HOST, "Origin": OWN},
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
        assert answer.status_code == 200, name


@pytest.mark.parametrize(
    "name", ["title", "why", "source", "find", "unless", "advise", "replace_with", "example_draft"]
)
def test_script_in_a_field_stays_text_on_every_page(shared_lead: Lead, name: str) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    form = {
        "view": "form",
        "text": RULE,
        "title": "T",
        "example_side": "silent",
        "example_draft": "x",
        "click": "replace",
    }
    page = shared_lead.post("/console/write", {**form, name: evil, "do": "check"}).get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page and "<img" not in page


def test_a_form_that_is_too_large_is_told_so(shared_lead: Lead) -> None:
    answer = shared_lead.post("/console/write/verdicts", {"view": "yaml", "text": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "larger than the console takes" in said(answer)


@pytest.mark.parametrize("path", ["/console/pilot", "/console/write", "/console/impact"])
def test_a_field_without_a_name_is_refused(shared_lead: Lead, path: str) -> None:
    body = b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"
    headers = {"Host": HOST, "Origin": OWN, "Content-Type": "multipart/form-data; boundary=b"}
    assert shared_lead.client.post(path, data=body, headers=headers).status_code == 400
