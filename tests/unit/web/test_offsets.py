from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from empathy_coach.web.api.offsets import Utf16

# Half of the characters beyond U+FFFF, which random text seldom has.
texts = st.text(
    st.characters(codec="utf-8", min_codepoint=0x10000) | st.characters(codec="utf-8", max_codepoint=0xFFFF)
)


@given(texts)
def test_offsets_count_what_javascript_counts(text: str) -> None:
    units = Utf16(text)
    for offset in range(len(text) + 1):
        assert units(offset) == len(text[:offset].encode("utf-16-le")) // 2


@given(texts)
def test_offsets_lead_back_to_the_same_characters(text: str) -> None:
    units = Utf16(text)
    raw = text.encode("utf-16-le")
    for start in range(len(text)):
        assert raw[2 * units(start) : 2 * units(start + 1)].decode("utf-16-le") == text[start]
