"""From a row of pieces to a text, and from a draft to a text by the fewest edits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from empathy_coach.domain import Edit, Span
from empathy_coach.rewording.facts import SLOT
from empathy_coach.rewording.guard import Piece

_UNIT = re.compile(r"\s+|\w+|[^\w\s]")


def text_of(pieces: Sequence[Piece]) -> str:
    """The new text."""
    return "".join(p.text for p in pieces)


def edits_between(draft: str, text: str) -> tuple[Edit, ...]:
    """Edits that lead from ``draft`` to ``text``, rising and apart, whole words at a time."""
    head = _common(draft, text)
    tail = _common(draft[head:][::-1], text[head:][::-1])
    old = [m.group() for m in _UNIT.finditer(draft, head, len(draft) - tail)]
    now = [m.group() for m in _UNIT.finditer(text, head, len(text) - tail)]
    edits: list[Edit] = []
    at = head
    last = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, now, autojunk=False).get_opcodes():
        at += sum(map(len, old[last:a]))
        width = sum(map(len, old[a:b]))
        if tag != "equal":
            if edits and at - edits[-1].end < 3 and not draft[edits[-1].end : at].strip():
                before = edits.pop()
                edits.append(Edit(before.start, at + width, before.text + draft[before.end : at] + "".join(now[c:d])))
            else:
                edits.append(Edit(at, at + width, "".join(now[c:d])))
        at += width
        last = b
    return tuple(edits)


def _common(a: str, b: str) -> int:
    """How many characters are the same at the start, cut back so that no word is torn."""
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    while n and (n < len(a) or n < len(b)) and not a[n - 1].isspace():
        n -= 1
    return n


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
