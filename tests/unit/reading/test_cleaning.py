from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_coach.reading.cleaning import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Don’t", "don't"),
        ("Zoë’s CAFÉ", "zoe's cafe"),
        ("£5 or €5", "$5 or $5"),
        ("s\u200bo\u00adrry", "sorry"),
        ("\uff53\uff4f\uff52\uff52\uff59", "sorry"),
        ("a — b…", "a - b."),
    ],
)
def test_what_a_reader_sees(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(max_size=80))
def test_offsets_lead_back_to_the_characters_they_came_from(text: str) -> None:
    folded = fold(text)
    assert folded.text.isascii()
    for i, char in enumerate(folded.text):
        start, end = folded.back(i, i + 1)
        assert end == start + 1
        assert fold(text[start:end]).text == char
