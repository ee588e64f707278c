"""POST /v1/coach: the contract, seen from outside."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from empathy_coach.domain import ELEMENTS
from empathy_coach.web.api.models import Report

UNITS = "utf-16-le"


def slice_js(text: str, start: int, end: int) -> str:
    """What JavaScript's ``text.slice(start, end)`` gives."""
    return text.encode(UNITS)[2 * start : 2 * end].decode(UNITS)


def apply_js(text: str, edits: list[dict[str, Any]]) -> str:
    raw = text.encode(UNITS)
    for edit in sorted(edits, key=lambda e: (e["start"], e["end"]), reverse=True):
        raw = raw[: 2 * edit["start"]] + edit["text"].encode(UNITS) + raw[2 * edit["end"] :]
    return raw.decode(UNITS)


def check_spans(report: dict[str, Any], request: dict[str, Any]) -> None:
    """Every span quotes what JavaScript would find there, every edit lies inside the draft."""
    draft = request["draft"]
    length = len(draft.encode(UNITS)) // 2
    own = [s["span"] for s in report["strengths"]]
    own += [span for e in report["elements"] for span in e["evidence"]]
    own += [f["span"] for f in report["findings"] if "span" in f]
    own += [f["place"]["before"] for f in report["findings"] if "before" in f.get("place", {})]
    for span in own:
        assert slice_js(draft, span["start"], span["end"]) == span["quote"]
    for found in report["customer"]["signals"] + report["customer"]["questions"]:
        span, text = found["span"], request["conversation"][found["message"]]["text"]
        assert slice_js(text, span["start"], span["end"]) == span["quote"]
    for finding in report["findings"]:
        assert ("span" in finding) != ("place" in finding)
        for suggestion in finding["suggestions"]:
            assert all(0 <= edit["start"] <= edit["end"] <= length for edit in suggestion["edits"])
    if report["rewording"]:
        assert apply_js(draft, report["rewording"]["edits"]) == report["rewording"]["text"]
        for slot in report["rewording"]["slots"]:
            assert slice_js(report["rewording"]["text"], slot["start"], slot["end"]) == slot["quote"]


def test_the_report_has_everything_the_contract_names(backend: Any, angry: dict[str, Any]) -> None:
    answer = backend.post("/v1/coach", angry)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    report = answer.json
    assert set(report) == set(Report.model_fields)
    Report.model_validate(report)
    assert [element["element"] for element in report["elements"]] == list(ELEMENTS)
    assert report["rule_set"] == backend.get("/v1/me").json["rule_set"]
    assert any(finding.get("fault") == "blame" for finding in report["findings"])
    assert any(question["span"]["quote"] == "Where is it?" for question in report["customer"]["questions"])
    assert report["rewording"] is not None
    check_spans(report, angry)


def test_a_draft_alone_is_enough(backend: Any) -> None:
    report = backend.post("/v1/coach", {"draft": "Open Settings, then Email."})
    assert report.status == 200
    assert len(report.json["elements"]) == 6


def test_fields_that_a_newer_extension_sends_are_left_out(backend: Any, angry: dict[str, Any]) -> None:
    assert backend.post("/v1/coach", {**angry, "mood": ["new"], "rule_set": "another"}).status == 200


def test_the_same_request_gets_the_same_report(backend: Any, angry: dict[str, Any]) -> None:
    first, second = (backend.post("/v1/coach", angry).json for _ in range(2))
    first.pop("took_ms"), second.pop("took_ms")
    assert first == second


FACE = "\U0001f600"
FAMILY = "\U0001f468‍\U0001f469‍\U0001f467"


@pytest.mark.parametrize("mark", [FACE, FAMILY, "\U0001d4d7", "é́", "日本", "\r\n", "​"])
def test_offsets_are_those_of_javascript(backend: Any, angry: dict[str, Any], mark: str) -> None:
    draft = f"{mark}Hi {mark}. {mark} You should have ticked {mark} the box. We will look into it {mark}."
    angry["conversation"][0]["text"] = f"{mark} {angry['conversation'][0]['text']} {mark} Where is it {mark} now?"
    angry["draft"] = draft
    report = backend.post("/v1/coach", angry).json
    assert report["findings"]
    check_spans(report, angry)


words = st.sampled_from(
    ["you should have", "sorry", "Hi Maria,", "we will look into it", "unfortunately", "\n\n", ".", "?", "your parcel",
     "calm down", "Sam", FACE, FAMILY, "\U0001d4d7ello", "order 4411", "as per policy", "Regards", ",", "tomorrow"]
)  # fmt: skip
texts = st.lists(words, max_size=25).map(" ".join) | st.text(max_size=200).filter(lambda t: "\0" not in t)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draft=texts, said=st.lists(texts, max_size=3), kind=st.sampled_from(["reply", "note", "escalation"]))
def test_any_text_gets_a_report_with_true_spans(backend: Any, draft: str, said: list[str], kind: str) -> None:
    request = {"draft": draft, "conversation": [{"role": "customer", "text": text} for text in said], "kind": kind}
    answer = backend.post("/v1/coach", request)
    assert answer.status == 200
    check_spans(answer.json, request)


def test_the_largest_draft_allowed_is_answered(backend: Any) -> None:
    draft = ("You should have told us. Thank you for waiting. " * 1100)[:50_000]
    assert backend.post("/v1/coach", {"draft": draft}).status == 200


def test_five_hundred_messages_are_answered(backend: Any) -> None:
    conversation = [{"role": "customer", "author": "M", "text": f"Where is parcel {n}?"} for n in range(500)]
    assert backend.post("/v1/coach", {"draft": "It is here.", "conversation": conversation}).status == 200
