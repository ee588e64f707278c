from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_coach.web.api.body import DEPTH, parse
from empathy_coach.web.api.models import CoachRequest
from empathy_coach.web.problems import ProblemError


def nested(levels: int) -> bytes:
    """A request that is ``levels`` deep in a field that is left out."""
    return b'{"draft": "x", "more": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


def test_the_depth_limit_is_exact() -> None:
    assert parse(CoachRequest, nested(DEPTH)).draft == "x"
    with pytest.raises(ProblemError) as refused:
        parse(CoachRequest, nested(DEPTH + 1))
    assert refused.value.status == 400
    assert "nested" in refused.value.errors[0].message


@given(st.text(st.sampled_from('[]{}"\\abc')))
def test_brackets_quotes_and_backslashes_inside_a_text_do_not_count(text: str) -> None:
    draft = text + "[" * 50
    assert parse(CoachRequest, json.dumps({"draft": draft}).encode()).draft == draft


@given(st.binary(max_size=60).map(lambda part: b"[{" * DEPTH + part * 3 + b'\\"' * 200))
def test_broken_strings_are_no_way_around_the_limit(raw: bytes) -> None:
    with pytest.raises(ProblemError):
        parse(CoachRequest, raw)


def test_many_wrong_fields_are_summed_up() -> None:
    with pytest.raises(ProblemError) as refused:
        parse(CoachRequest, json.dumps({"draft": "x", "conversation": [{}] * 300}).encode())
    assert refused.value.detail == "600 fields are not right."
    assert len(refused.value.errors) == 20
