"""Signals of one message: the lexicon's hits and the cues, widened to the clause in which they stand.

A head that chose among them was tried and dropped: it gained 0.01 of F1 on conversations it had not seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from empathy_coach.domain import SIGNAL_KINDS, SignalKind
from empathy_coach.reading.customer.clauses import Parsed
from empathy_coach.reading.customer.cues import PRAISE, marks, shouts
from empathy_coach.reading.customer.lexicon import GRAVE, Lexicon

_CAPITAL = re.compile("[A-Z]")
_FEW_CAPITALS = 14
_MOCKING = 0.6
_WRONG = 0.6  # how plainly something must have gone wrong for praise beside it to be irony
_ALONE = 24  # characters of a sentence that is hardly more than its praise
_THANKS = re.compile(r"\b(?:thank|thanks|thankyou|thx|cheers|ta)\b")
_MORE = 0.1  # what each further hit of a kind adds in one clause
_KIND: dict[str, SignalKind] = {kind: kind for kind in SIGNAL_KINDS}


class Shown(NamedTuple):
    """One kind of signal in one clause, in offsets of the folded text."""

    kind: SignalKind
    start: int
    end: int
    strength: float
    clause: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that one message shows before anything is chosen. ``problem``, ``grave``: clause number -> strength."""

    shown: tuple[Shown, ...]
    problem: dict[int, float]
    grave: dict[int, float]
    shouted: int
    marks: int


def _mostly_capitals(text: str) -> bool:
    """Whether a text is written in capitals: none of its words stands out by them then."""
    capitals = len(_CAPITAL.findall(text))
    return capitals > _FEW_CAPITALS and capitals > 0.7 * sum(map(str.isalpha, text))


def evidence(parsed: Parsed, lexicon: Lexicon) -> Evidence:
    """Collect hits clause by clause; several hits of a kind in a clause add up to at most 1."""
    upper = _mostly_capitals(parsed.original)
    capitals = [] if upper else shouts(parsed)
    best: dict[tuple[int, SignalKind], list[float]] = {}  # start, end, strength, hits
    problem: dict[int, float] = {}
    grave: dict[int, float] = {}
    shouted: set[int] = set()
    praised: set[int] = set()
    clauses = parsed.clauses
    for start, _ in capitals:
        number = parsed.number_at(start)
        if number is not None and number not in shouted:
            shouted.add(number)
            clause = clauses[number]
            best[number, "anger"] = [clause.start, clause.end, 0.3, 1]
    for hit in lexicon.hits(parsed.folded):
        number = parsed.number_at(hit.start)
        if number is None:
            continue
        if hit.kind == "problem":
            problem[number] = min(1.0, problem.get(number, 0.0) + hit.strength * (0.5 if number in problem else 1))
            continue
        if hit.kind == GRAVE:
            grave[number] = max(hit.strength, grave.get(number, 0.0))
            continue
        if hit.kind == PRAISE:
            praised.add(parsed.number_at(hit.end - 1) or number)
            continue
        key = (number, _KIND[hit.kind])
        old = best.get(key)
        if old is None:
            clause = clauses[number]
            best[key] = [min(clause.start, hit.start), max(clause.end, hit.end), hit.strength, 1]
        else:
            old[1] = max(old[1], hit.end)
            old[2] = max(old[2], hit.strength)
            old[3] += 1
    for number in praised:
        if _mocks(number, parsed, problem):
            clause = clauses[number]
            best.pop((number, "gratitude"), None)
            old = best.setdefault((number, "anger"), [clause.start, clause.end, 0.0, 1])
            old[2] = max(old[2], _MOCKING)
    shown = tuple(
        Shown(kind, int(a), int(b), min(1.0, s + _MORE * (n - 1)), number)
        for (number, kind), (a, b, s, n) in sorted(best.items())
    )
    return Evidence(shown, problem, grave, len(capitals), marks(parsed))


def _mocks(number: int, parsed: Parsed, problem: Mapping[int, float]) -> bool:
    """Whether praise in a clause is irony: something went wrong in its sentence, or next to praise that stands alone."""
    at = parsed.clauses[number].sentence
    sentence = parsed.sentences[at]
    reach = 2 if sentence.end - sentence.start <= _ALONE else 0
    near = [n for n, clause in enumerate(parsed.clauses) if abs(clause.sentence - at) <= reach]
    text = parsed.folded.text[parsed.sentences[max(0, at - reach)].start : sentence.end]
    return max(problem.get(n, 0.0) for n in near) >= _WRONG and not _THANKS.search(text)
