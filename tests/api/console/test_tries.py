"""Trying rules on replies, canned replies, counts, a team's file: through the real app."""

from __future__ import annotations

import csv
import io
import json
import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from empathy_coach.domain import Finding
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.overlay import Choices, OwnRule
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.score import score
from empathy_coach.services.impact import Comparison
from empathy_coach.services.live_rules import sets_of
from empathy_coach.services.samples import load_samples
from empathy_coach.services.upload_parts import UploadError
from empathy_coach.services.uploads import Sample, read_upload

from .conftest import BLAME, RULE, Lead, field, said  # type: ignore[import-not-found]

MBOX = b"""From maria@example.com Mon Jan  1 00:00:00 2026
Subject: Your parcel
Content-Type: text/plain; charset=utf-8

You should have ticked the box.

From maria@example.com Mon Jan  1 00:00:01 2026
Subject: Broken
Content-Type: text/plain; charset=no-such-charset

Your parcel is in Leeds.

From maria@example.com Mon Jan  1 00:00:02 2026
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/html

<p>Gone</p>
--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

It is at the caf=E9.
--b--
"""


def finished(lead: Lead, answer: TestResponse) -> TestResponse:
    """The page of some work once it is done."""
    assert answer.status_code == 302, said(answer)
    limit = time.monotonic() + 60
    while "X-Finished" not in lead.get(answer.location, **{"X-Part": "progress"}).headers:
        assert time.monotonic() < limit
        time.sleep(0.01)
    return lead.get(answer.location)


def test_a_draft_s_impact_is_a_list_of_differences(lead: Lead) -> None:
    lead.save()
    form = {
        "rule": "blaming-the-computer",
        "samples": "on",
        "pasted": "The system says no.\n---\nIt is in Leeds.",
        "good": "on",
    }
    page = said(finished(lead, lead.post("/console/impact", form)))
    assert "1 of 42 replies would be judged differently" in page
    assert "1 known-good reply gets a new finding" in page
    assert "Blaming the computer on The system says no" in page


def test_switching_a_rule_off_can_be_tried(shared_lead: Lead) -> None:
    page = said(
        finished(
            shared_lead,
            shared_lead.post("/console/impact", {"tune": BLAME, "weight": "3", "severity": "warn", "samples": "on"}),
        )
    )
    assert "goes Pointing at the customer's mistake on You should have" in page
    assert shared_lead.services.rules.sets.choices.off == frozenset()


def found_by(rule_set: RuleSet, sample: Sample) -> tuple[dict[object, Finding], int]:
    """What a rule set finds in a reply, the plain way."""
    reading = read(sample.conversation, sample.draft, rule_set.lexicon, rule_set.cues)
    scores, findings = score(reading, apply_rules(reading, rule_set), rule_set)
    return {(f.rule, f.span or f.place): f for f in findings if f.rule in rule_set.by_id}, scores.score


@pytest.mark.parametrize(
    "change",
    [
        lambda base, _: Choices(off=frozenset({BLAME})),
        lambda base, _: Choices(severities={rule.id: "hint" for rule in base.rules}),
        lambda base, _: Choices(severities={BLAME: "stop"}, weights={rule.id: 5 for rule in base.rules[::2]}),
        lambda base, own: Choices(rules={"pronouns": OwnRule("", own, "everyone", BLAME)}),
    ],
)
def test_a_comparison_says_what_two_full_readings_say(
    shared_lead: Lead, change: Callable[[RuleSet, Rule], Choices]
) -> None:
    text = RULE.replace("the (system|computer) (says|said) no", "(we|i|you)").replace("the system", "<<we>> the system")
    own, _ = shared_lead.services.team_rules.read(text.replace("<<we>> the system says no>>", "we>>"), "pronouns")
    assert own is not None
    base = shared_lead.services.rules.sets.base
    other = sets_of(base, change(base, own), None).everyone
    effect_of, touched = Comparison(base, other).effect, 0
    if own in other.rules:
        effect_of = pickle.loads(pickle.dumps(effect_of))  # as a helper has it
    for sample in load_samples(shared_lead.services.rules.directory):
        (was, before), (now, after) = found_by(base, sample), found_by(other, sample)
        comes, goes = [f for key, f in now.items() if key not in was], [f for key, f in was.items() if key not in now]
        altered = [(was[k].severity, f) for k, f in now.items() if k in was and was[k].severity != f.severity]
        effect = effect_of(sample)
        touched += effect is not None
        assert (effect is None) == (not comes and not goes and not altered and before == after)
        if effect is not None:
            seen = [*effect.comes], [*effect.goes], [*effect.altered], effect.before, effect.after
            assert seen == (comes, goes, altered, before, after)
    assert touched


