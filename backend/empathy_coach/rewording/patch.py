"""From a row of pieces to a text, and to the edits that lead there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from empathy_coach.domain import Edit, Span
from empathy_coach.rewording.facts import SLOT
from empathy_coach.rewording.guard import Piece

_NEAR = 16  # characters left alone between two changes that are shown as one
_UNIT = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*\s*|[.!?\s]+")


def text_of(pieces: Sequence[Piece]) -> str:
    """The new text."""
    return "".join(p.text for p in pieces)


def edits_of(draft: str, pieces: Sequence[Piece]) -> tuple[Edit, ...]:
    """The edits that lead from the draft to the pieces' text: rising, apart, none of them empty.

    What has been moved is put in at its new place and taken out at its old one.
    """
    edits: list[Edit] = []
    at = 0
    added = ""
    steady = _steady(pieces)
    for number, piece in enumerate(pieces):
        if number not in steady:
            added += piece.text
            continue
        if added or at < piece.start:
            edits.append(Edit(at, piece.start, added))
        added = ""
        if piece.text != draft[piece.start : piece.end]:
            edits.append(Edit(piece.start, piece.end, piece.text))
        at = piece.end
    if added or at < len(draft):
        edits.append(Edit(at, len(draft), added))
    return tuple(_joined(edits))


def _steady(pieces: Sequence[Piece]) -> set[int]:
    """The numbers of the pieces that stay where they are: what comes after a later part of the draft has not moved."""
    steady: set[int] = set()
    last = -1
    ends = [p.start for p in pieces if not p.new]
    for number, piece in enumerate(pieces):
        if piece.new:
            continue
        ends.pop(0)
        if piece.start >= last and not any(start < piece.start for start in ends):
            steady.add(number)
            last = piece.end
    return steady


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    out: list[Edit] = []
    for edit in edits:
        if out and out[-1].end == edit.start:
            out[-1] = Edit(out[-1].start, edit.end, out[-1].text + edit.text)
        elif edit.text or edit.start < edit.end:
            out.append(edit)
    return out


def apply_edits(draft: str, edits: Sequence[Edit]) -> str:
    """The draft after the edits."""
    out = []
    at = 0
    for edit in edits:
        out += [draft[at : edit.start], edit.text]
        at = edit.end
    return "".join([*out, draft[at:]])


def slots_in(text: str, before: str) -> tuple[Span, ...]:
    """The visible slots of ``text`` that were not in ``before``: what only the agent can fill in."""
    old = {m.group() for m in SLOT.finditer(before)}
    return tuple(Span(m.start(), m.end(), m.group()) for m in SLOT.finditer(text) if m.group() not in old)


def edits_between(draft: str, text: str) -> tuple[Edit, ...]:
    """Edits from ``draft`` to ``text`` word by word, for a text that came about in more than one round."""
    edits: list[Edit] = []
    for start, end, new in _differences(draft, text):
        if edits and start - edits[-1].end <= _NEAR:  # a reader wants one change, not five crumbs of it
            before = edits.pop()
            edits.append(Edit(before.start, end, before.text + draft[before.end : start] + new))
        else:
            edits.append(Edit(start, end, new))
    return tuple(_joined(edits))


def _differences(draft: str, text: str) -> Iterator[tuple[int, int, str]]:
    """What differs, word by word within the sentences that differ: start and end in the draft, and the new words.

    Comparing all words with all others takes tens of milliseconds for a long draft.
    """
    for start, end, new in _unlike(draft, text, _SENTENCE):
        for first, last, words in _unlike(draft[start:end], new, _UNIT):
            yield start + first, start + last, words


def _unlike(draft: str, text: str, unit: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    old, now = unit.findall(draft), unit.findall(text)
    at = last = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, now, autojunk=False).get_opcodes():
        at += sum(map(len, old[last:a]))
        width = sum(map(len, old[a:b]))
        if tag != "equal":
            yield at, at + width, "".join(now[c:d])
        at += width
        last = b
