"""How long coach() takes: ``python tests/benchmarks/core/measure.py [ROUNDS]``.

Ratios are against TextBlob's own ``sentiment`` on the same draft in the same run. No test asserts a time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from textblob import TextBlob

from empathy_coach.coach import coach
from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.reading.draft import _read_sentence
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.scoring.score import score

RULES = Path(__file__).parents[3] / "coach_rules"
STORY = (
    "My order {n} was due on the 3rd and still hasn't arrived. I have written twice and nobody answered. "
    "It is for my daughter's birthday on Saturday. Can you tell me where it is and whether I can cancel?"
)
ANSWERS = (
    "Thanks for writing in about parcel {n}, we are looking into it with the courier.",
    "Hi again, the courier tells us that parcel {n} left the depot; please allow two more days.",
)
SENTENCE = "We checked order {n} with the depot and the driver will ring you before noon on day {m} of next week. "


def conversation(n: int) -> Conversation:
    """Five messages that no cache has seen."""
    texts = [STORY, ANSWERS[0], STORY, ANSWERS[1], STORY]
    messages = [
        Message("agent" if i % 2 else "customer", "", text.format(n=n * 10 + i)) for i, text in enumerate(texts)
    ]
    return Conversation(tuple(messages), "Kev", "Anna")


def draft(n: int, characters: int) -> Draft:
    """A draft of about that many characters that no cache has seen."""
    text = "Hi Anna,\n\nYou should have checked. "
    while len(text) < characters:
        text += SENTENCE.format(n=n, m=len(text))
    return Draft(text + "\n\nKev")


def times(work: Callable[[int], object], rounds: int, offset: int) -> list[float]:
    """Milliseconds of each round, sorted."""
    out = []
    for n in range(offset, offset + rounds):
        started = time.perf_counter()
        work(n)
        out.append((time.perf_counter() - started) * 1000)
    return sorted(out)


def main(rounds: int) -> None:
    """Print the table."""
    rule_set = load_rule_set(RULES)
    size = 1150  # about 200 words
    prepared = {n: (conversation(n), draft(n, size)) for n in range(10 * rounds)}
    times(lambda n: coach(*prepared[n], rule_set), rounds, 0)  # RE2 builds its states on the first drafts
    blob = times(lambda n: TextBlob(prepared[n][1].text).sentiment, rounds, 0)
    base = blob[len(blob) // 2]

    def told(name: str, found: list[float]) -> None:
        middle, late = found[len(found) // 2], found[int(len(found) * 0.99)]
        print(f"{name:<46}{middle:>8.2f} ms{late:>8.2f} ms{middle / base:>8.1f} x")

    print(f"{'':<46}{'median':>11}{'p99':>11}{'TextBlob':>10}")
    told("TextBlob sentiment, 200 words", blob)
    told("coach(), 200 words, 5 messages, cold", times(lambda n: coach(*prepared[n], rule_set), rounds, rounds))
    fixed = conversation(-1)
    text = prepared[0][1].text
    coach(fixed, Draft(text), rule_set)
    edited = [Draft(text.replace("You should", f"You {n} should")) for n in range(rounds)]
    told("coach(), one sentence edited", times(lambda n: coach(fixed, edited[n], rule_set), rounds, 0))

    readings = {n: read(*prepared[n], rule_set.lexicon, rule_set.cues) for n in range(2 * rounds, 3 * rounds)}
    _read_sentence.cache_clear()
    told("  reading", times(lambda n: read(*prepared[n], rule_set.lexicon, rule_set.cues), rounds, 3 * rounds))
    told("  rules", times(lambda n: apply_rules(readings[n], rule_set), rounds, 2 * rounds))
    findings = {n: apply_rules(r, rule_set) for n, r in readings.items()}
    told("  scoring", times(lambda n: score(readings[n], findings[n], rule_set), rounds, 2 * rounds))
    short = times(lambda n: coach(fixed, draft(n, 1000), rule_set), 20, 4 * rounds)
    long = times(lambda n: coach(fixed, draft(n, 20000), rule_set), 5, 5 * rounds)
    print(f"cost per character at 20,000 against 1,000: {long[2] / short[10] / 20:.2f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