@pytest.mark.parametrize(
    ("file", "raw", "drafts"),
    [
        ("a.csv", b'title,body,customer\r\nOne,"Hello, you",Where?\r\nTwo,Bye,\r\n', ["Hello, you", "Bye"]),
        ("a.csv", "Titel;Text\nEins;Grüße\n".encode("cp1252"), ["Grüße"]),
        ("a.csv", b"only one column\nand another\n", ["only one column", "and another"]),
        ("a.jsonl", b'{"reply": "One"}\nnot json\n"Two"\n\n{"x": 1}\n', ["One", "Two"]),
        ("a.json", b'[{"body": "One"}, "Two"]', ["One", "Two"]),
        ("a.mbox", MBOX, ["You should have ticked the box.", "Your parcel is in Leeds.", "It is at the café."]),
        ("a.txt", b"One\n---\nTwo\n", ["One", "Two"]),
        ("pasted text", b"[Name], thank you.\n---\n{{name}}, bye.", ["[Name], thank you.", "{{name}}, bye."]),
        ("pasted text", b' [ {"body": "One"} , 2,\n"Two" ]', ["One", "Two"]),
        ("as a browser sends it", b"One\r\n---\r\nTwo\r\n", ["One", "Two"]),
    ],
)
def test_replies_are_read_from_many_forms(file: str, raw: bytes, drafts: list[str]) -> None:
    assert [s.draft.text for s in read_upload(raw, file).samples] == drafts


@pytest.mark.parametrize(
    ("file", "raw", "words"),
    [
        ("a.csv", b"", "no reply"),
        ("a.jsonl", b'{"reply": "\\ud800"}', "line 1: not readable"),
        ("a.jsonl", b'{"reply": "a\\u0000b"}', "line 1: holds a character"),
        ("a.jsonl", b'{"a":' * 5_000, "line 1: not readable"),
        ("a.json", b"[" * 100_000, "not JSON from entry 1"),
        ("a.json", b'["a", "b" "c"]', "comma is missing after entry 2"),
        ("a.json", b'["a", "b"', "not JSON from entry 2"),
        ("a.json", b'["' + b"a" * 2_000_000 + b'"]', "not JSON from entry 1 .* longer than 1,000,000"),
        ("a.json", b"[]", "no reply"),
        ("a.txt", b"x" * 2_000_000, "Line 1 is longer than 1,000,000"),
        ("a.txt", b"---\n" * 300_000, "more than 200,000 entries"),
        ("a.csv", b'reply\nx\n"' + b"a\n" * 600_000, "not CSV .* Is a quote missing"),
        ("a.csv", b'reply\n"' + b"a" * 30_000 + b'"\n', "longer than 20,000"),
        ("a.txt", b"x" * (25 << 20), "larger than 24 MB"),
        ("a.mbox", b"From x\n\n", "no reply"),
    ],
)
def test_files_that_cannot_be_used_say_why(file: str, raw: bytes, words: str) -> None:
    with pytest.raises(UploadError, match=words):
        read_upload(raw, file)


def test_an_upload_can_be_large_and_stays_off_the_disk(shared_lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_more: Any) -> None:
        raise AssertionError("a text went to the disk")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", refuse)
    raw = b"\n".join(json.dumps({"reply": f"Number {n}. " + "Leeds " * 1500}).encode() for n in range(120))
    assert len(raw) > 1_000_000
    answer = shared_lead.post("/console/impact", {"off": BLAME, "file": (io.BytesIO(raw), "old.jsonl")})
    assert "Nothing would change on these 120 replies" in said(finished(shared_lead, answer))


