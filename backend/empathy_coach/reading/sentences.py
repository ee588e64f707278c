"""Splitting prose into sentences: linear, no corpus, tuned for help-desk replies.

Lists, headings and lines end a sentence; abbreviations, initials, decimal points, times ("9.14") and links do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof st no nr art approx apt dept ext fig inc ltd vs etc e.g i.e w.e.f eg ie a.m p.m am pm jan feb mar apr "
    "jun jul aug sep sept oct nov dec tel ref min max hr hrs cf ca p.s".split()
)
_FACES = "☀-➿\U0001f300-\U0001faff"
# Where a sentence may end at all: looked for first, because trying the rest at every letter costs ten times as much.
_MAYBE = re.compile(rf"[.!?…:){_FACES}]")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[!?]+(?=[A-Z])|[:)]-?[)(]\s")
_AFTER_FACE = re.compile(rf"(?<=[{_FACES}])\s+(?=[A-Z])")
_BULLET = re.compile(r"\s*(?:[-*•–·]|\(?\d{1,2}[.)]|[a-z]\))\s+")


def split_line(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text without line breaks, as offsets."""
    end = len(text)
    bullet = _BULLET.match(text)
    first = done = bullet.end() if bullet else 0
    for maybe in _MAYBE.finditer(text, first):
        at = maybe.start()
        if at < done:
            continue
        found = _END.match(text, at) or _AFTER_FACE.match(text, at + 1)
        if not found:
            continue
        done = found.end()
        if text[found.start()] == "." and not _ends_here(text, first, found.start(), done, end):
            continue
        yield from _trimmed(text, first, done)
        first = done
    yield from _trimmed(text, first, end)


def _ends_here(text: str, first: int, dot: int, stop: int, end: int) -> bool:
    """Whether the full stop at ``dot`` ends the sentence that began at ``first``."""
    if stop >= end:
        return True
    begin = dot
    while begin > first and not text[begin - 1].isspace():
        begin -= 1
    word = text[begin:dot].strip("(\"'“‘").lower()
    after = stop
    while after < end and text[after].isspace():
        after += 1
    following = text[after : after + 1]
    if word in _ABBREVIATIONS:
        return word in {"etc", "a.m", "p.m", "am", "pm"} and following.isupper()
    if len(word) == 1 and word.isalpha() and word != "i":
        return False
    if re.fullmatch(r"\d{1,2}", word) and begin == first:
        return False  # "1. Open Settings"
    return not (following.islower() and text[dot:stop] == "...")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(map(str.isalnum, text[start:end])):
        yield start, end
