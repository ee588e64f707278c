"""Signals of one message: the lexicon's hits and the cues, widened to the clause in which they stand.

A small head then says which of them a colleague would name: a weekday is a deadline only in some company.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from empathy_coach.domain import SIGNAL_KINDS, SignalKind
from empathy_coach.reading.customer.clauses import Parsed
from empathy_coach.reading.customer.cues import cues, marks, shouts
from empathy_coach.reading.customer.lexicon import Lexicon

_KIND: dict[str, SignalKind] = {kind: kind for kind in SIGNAL_KINDS}


@dataclass(frozen=True, slots=True)
class Shown:
    """One kind of signal in one clause, in offsets of the folded text. ``total`` sums its hits, ``hits`` counts them."""

    kind: SignalKind
    start: int
    end: int
    strength: float
    clause: int
    total: float
    hits: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that one message shows before anything is chosen. ``problem``: clause number -> strength."""

    shown: tuple[Shown, ...]
    problem: dict[int, float]
    shouted: int
    marks: int
    shouted_clauses: frozenset[int]


def evidence(parsed: Parsed, lexicon: Lexicon) -> Evidence:
    """Collect hits clause by clause; several hits of a kind in a clause add up to at most 1."""
    letters = [c for c in parsed.original if c.isalpha()]
    upper = len(letters) > 20 and sum(map(str.isupper, letters)) > 0.7 * len(letters)
    capitals = [] if upper else shouts(parsed)
    best: dict[tuple[int, SignalKind], list[float]] = {}  # start, end, strength, total, hits
    problem: dict[int, float] = {}
    shouted: set[int] = set()
    clauses = parsed.clauses
    for start, end in capitals:
        number = parsed.number_at(start)
        if number is not None and number not in shouted:
            shouted.add(number)
            clause = clauses[number]
            best[number, "anger"] = [clause.start, clause.end, 0.3, 0.3, 1]
    for hit in [*lexicon.hits(parsed.folded), *cues(parsed)]:
        number = parsed.number_at(hit.start)
        if number is None:
            continue
        if hit.kind == "problem":
            problem[number] = min(1.0, problem.get(number, 0.0) + hit.strength * (0.5 if number in problem else 1))
            continue
        key = (number, _KIND[hit.kind])
        old = best.get(key)
        if old is None:
            clause = clauses[number]
            best[key] = [min(clause.start, hit.start), max(clause.end, hit.end), hit.strength, hit.strength, 1]
        else:
            old[1] = max(old[1], hit.end)
            old[2] = max(old[2], hit.strength)
            old[3] += hit.strength
            old[4] += 1
    shown = tuple(
        Shown(kind, int(a), int(b), min(1.0, s + 0.1 * (n - 1)), number, total, int(n))
        for (number, kind), (a, b, s, total, n) in sorted(best.items())
    )
    return Evidence(shown, problem, len(capitals), marks(parsed), frozenset(shouted))


def features(parsed: Parsed, found: Evidence, open_message: bool, upset: float) -> Iterator[tuple[Shown, dict[str, float]]]:
    """Each candidate with its named features. ``upset`` is that of the whole conversation."""
    of_kind = Counter(shown.kind for shown in found.shown)
    in_clause = Counter(shown.clause for shown in found.shown)
    top: dict[str, float] = {}
    for shown in found.shown:
        top[shown.kind] = max(top.get(shown.kind, 0.0), shown.total)
    clauses = parsed.clauses
    text = parsed.folded.text
    for shown in found.shown:
        clause = clauses[shown.clause]
        words = text[clause.start : clause.end]
        first = words[:2]
        total = min(shown.total, 2.0)
        strongest = float(shown.total >= top[shown.kind])
        kind = shown.kind
        yield (
            shown,
            {
                f"is_{kind}": 1.0,
                f"total_{kind}": total,
                f"strongest_{kind}": strongest,
                f"upset_{kind}": upset,
                f"open_{kind}": float(open_message),
                f"question_{kind}": float(clause.mark == "?"),
                f"shouted_{kind}": float(shown.clause in found.shouted_clauses),
                f"problem_{kind}": found.problem.get(shown.clause, 0.0),
                "strength": shown.strength,
                "total": total,
                "hits": min(shown.hits, 4) / 4,
                "strongest": strongest,
                "rivals": min(of_kind[kind] - 1, 4) / 4,
                "company": min(in_clause[shown.clause] - 1, 4) / 4,
                "upset": upset,
                "open": float(open_message),
                "question": float(clause.mark == "?"),
                "exclaimed": float(clause.mark == "!"),
                "first_person": float(first in ("i ", "i'", "im", "my", "we", "iv")),
                "second_person": float(first in ("yo", "ur")),
                "length": math.log1p(words.count(" ")) / 3,
                "early": float(shown.clause == 0),
                "late": shown.clause / max(1, len(clauses) - 1),
                "clauses": min(len(clauses), 30) / 30,
            },
        )