def test_canned_replies_come_ranked_and_leave_as_a_harmless_table(shared_lead: Lead) -> None:
    rows = [{"title": "=HYPERLINK(1)", "body": "You should have ticked the box. Please note that we cannot help."},
            {"title": "fine", "body": "Open Settings, then Email."},
            {"title": "+1", "body": "=1+1 You should have known."}]  # fmt: skip
    raw = json.dumps(rows).encode()
    answer = shared_lead.post("/console/macros", {"file": (io.BytesIO(raw), "m.json")})
    page = finished(shared_lead, answer)
    assert "of 3 could be better" in said(page) and "In other words" in said(page)
    table = shared_lead.get(f"{answer.location}/macros.csv")
    assert table.content_type.startswith("text/csv")
    cells = [cell for row in csv.reader(io.StringIO(table.data.decode("utf-8-sig"))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_what_works_counts_rules_and_advises(lead: Lead) -> None:
    counter = lead.services.feedback
    for verdict, times in (("shown", 12), ("dismissed", 9), ("applied", 1)):
        for _ in range(times):
            counter.count(BLAME, "tone", verdict, "0123456789abcdef")
    page = lead.get("/console/works")
    assert "Pointing at the customer's mistake Mostly dismissed" in said(page)
    assert "12 1 9" in said(page) and "<svg" in page.get_data(as_text=True)
    assert "were never shown" in said(page)


def test_a_team_s_file_goes_out_and_comes_in(lead: Lead) -> None:
    lead.save()
    lead.publish("blaming-the-computer")
    there = lead.services.rules.current.hash
    text = lead.get("/console/share/rules.yaml").data
    lead.post("/console/history", {"release": "0"})
    assert lead.services.rules.current.hash != there
    shown = lead.post("/console/share", {"file": (io.BytesIO(text), "team.yaml")})
    assert "blaming-the-computer new, for everyone" in said(shown)
    assert lead.services.rules.current.hash != there
    lead.post("/console/share", {"text": text.decode(), "do": "use", "why": "From the north team"})
    assert lead.services.rules.current.hash == there


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("severity", "severty"), 'Did you mean "severity"'),
        (lambda text: text.replace("The system is up again.", "The system says no."), "this silent example fired"),
        (lambda text: text + "off:\n  - core/tone/blames-custmer\n", "Did you mean"),
        (lambda text: "x" * 300_000, "larger than"),
        (lambda text: "", "empty"),
    ],
)
def test_a_file_that_is_not_right_is_refused_whole(shared_lead: Lead, change: Callable[[str], str], words: str) -> None:
    text = "rules:\n  computer:\n" + "".join(f"    {line}\n" for line in RULE.splitlines())
    before = shared_lead.services.rules.sets
    answer = shared_lead.post("/console/share", {"file": (io.BytesIO(change(text).encode()), "team.yaml")})
    assert answer.status_code == 422
    assert words in said(answer)
    assert shared_lead.services.rules.sets is before


def test_a_rule_that_counts_for_more_is_tried_before_it_does(shared_lead: Lead) -> None:
    form = {"on": "1", "weight": "5", "severity": "stop"}
    way = shared_lead.post(f"/console/preview/{BLAME}", form).headers["Location"]
    page = shared_lead.get(way)
    assert "counts 5 of 5, stop" in said(page)
    asked = {name: field(page, name) for name in ("tune", "on", "weight", "severity")}
    assert asked == {"tune": BLAME, **form}
    effects = said(
        finished(shared_lead, shared_lead.post("/console/impact", {**asked, "pasted": "You should have told us."}))
    )
    assert (
        "That weigh differently 1" in effects
        and "warn → stop" in effects
        and "1 of 1 replies would be judged differently" in effects
    )
    assert shared_lead.services.rules.sets.choices.weights == {}


def test_a_wrong_wish_is_said(shared_lead: Lead) -> None:
    wrong = shared_lead.post(f"/console/preview/{BLAME}", {"weight": "9", "severity": "warn"})
    assert wrong.status_code == 422 and "from 1 to 5" in said(wrong)
    assert shared_lead.get("/console/impact?tune=core/tone/none&weight=1&severity=warn").status_code == 404


def test_what_is_no_text_is_refused_as_a_whole() -> None:
    with pytest.raises(UploadError, match="This is not text"):
        read_upload(bytes(range(256)) * 40, "macros.csv")
