"""Which clauses say what went wrong: the raw material of an acknowledgement."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from empathy_coach.domain import Span, span_of
from empathy_coach.reading.customer.burden import load_burden
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
# What stands in front of a clause and belongs to no subject: "hey my fob", "and also ive got".
_OPENING = re.compile(
    r"(?:(?:(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening)|thanks|thank you)(?: [a-z]+)?[,.!:] +)"
    r"|(?:and|but|so|also|well|ok|okay|oh|look|hi|hello|hey|hiya|honestly|basically|anyway|however|because|cos|yes|no|plus|btw|by the way|now|then)"
    r"(?: (?:there|dear|all|again))?,? +)+"
)
_GRAVE = re.compile(
    r"\b(?:died|passed away|funeral|burial|dying|cancer|chemo|in hospital|a&e|miscarriage|stillborn|stroke|heart attack|put to sleep|"
    r"redundant|lost my job|homeless|evicted|smashed|stolen|burgled|flooded)\b"
)
_SUPPOSED = re.compile(
    r"\b(?:might|may|could|would|if|thinks?|says?|as far as|only reason|been a (?:customer|member)|a customer since|not asking)\b"
)
# What they or their people did; told in a message that complains anyway, it is part of the complaint.
_DID = re.compile(
    r"(?:you|you've|your [a-z]+|they|someone|somebody|one of (?:you|them|your [a-z]+))(?: have| has| had| just| then| only| even| also)? "
    r"(?:[a-z]{2,}ed|took|taken|left|sent|gave|kept|lost|broke|told|threw|put|found|sold|let|forgot|made|shut|cut)\b"
    r"|(?:your|my|our|the) [a-z]+ (?:went|fell|caught|burst|exploded|stopped|vanished|collapsed|came (?:apart|off|down|loose))\b"
)
_CLOSE = re.compile(r"(?:,? (?:lol|haha|x+|tbh|btw|thanks|thx|cheers|sorry|please|pls))+$")
_EVENT = 0.5
_TOLD = -0.3  # log-odds from which what a clause tells is a burden by itself
_MOST_LIKELY = 0.4  # of the best clause's score: what lies below is beside the point
_HEAVY = ("sadness", "vulnerable", "money_impact", "frustration", "disappointment", "worry")
_REPEATED = "repeat_contact"
_MOST = 4


def _asks(parsed: Parsed, number: int) -> bool:
    """Whether a clause is the one that its sentence's question mark belongs to."""
    clause = parsed.clauses[number]
    last = number + 1 == len(parsed.clauses) or parsed.clauses[number + 1].sentence != clause.sentence
    return last and clause.mark == "?"


def problem_clauses(reads: Sequence[tuple[int, Parsed, Evidence]]) -> tuple[tuple[int, Span], ...]:
    """Message numbers and spans, the most telling first: whole clauses with a subject, heavy with signals, not too long."""
    burden = load_burden()
    found: list[tuple[float, int, int, int, Parsed]] = []
    for message, parsed, evidence in reads:
        weights: dict[int, float] = {}
        for shown in evidence.shown:
            if shown.kind in _HEAVY:
                weights[shown.clause] = weights.get(shown.clause, 0.0) + 0.6 * min(1.0, shown.strength)
            elif shown.kind == _REPEATED:
                weights[shown.clause] = weights.get(shown.clause, 0.0) + 0.4 * min(1.0, shown.strength)
        own = parsed.folded.text
        stated = [(n, c) for n, c in enumerate(parsed.clauses) if c.mark != "?"]
        events = {n for n, c in stated if (weights or evidence.problem) and _DID.match(own, c.start, c.end)}
        burdens = {n: burden.logit(own[c.start : c.end]) for n, c in stated}
        told = {n for n, logit in burdens.items() if logit > _TOLD}
        for number in {*evidence.problem, *events, *told, *(n for n, w in weights.items() if w > 0.35)}:
            clause = parsed.clauses[number]
            opening = _OPENING.match(own, clause.start, clause.end)
            start = opening.end() if opening else clause.start
            words = own[start : clause.end]
            count = words.count(" ") + 1
            if _asks(parsed, number) or count < 3 or _ASKING.search(words) or _WISH.search(words):
                continue
            score = max(evidence.problem.get(number, 0.0), _EVENT if number in events else 0.0)
            score += min(1.2, weights.get(number, 0.0))
            score += 0.6 * max(0.0, math.tanh(burdens.get(number, 0.0) - _TOLD))
            score += 0.5 if _SUBJECT.search(words) else -0.6
            score += 0.5 if _GRAVE.search(words) else 0.0
            score -= 0.6 if _SUPPOSED.search(words) else 0.0
            score -= 0.4 if _WEAK_SUBJECT.search(words) else 0.0
            score -= 0.04 * max(0, count - 16)
            score -= 0.1 if clause.lead else 0.0
            found.append((score, message, number, start, parsed))
    found.sort(key=lambda item: (-item[0], item[1], item[2]))
    out = []
    for score, message, number, start, parsed in found[:_MOST]:
        if score < _MOST_LIKELY * found[0][0]:
            break
        end = parsed.clauses[number].end
        close = _CLOSE.search(parsed.folded.text, start, end)
        end = close.start() if close else end
        out.append((message, span_of(parsed.original, *parsed.folded.back(start, end))))
    return tuple(out)
