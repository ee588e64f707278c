"""Signals of one message: the lexicon's hits and the cues, widened to the clause in which they stand."""

from __future__ import annotations

from dataclasses import dataclass

from empathy_coach.domain import SIGNAL_KINDS, SignalKind
from empathy_coach.reading.customer.clauses import Clause, Parsed
from empathy_coach.reading.customer.cues import cues, marks, shouts
from empathy_coach.reading.customer.lexicon import Hit, Lexicon


@dataclass(frozen=True, slots=True)
class Shown:
    """One kind of signal in one clause, in offsets of the folded text."""

    kind: SignalKind
    start: int
    end: int
    strength: float
    clause: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that one message shows before anything is chosen."""

    shown: tuple[Shown, ...]
    problem: dict[int, float]  # clause number -> strength
    shouted: int
    marks: int


def evidence(parsed: Parsed, lexicon: Lexicon) -> Evidence:
    """Collect hits clause by clause; several hits of a kind in a clause add up to at most 1."""
    capitals = shouts(parsed)
    letters = [c for c in parsed.original if c.isalpha()]
    upper = len(letters) > 20 and sum(c.isupper() for c in letters) > 0.7 * len(letters)
    best: dict[tuple[int, SignalKind], tuple[int, int, float]] = {}
    problem: dict[int, float] = {}
    number_of = {clause.start: number for number, clause in enumerate(parsed.clauses)}
    for hit in [*lexicon.hits(parsed.folded), *cues(parsed, upper)]:
        clause = parsed.clause_at(hit.start)
        if clause is None:
            continue
        number = number_of[clause.start]
        if hit.kind == "problem":
            problem[number] = min(1.0, problem.get(number, 0.0) + hit.strength * (0.5 if number in problem else 1))
            continue
        kind = _kind(hit)
        start, end = min(clause.start, hit.start), max(clause.end, hit.end)
        if (number, kind) in best:
            old_start, old_end, strength = best[number, kind]
            best[number, kind] = (
                min(start, old_start),
                max(end, old_end),
                min(1.0, max(strength, hit.strength) + 0.15),
            )
        else:
            best[number, kind] = (start, end, hit.strength)
    shown = tuple(
        Shown(kind, start, end, strength, number) for (number, kind), (start, end, strength) in sorted(best.items())
    )
    return Evidence(shown, problem, 0 if upper else len(capitals), marks(parsed))


def _kind(hit: Hit) -> SignalKind:
    return next(kind for kind in SIGNAL_KINDS if kind == hit.kind)


def clause_text(parsed: Parsed, clause: Clause) -> str:
    """The folded words of a clause."""
    return parsed.folded.text[clause.start : clause.end]
