"""Whether a reply answers a question: in the author's words, with a time or a yes where one is wanted, with the facts.

Patterns know how the author would say it. An agent says it in their own way, with the same facts in another order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from empathy_coach.domain import Report, Span
from empathy_coach.practice.scenario import Question, Scenario
from empathy_coach.scoring.features import stems

# A point or a stretch of time, for questions that want one.
_TIME = re.compile(
    r"(?<!since )(?<!last )(?<!past )"
    r"\b(?:today|tonight|tomorrow|this (?:morning|afternoon|evening)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|noon|midnight"
    r"|\d{1,2}(?:st|nd|rd|th)|\d{1,2}[:.]\d{2}|\d{1,2} ?(?:am|pm|o'clock)|half (?:past )?[a-z]+|quarter (?:of an hour|past|to)"
    r"|(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty)"
    r" (?:working |business )?(?:minute|hour|day|week|month)s?|straight away|right away|at once|immediately)\b"
)
_YES_OR_NO = re.compile(
    r"^\W*(?:yes|yep|yeah|no|nope|sure|of course|certainly|absolutely|definitely|indeed|exactly|gladly|not at all|never)\b"
)
_SURE = 45  # score from which the engine's own reading of an answer is trusted as well
_SHORT = 6  # words; less than that answers a question only in the author's words
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.:]\d+[^.!?\n]*)*[.!?]*")
_LEAST = 2  # words in common with the facts, and at least one of them is not the customer's own


def answered(
    scenario: Scenario, open_ones: Sequence[Question], telling: Sequence[Span], plain: Sequence[Span], report: Report
) -> Iterator[tuple[Question, str]]:
    """The questions that are answered, with the words that do it.

    ``plain`` are the sentences that neither acknowledge nor put off: a time in the others is no answer.
    """
    told, bare = [s.quote for s in telling], [s.quote for s in plain]
    words = " ".join(bare)
    trusted = report.score >= _SURE and len(words.split()) >= _SHORT
    read = [q.span.quote for q in report.customer.questions if q.answered] if trusted else []
    one_yes = sum(q.wants == "yes-or-no" for q in open_ones) == 1
    taken = {quote for q in open_ones if (quote := _said(q, told))}
    for question in open_ones:
        left = [quote for quote in bare if quote not in taken]
        found = answer_in(scenario, question, told, bare, left, one_yes)
        own = stems(" ".join((question.about, question.asks or "", *question.again)))
        if not found and stems(words) & own and any(stems(quote) & own for quote in read):
            found = bare[0]
        if found:
            yield question, found


def answer_in(
    scenario: Scenario,
    question: Question,
    told: Sequence[str],
    plain: Sequence[str],
    left: Sequence[str],
    one_yes: bool = True,
) -> str:
    """The sentence that answers a question, or "". ``left`` are those that answer no other one.

    ``one_yes`` says that a bare yes can mean this question only.
    """
    found = _said(question, told)
    if not found and question.wants == "time":
        found = next((quote for quote in plain if _TIME.search(quote.lower())), "")
    if not found and question.wants == "yes-or-no" and one_yes:
        found = next((quote for quote in plain if _YES_OR_NO.search(quote.lower())), "")
    return found or next((quote for quote in left if _holds_facts(scenario, question, quote)), "")


def _said(question: Question, sentences: Sequence[str]) -> str:
    return next((quote for quote in sentences if question.answered.found_in(quote)), "")


def _holds_facts(scenario: Scenario, question: Question, sentence: str) -> bool:
    texts = (*scenario.you_know, *scenario.agents["good"])
    found = stems(sentence) & _facts(texts, f"{scenario.customer} {scenario.agent}", question)
    return len(found) >= _LEAST and not found <= stems(scenario.opens)


@lru_cache(maxsize=2000)
def _facts(texts: tuple[str, ...], names: str, question: Question) -> frozenset[str]:
    sentences = [s for text in texts for s in _SENTENCE.findall(text) if question.answered.found_in(s)]
    return frozenset().union(*map(stems, sentences)) - stems(names)
