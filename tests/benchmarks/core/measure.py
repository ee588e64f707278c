"""How long ``coach()`` takes: ``python tests/benchmarks/core/measure.py [ROUNDS]``. No test asserts a time.

Cold means: texts that no cache has seen, in a process that has judged other texts before. The texts are put together
from the examples of the shipped rules and signals, with a number of their own in every sentence. Times are CPU time of
this process, so that other work on the machine counts little; ratios are against TextBlob's own ``sentiment`` on the
same draft in the same run.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from textblob import TextBlob

from empathy_coach.coach import coach
from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.reading.read import read
from empathy_coach.rewording.reword import reword
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.score import score
from empathy_coach.services.memory import settle
from empathy_coach.services.samples import load_samples

RULES = Path(__file__).parents[3] / "coach_rules"
WORDS = 200  # of a draft
MESSAGE = 50  # words of one of the five messages
STEP = 6  # words between two requests of somebody who types
PAGES = (5, 300)  # messages on a page
PARTS = ("reading", "rules", "scoring", "rewording")
Times = dict[str, list[float]]


class Texts:
    """Conversations and drafts that differ from all others, from sentences of the shipped examples."""

    def __init__(self, rule_set: RuleSet) -> None:
        examples = [example for rule in rule_set.rules for example in rule.examples]
        # Three sentences in four at which no rule fires; denser with faults than most real drafts all the same.
        calm, faulty = (
            [e.draft for e in examples if e.fires == fires and "\n" not in e.draft] for fires in (False, True)
        )
        self._agent = [*calm, *faulty[: len(calm) // 3]]
        self._customer = [text for entry in rule_set.lexicon.entries for text in (*entry.fires, *entry.silent)]

    def conversation(self, number: int) -> Conversation:
        """Five messages, the customer's first and last."""
        chance = random.Random(number)
        messages = tuple(
            Message("agent", "Kev", self._prose(self._agent, MESSAGE, chance))
            if turn % 2
            else Message("customer", "Anna", self._prose(self._customer, MESSAGE, chance))
            for turn in range(5)
        )
        return Conversation(messages, "Kev", "Anna")

    def draft(self, number: int, words: int = WORDS) -> Draft:
        """A draft of about that many words."""
        chance = random.Random(-number)
        paragraphs = [self._prose(self._agent, min(60, words - 60 * n), chance) for n in range((words + 59) // 60)]
        return Draft("\n\n".join(("Hi Anna,", *paragraphs, "Best wishes,\nKev")))

    def _prose(self, pool: Sequence[str], words: int, chance: random.Random) -> str:
        out: list[str] = []
        while sum(sentence.count(" ") + 1 for sentence in out) < words:
            sentence = chance.choice(pool).strip()
            body = sentence.rstrip(".!?")
            out.append(f"{body} {chance.randrange(10**6, 10**7)}{sentence[len(body) :] or '.'}")
        return " ".join(out)


def timed(conversation: Conversation, draft: Draft, rule_set: RuleSet) -> dict[str, float]:
    """Milliseconds of each part of ``coach()``, in its order."""
    marks = [time.process_time_ns()]
    reading = read(conversation, draft, rule_set.lexicon, rule_set.cues)
    marks.append(time.process_time_ns())
    findings = apply_rules(reading, rule_set)
    marks.append(time.process_time_ns())
    scores, findings = score(reading, findings, rule_set)
    reading = reading._replace(customer=reading.customer._replace(questions=scores.questions))
    marks.append(time.process_time_ns())
    reword(reading, findings, scores, rule_set)
    marks.append(time.process_time_ns())
    return {part: (after - before) / 1e6 for part, before, after in zip(PARTS, marks, marks[1:], strict=False)}


def add(times: Times, name: str, parts: dict[str, float]) -> None:
    """Note one run: judging it, the whole of it, and its parts."""
    times[f"{name}: judged"].append(sum(parts.values()) - parts["rewording"])
    times[f"{name}: whole Report, with rewordings"].append(sum(parts.values()))
    for part in PARTS if name == "cold" else ():
        times[f"  {part}"].append(parts[part])


def typed(times: Times, rule_set: RuleSet) -> None:
    """The sample tickets' replies as they are written, the whole Report again after every few words."""
    for sample in load_samples(RULES):
        words = sample.draft.text.split(" ")
        for end in range(STEP, len(words) + STEP, STEP):
            draft = Draft(" ".join(words[:end]))
            before = time.process_time_ns()
            coach(sample.conversation, draft, rule_set)
            name = "sample reply, first words" if end == STEP else f"sample reply, {STEP} words more"
            times[f"{name}: whole Report"].append((time.process_time_ns() - before) / 1e6)


def on_long_pages(times: Times, texts: Texts, rule_set: RuleSet, rounds: int = 40) -> None:
    """A short reply below few messages and below many, then a word more; the conversation comes anew with each request."""
    said = [message for number in range(PAGES[-1]) for message in texts.conversation(10**7 + number).messages[:2]]
    for size in PAGES:
        text = "Hi Anna, you should have checked the tracking page. We will look into it"
        for number in range(rounds):
            text += f" {number}"
            messages = tuple(Message(*message) for message in said[:size])
            before = time.process_time_ns()
            coach(Conversation(messages, "Kev", "Anna"), Draft(text), rule_set)
            if number != 1:
                name = "one word more" if number else "page opened"
                times[f"{name}, {size} messages: whole Report"].append((time.process_time_ns() - before) / 1e6)


def per_character(texts: Texts, rule_set: RuleSet) -> float:
    """Cost of a character in a draft of 20,000 against one of 1,000; without rewording, which stops at 12,000."""
    cost = {}
    for words, rounds in ((170, 60), (3400, 9)):
        found = []
        for number in range(rounds):
            conversation, draft = texts.conversation(0), texts.draft(10**6 * words + number, words)
            parts = timed(conversation, draft, rule_set)
            found.append((sum(parts.values()) - parts["rewording"]) / len(draft.text))
        cost[words] = sorted(found)[rounds // 2]
    return cost[3400] / cost[170]


def main(rounds: int) -> None:
    """Print the table."""
    started = time.process_time()
    rule_set = load_rule_set(RULES)
    loading = time.process_time() - started
    settle()  # as the server does
    texts = Texts(rule_set)
    for number in range(rounds):
        coach(texts.conversation(number), texts.draft(number), rule_set)
    times: Times = defaultdict(list)
    for number in range(rounds, 2 * rounds):
        conversation, draft = texts.conversation(number), texts.draft(number)
        add(times, "cold", timed(conversation, draft, rule_set))
        edited = Draft(draft.text.replace(".", " today.", 1), draft.kind)
        add(times, "one sentence edited", timed(conversation, edited, rule_set))
        before = time.process_time_ns()
        TextBlob(draft.text).sentiment  # noqa: B018  # a property that does the work
        times["TextBlob sentiment"].append((time.process_time_ns() - before) / 1e6)
    typed(times, rule_set)
    on_long_pages(times, texts, rule_set)
    base = sorted(times["TextBlob sentiment"])[rounds // 2]
    print(f"{rounds} drafts of about {WORDS} words, five messages each; CPU milliseconds")
    print(f"{'':<48}{'median':>9}{'p99':>9}{'TextBlob':>11}")
    for name, found in times.items():
        middle, late = sorted(found)[len(found) // 2], sorted(found)[int(len(found) * 0.99)]
        print(f"{name:<48}{middle:>9.2f}{late:>9.2f}{middle / base:>9.1f} x")
    print(f"cost per character at 20,000 against 1,000: {per_character(texts, rule_set):.2f} x")
    print(f"rule set loaded in {loading:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
