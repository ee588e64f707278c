"""How the words are set: shouting in capitals, rows of exclamation or question marks, which folding hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from empathy_coach.rules.index import Ready
from empathy_coach.rules.view import Hit, View

KEYS: tuple[str, ...] = ("shape",)
_SHAPES = {
    # Three words in capitals running, or a stressed little word: "NOT", "MUST". Abbreviations are capitals too.
    "capitals": re.compile(
        r"\b(?:[A-Z]{2,}[ ,]+){2,20}[A-Z]{2,}\b|"
        r"\b(?:NOT|MUST|NEVER|ALWAYS|CLEARLY|EXACTLY|ONLY|STOP|YOUR?|PLEASE|ALREADY|NO)\b(?=[ ,.!][^A-Z]|$)"
    ),
    "exclamation-marks": re.compile(r"\w+(?:!{2,}|[!?]{3,})"),
    "question-marks": re.compile(r"\w+\?{2,}"),
}  # fmt: skip

# What must stand somewhere in a draft before the search sentence by sentence is worth its time.
_QUICK = {
    "capitals": re.compile(r"[A-Z][A-Z]"),
    "exclamation-marks": re.compile(r"![!?]|\?!"),
    "question-marks": re.compile(r"\?\?"),
}


def check(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Nothing that the schema does not know."""
    yield from ()


def look(ready: Ready, view: View) -> Iterator[Hit]:
    """Each place with that shape, sentence by sentence."""
    shape = ready.rule.shape or "capitals"
    if not _QUICK[shape].search(view.text):
        return
    pattern = _SHAPES[shape]
    for sentence in view.sentences:
        span = sentence.span
        for found in pattern.finditer(view.text, span.start, span.end):
            yield Hit(found.start(), found.end())
