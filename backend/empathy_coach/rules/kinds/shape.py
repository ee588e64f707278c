"""How the words are set: capitals, rows of marks, letters that stand for words; all of which folding hides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from empathy_coach.rules.index import Ready
from empathy_coach.rules.view import Hit, View

KEYS: tuple[str, ...] = ("shape", "unless", "unless_customer_said_it")
_SHAPES = {
    # "the ONT has LOS", but no part of a code ("AB-1187", "B14") and none that brackets explain.
    "abbreviations": re.compile(r"(?<![\w/.&@#'$(-])[A-Z]{2,5}s?(?![\w/&@'-]|\.[A-Za-z]| ?[\d(])"),
    # Three words in capitals running, or a stressed little word: "NOT", "MUST". Abbreviations are capitals too.
    "capitals": re.compile(
        r"\b(?:[A-Z]{2,}[ ,]+){2,20}[A-Z]{2,}\b|"
        r"\b(?:NOT|MUST|NEVER|ALWAYS|CLEARLY|EXACTLY|ONLY|STOP|YOUR?|PLEASE|ALREADY|NO)\b(?=[ ,.!][^A-Z]|$)"
    ),
    "exclamation-marks": re.compile(r"\w+(?:!{2,}|[!?]{3,})"),
    "question-marks": re.compile(r"\w+\?{2,}"),
}  # fmt: skip

# What must stand somewhere in a draft before the search sentence by sentence is worth its time.
_QUICK: dict[str, Callable[[View], bool]] = {
    "abbreviations": lambda view: view.has_capitals,
    "capitals": lambda view: view.has_capitals,
    "exclamation-marks": lambda view: any(marks in view.text for marks in ("!!", "!?", "?!")),
    "question-marks": lambda view: "??" in view.text,
}
_TOGETHER = {"abbreviations": 2}  # different ones, below which nothing is said: one alone may be a name


def check(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Nothing that the schema does not know."""
    yield from ()


@lru_cache(maxsize=4096)  # an edit in one sentence costs one sentence
def _places(shape: str, text: str, start: int) -> tuple[tuple[int, int], ...]:
    return tuple([found.span() for found in _SHAPES[shape].finditer(text, start)])


def look(ready: Ready, view: View) -> Iterator[Hit]:
    """Each place with that shape, sentence by sentence, that no match of ``unless`` overlaps."""
    rule = ready.rule
    shape = rule.shape or "capitals"
    if not _QUICK[shape](view):
        return
    places: list[tuple[int, int]] = []
    for sentence in view.sentences:
        start, end, _ = sentence.span
        first = max(0, start - 1)  # a shape may ask what stands before it
        places += [(first + a, first + b) for a, b in _places(shape, view.text[first:end], start - first)]
    if places and ready.unless:
        places = view.without(places, ready.unless)
    if rule.unless_customer_said_it:
        places = [(start, end) for start, end in places if not view.customer_said(start, end)]
    if len({view.text[start:end] for start, end in places}) >= _TOGETHER.get(shape, 1):
        yield from (Hit(start, end) for start, end in places)
