"""Bad input gets a problem document that names the field and repeats nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MARKER = "zebrafish-canary"
A_MESSAGE = {"role": "customer", "text": "x"}
DEEP = b"[" * 100_000 + b"]" * 100_000


def check_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json
    assert problem["status"] == status
    assert problem["title"] and problem["detail"] and problem["type"]
    return problem


@pytest.mark.parametrize(
    ("request_body", "field"),
    [
        ({}, "draft"),
        ({"draft": None}, "draft"),
        ({"draft": 5}, "draft"),
        ({"draft": 10**18}, "draft"),
        ({"draft": [MARKER]}, "draft"),
        ({"draft": {MARKER: MARKER}}, "draft"),
        ({"draft": "\0"}, "draft"),
        ({"draft": "\ud800"}, "draft"),
        ({"draft": "x" * 50_001}, "draft"),
        ({"draft": "x", "kind": MARKER}, "kind"),
        ({"draft": "x", "kind": None}, "kind"),
        ({"draft": "x", "conversation": MARKER}, "conversation"),
        ({"draft": "x", "conversation": {"role": MARKER}}, "conversation"),
        ({"draft": "x", "conversation": [MARKER]}, "conversation[0]"),
        ({"draft": "x", "conversation": [A_MESSAGE, {"role": MARKER, "text": "x"}]}, "conversation[1].role"),
        ({"draft": "x", "conversation": [{"role": "agent"}]}, "conversation[0].text"),
        ({"draft": "x", "conversation": [{**A_MESSAGE, "text": "a\0b"}]}, "conversation[0].text"),
        ({"draft": "x", "conversation": [A_MESSAGE, {**A_MESSAGE, "text": "a\udc00"}]}, "conversation[1].text"),
        ({"draft": "x", "conversation": [{**A_MESSAGE, "author": "y" * 201}]}, "conversation[0].author"),
        ({"draft": "x", "conversation": [A_MESSAGE] * 501}, "conversation"),
        ({"draft": "x", "agent_name": 1}, "agent_name"),
        ({"draft": "x", "customer_name": ["a"]}, "customer_name"),
        ({"draft": "x", "channel": "\0"}, "channel"),
        ({"draft": "x", "rule_set": 7}, "rule_set"),
        ([], "body"),
        ("text", "body"),
        (None, "body"),
    ],
)
def test_the_field_is_named(backend: Any, request_body: object, field: str) -> None:
    answer = backend.post("/v1/coach", request_body)
    problem = check_problem(answer, 422)
    assert field in [error["field"] for error in problem["errors"]]
    assert MARKER.encode() not in answer.body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"draft": "abc',
        b'{"draft": "\xff"}',
        b'\xef\xbb\xbf{"draft": "x"}',
        b'{"draft": NaN}',
        b'{"draft": 1e999}',
        b'{"draft": ' + b"9" * 5000 + b"}",
        DEEP,
        b'{"draft": ' + b'{"a":' * 2000 + b"1" + b"}" * 2000 + b"}",
        b'{"draft": "x"} {"draft": "y"}',
        '{"draft": "x"}'.encode("utf-16"),
        MARKER.encode(),
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_is_not_json_is_said_to_be(backend: Any, body: bytes) -> None:
    answer = backend.post("/v1/coach", body)
    problem = check_problem(answer, 400)
    assert problem["errors"][0]["field"] == "body"
    assert MARKER.encode() not in answer.body


def test_brackets_in_a_text_are_text(backend: Any) -> None:
    assert backend.post("/v1/coach", {"draft": '[[{"' * 2000}).status == 200


def test_names_of_fields_that_a_sender_made_up_are_not_repeated(backend: Any) -> None:
    answer = backend.post("/v1/coach", {"draft": "x", MARKER: {MARKER: "\ud800"}})
    assert check_problem(answer, 422)["errors"][0]["field"] == "body"
    assert MARKER.encode() not in answer.body


@pytest.mark.parametrize("size", [1_000_001, 5_000_000])
def test_a_body_that_is_too_large_is_refused(backend: Any, size: int) -> None:
    check_problem(backend.post("/v1/coach", json.dumps({"draft": "x" * size}).encode()), 413)


def test_a_chunked_body_that_is_too_large_is_refused(backend: Any) -> None:
    chunked = b"200000\r\n" + b"x" * 0x200000 + b"\r\n0\r\n\r\n"
    headers = {**backend.headers, "Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    check_problem(backend.say("POST", "/v1/coach", chunked, headers), 413)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v1", 404),
        ("GET", f"/v1/{MARKER}", 404),
        ("GET", f"/v1/health?{MARKER}", 200),
        ("GET", "//v1//health", 404),
        ("GET", "/v1/../../etc/passwd", 404),
        ("GET", "/%00%ff%zz", 404),
        ("GET", "/static/x", 404),
        ("DELETE", "/v1/health", 405),
        ("TRACE", "/v1/health", 405),
    ],
)
def test_other_addresses_and_methods(backend: Any, method: str, path: str, status: int) -> None:
    answer = backend.say(method, path, None, backend.headers)
    assert MARKER.encode() not in answer.body
    if status == 200:
        assert answer.status == 200
    else:
        check_problem(answer, status)


json_values: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
near_requests = st.fixed_dictionaries(
    {},
    optional={
        "draft": st.text(max_size=40) | json_values,
        "conversation": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "role": st.sampled_from(["customer", "agent", "bot"]) | json_values,
                    "author": json_values,
                    "text": st.text(max_size=40) | json_values,
                    "at": json_values,
                },
            ),
            max_size=3,
        )
        | json_values,
        "kind": st.sampled_from(["reply", "note", "escalation"]) | json_values,
        "code": json_values,
        "label": json_values,
        "rule": json_values,
        "element": st.sampled_from(["tone", "need"]) | json_values,
        "verdict": st.sampled_from(["shown", "wrong"]) | json_values,
        "rule_set": json_values,
        "agent_name": json_values,
    },
)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(["/v1/coach", "/v1/pair", "/v1/feedback"]),
    data=near_requests | json_values,
)
def test_no_json_at_all_is_answered_with_an_error_of_ours(backend: Any, path: str, data: object) -> None:
    answer = backend.post(path, data)
    assert answer.status in (200, 204, 400, 403, 413, 422, 429)
    if answer.status >= 400:
        check_problem(answer, answer.status)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(["/v1/coach", "/v1/pair", "/v1/feedback"]), body=st.binary(max_size=300))
def test_no_bytes_at_all_are_answered_with_an_error_of_ours(backend: Any, path: str, body: bytes) -> None:
    answer = backend.post(path, body)
    assert answer.status in (400, 422)  # 422: bytes such as b"0" are JSON
    check_problem(answer, answer.status)


def test_a_nul_is_refused_wherever_a_page_takes_text(backend: Any) -> None:
    own = {"Origin": f"http://127.0.0.1:{backend.port}", "Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"link=a%00b&name=Ada", b"link=a&name=A%00da", b"a%00b=c"):
        assert backend.say("POST", "/console/sign-in", body, own).status == 400
    assert backend.say("POST", "/console/sign-in", b"link=a&name=Ada", own).status == 403
    assert backend.get("/console/rules?q=%00").status == 400
    assert backend.get("/console/rules/a%00b").status == 404
