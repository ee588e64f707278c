"""Step 2 of the seed article, "listen": the customer reading of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from empathy_coach.domain import Conversation, CustomerReading, Question, Signal, Span, span_of
from empathy_coach.reading.customer.answered import is_answered, prepare
from empathy_coach.reading.customer.clauses import Parsed, parse
from empathy_coach.reading.customer.given import given
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.questions import Asked, asked
from empathy_coach.reading.customer.signals import Evidence, Shown, evidence

_NEGATIVE = frozenset(("anger", "frustration", "worry", "sadness", "disappointment", "churn_threat", "repeat_contact"))
_FLOOR = 0.5
_CACHED = 512  # messages; a long conversation has tens, a team's server sees many desks


@dataclass(frozen=True)
class _Read:
    """What one customer message shows by itself."""

    parsed: Parsed
    evidence: Evidence
    asked: tuple[Asked, ...]
    given: tuple[tuple[int, int], ...]


@lru_cache(maxsize=_CACHED)
def _read_message(text: str, lexicon: Lexicon) -> _Read:
    parsed = parse(text)
    return _Read(parsed, evidence(parsed, lexicon), asked(parsed), given(parsed))


def read_customer(conversation: Conversation, draft_text: str, lexicon: Lexicon) -> CustomerReading:
    """What the customer's messages show, and which of their questions the draft answers."""
    messages = conversation.messages
    customer = [(i, _read_message(m.text, lexicon)) for i, m in enumerate(messages) if m.role == "customer"]
    if not customer:
        return CustomerReading()
    last_agent = max((i for i, m in enumerate(messages) if m.role == "agent"), default=-1)
    open_ones = [(i, read) for i, read in customer if i > last_agent] or customer[-1:]
    signals = tuple(
        _signal(i, read, shown) for i, read in customer for shown in read.evidence.shown if shown.strength >= _FLOOR
    )
    upset = _upset(open_ones)
    draft = prepare(draft_text, lexicon.synonyms)
    questions = tuple(
        Question(
            i,
            _span(read.parsed, item.start, item.end),
            is_answered(item.text, item.request, draft, lexicon.synonyms),
            item.request,
        )
        for i, read in open_ones
        for item in read.asked
    )
    problem = _problem(open_ones) or _problem(customer)
    facts = tuple((i, _span(read.parsed, start, end)) for i, read in customer for start, end in read.given)
    last = open_ones[-1][0]
    thanks = upset < 0.3 and any(s.kind == "gratitude" and s.message == last for s in signals)
    routine = upset < 0.3 and not any(s.kind in _NEGATIVE for s in signals)
    return CustomerReading(upset, signals, questions, problem, facts, thanks, routine)


def _span(parsed: Parsed, start: int, end: int) -> Span:
    return span_of(parsed.original, *parsed.folded.back(start, end))


def _signal(message: int, read: _Read, shown: Shown) -> Signal:
    parsed = read.parsed
    clauses = parsed.clauses
    near = [
        n
        for n in (shown.clause, shown.clause + 1, shown.clause - 1)
        if 0 <= n < len(clauses) and n in read.evidence.problem
    ]
    about = _span(parsed, clauses[near[0]].start, clauses[near[0]].end) if near else None
    return Signal(shown.kind, message, _span(parsed, shown.start, shown.end), round(shown.strength, 2), about)


def _problem(reads: list[tuple[int, _Read]]) -> tuple[tuple[int, Span], ...]:
    found = [
        (strength, -i, clause, read)
        for i, read in reads
        for clause, strength in read.evidence.problem.items()
        if read.parsed.clauses[clause].mark != "?"
    ]
    found.sort(key=lambda item: (-item[0], item[1], item[2]))
    return tuple(
        (-i, _span(read.parsed, read.parsed.clauses[clause].start, read.parsed.clauses[clause].end))
        for _, i, clause, read in found[:6]
    )


def _upset(reads: list[tuple[int, _Read]]) -> float:
    """First version: negative evidence that saturates."""
    weight = 0.0
    for _, read in reads:
        weight += sum(s.strength for s in read.evidence.shown if s.kind in _NEGATIVE)
        weight += (
            0.4 * sum(read.evidence.problem.values()) + 0.2 * min(3, read.evidence.shouted) + 0.15 * read.evidence.marks
        )
        weight -= 0.5 * sum(s.strength for s in read.evidence.shown if s.kind == "gratitude")
    return round(max(0.0, weight) / (max(0.0, weight) + 1.5), 3)
