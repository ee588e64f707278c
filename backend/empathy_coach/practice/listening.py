"""The listening game: what somebody marked in a message, beside what its author and the engine hear in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from empathy_coach.domain import Conversation, Message, Span, span_of
from empathy_coach.practice.scenario import MARKS, Mark, Scenario
from empathy_coach.reading.customer.clauses import parse
from empathy_coach.reading.customer.reader import read_customer
from empathy_coach.rules.ruleset import RuleSet

_NEEDS = frozenset({"urgency", "deadline"})
_CALM = frozenset({"gratitude"})
_BETWEEN = re.compile(r"[^\w\s\"]*\"?\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause of the message, with the text up to the next one (so that the pieces together are the message)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One clause: what the player marked, what the author hears, what the engine reads; and the author's reasons."""

    piece: Piece
    yours: frozenset[Mark]
    author: frozenset[Mark]
    engine: frozenset[Mark]
    why: tuple[str, ...]

    @property
    def shared(self) -> frozenset[Mark]:
        """Heard by the player and by the author or the engine."""
        return self.yours & (self.author | self.engine)

    @property
    def missed(self) -> frozenset[Mark]:
        """What the author hears and the player did not mark."""
        return self.author - self.yours


def pieces(text: str) -> tuple[Piece, ...]:
    """The message cut at its clauses, nothing left out."""
    parsed = parse(text)
    ends = [parsed.folded.back(c.start, c.end)[1] for c in parsed.clauses]
    # A piece takes the marks and blanks behind it; the conjunction belongs to what it begins.
    edges = [0, *(_BETWEEN.match(text, end).end() for end in ends[:-1]), len(text)]  # type: ignore[union-attr] # matches always
    return tuple(Piece(text[a:b], a, b) for a, b in pairwise(edges) if b > a)


def compare(scenario: Scenario, marked: Mapping[int, Iterable[Mark]], rules: RuleSet) -> tuple[Compared, ...]:
    """Clause by clause. ``marked`` maps the number of a piece to the player's marks on it."""
    text = scenario.opens
    author = [(m.mark, _span(text, m.quote)) for m in scenario.listening]
    reasons = [(m.why, _span(text, m.quote)) for m in scenario.listening if m.why]
    engine = engine_marks(scenario, rules)
    return tuple(
        Compared(
            piece,
            frozenset(m for m in marked.get(number, ()) if m in MARKS),
            frozenset(mark for mark, span in author if _over(piece, span)),
            frozenset(mark for mark, span in engine if _over(piece, span)),
            tuple(why for why, span in reasons if _over(piece, span)),
        )
        for number, piece in enumerate(pieces(text))
    )


def engine_marks(scenario: Scenario, rules: RuleSet) -> list[tuple[Mark, Span]]:
    """What the customer reading hears in the opening message. It does not claim to read between the lines."""
    message = Message("customer", scenario.customer, scenario.opens)
    reading = read_customer(Conversation((message,)), "", rules.lexicon)
    found: list[tuple[Mark, Span]] = [
        ("needs" if s.kind in _NEEDS else "feels", s.span) for s in reading.signals if s.kind not in _CALM
    ]
    found += [("needs" if q.request else "asks", q.span) for q in reading.questions]
    return [*found, *(("told", span) for _, span in reading.given)]


def heard_share(compared: Sequence[Compared]) -> tuple[int, int]:
    """How many of the author's marks the player has found, and how many there are."""
    return sum(len(c.author & c.yours) for c in compared), sum(len(c.author) for c in compared)


def _span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return span_of(text, start, start + len(quote))


def _over(piece: Piece, span: Span) -> bool:
    """Whether a span covers a fair part of a piece, or lies in it."""
    shared = min(piece.end, span.end) - max(piece.start, span.start)
    return shared > 0 and shared >= 0.4 * min(len(piece.text.strip()), span.end - span.start)
