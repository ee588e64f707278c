"""Which clauses say what went wrong: the raw material of an acknowledgement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_coach.domain import Span, span_of
from empathy_coach.reading.customer.clauses import Parsed
from empathy_coach.reading.customer.signals import Evidence

# A clause that can follow "that ..." begins with a subject and has a verb.
_SUBJECT = re.compile(
    r"^(?:i|i'm|im|i've|ive|i'd|we|we're|we've|you|you've|youve|he|he's|she|she's|it|it's|its|they|they've|they're|there|"
    r"this|that|these|those|nobody|nothing|no one|someone|somebody|one|both|half|all|everything|none|"
    r"(?:my|our|your|his|her|their|the|a|an|two|three|four|this|that|another|\d+) [a-z'-]+|[a-z]+'s)\b"
)
_WEAK_SUBJECT = re.compile(r"^(?:it|it's|its|this|that|that's|these|those|they|he|she|one|both|none|there)\b")
_ASKING = re.compile(
    r"^(?:can|could|would|will|do|does|is|are|please|pls|if|when|what|why|how|where|who|which|whose|hi|hello|dear|thanks|"
    r"thank|sorry|stop|no\.)\b"
)
_WISH = re.compile(
    r"\b(?:please|pls|i want|i need|i'd like|i would (?:like|rather|not)|i'd rather|let me know|tell me|i(?: do not|'m not| am not| don't) "
    r"(?:want|wish|like|mind|appreciate|enjoy|intend|expect|after|looking)|i look forward|on notice|i trust i|not to worry)\b"
)
_HEAVY = ("sadness", "vulnerable", "money_impact", "repeat_contact", "frustration", "disappointment", "worry")
_MOST = 6


def _asks(parsed: Parsed, number: int) -> bool:
    """Whether a clause is the one that its sentence's question mark belongs to."""
    clause = parsed.clauses[number]
    last = number + 1 == len(parsed.clauses) or parsed.clauses[number + 1].sentence != clause.sentence
    return last and clause.mark == "?"


def problem_clauses(reads: Sequence[tuple[int, Parsed, Evidence]]) -> tuple[tuple[int, Span], ...]:
    """Message numbers and spans, the most telling first: whole clauses with a subject, heavy with signals, not too long."""
    found: list[tuple[float, int, int, Parsed]] = []
    for message, parsed, evidence in reads:
        weights: dict[int, float] = {}
        for shown in evidence.shown:
            if shown.kind in _HEAVY:
                weights[shown.clause] = weights.get(shown.clause, 0.0) + 0.6 * min(1.0, shown.strength)
        for number in {*evidence.problem, *(n for n, w in weights.items() if w > 0.5)}:
            clause = parsed.clauses[number]
            words = parsed.folded.text[clause.start : clause.end]
            count = words.count(" ") + 1
            if _asks(parsed, number) or count < 3 or _ASKING.search(words) or _WISH.search(words):
                continue
            score = evidence.problem.get(number, 0.0) + min(1.2, weights.get(number, 0.0))
            score += 0.5 if _SUBJECT.search(words) else -0.3
            score -= 0.4 if _WEAK_SUBJECT.search(words) else 0.0
            score -= 0.04 * max(0, count - 16)
            score -= 0.1 if clause.lead else 0.0
            found.append((score, message, number, parsed))
    found.sort(key=lambda item: (-item[0], item[1], item[2]))
    out = []
    for _, message, number, parsed in found[:_MOST]:
        clause = parsed.clauses[number]
        out.append((message, span_of(parsed.original, *parsed.folded.back(clause.start, clause.end))))
    return tuple(out)
