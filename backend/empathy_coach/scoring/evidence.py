"""Everything the rubric weighs about one draft, as named numbers, and the sentences it stems from."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from empathy_coach.domain import Finding, Reading, Sentence
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.features import customer_stems, related
from empathy_coach.scoring.heads import HEARD, SENTENCE_HEADS, Heads, sigmoid
from empathy_coach.scoring.sentence import Own, own_of

# A warning of the rules in a sentence that sounds harmless, in a draft without a faulty one, was right in one case of
# five; other warnings in four of five (by folds over authors).
_HARMLESS, _FAULTLESS = 0.12, 0.3
_WARM, _WORTH = SENTENCE_HEADS.index("warm"), SENTENCE_HEADS.index("worth")
_HEARD = len(SENTENCE_HEADS) - len(HEARD)
_PLAIN = -1.5  # how warm a reply without a sentence is: log-odds
_ORDINARY = 0.6  # how good the drafts with an ordinary sentence are: log-odds
# Groups of cues in rubric.yaml: how many of one cue count at most, and how slowly further ones add.
_GROUPS = (("warmth", 2, 0.7), ("interpretation", 4, 0.5), ("exploration", 3, 1.0))
_SEVERE = {"hint": 0.5, "warn": 1.0, "stop": 1.5}
_NAME_LIKE = re.compile(r"[^\W\d_]{2,}")
_TITLED = re.compile(r"^(?:mr|mrs|ms|mx|miss|dr|prof|sir|madam)$")


class Judged(NamedTuple):
    """One sentence with the probabilities of the sentence heads, and how hostile it sounds (log-odds).

    ``heard`` holds the log-odds of each fault in ``heads.HEARD``.
    """

    sentence: Sentence
    acknowledges: float
    steps: float
    faulty: float
    harsh: float
    cues: frozenset[str]
    heard: tuple[float, ...]


class Evidence(NamedTuple):
    """``values`` are the named numbers; ``sentences`` carry the spans; ``findings`` are the rules', after a second look."""

    values: Mapping[str, float]
    sentences: tuple[Judged, ...]
    findings: tuple[Finding, ...] = ()


def gather(reading: Reading, findings: Sequence[Finding], rule_set: RuleSet, heads: Heads) -> Evidence:
    """Weigh a draft. Nothing here decides; see ``elements.py``."""
    customer = customer_stems(reading.conversation)
    sentences = reading.own.sentences
    own = [own_of(sentence.span.quote, sentence.cues, heads) for sentence in sentences]
    relations = [related(one.look, position, len(own), customer) for position, one in enumerate(own)]
    logits, polite = heads.logits([one.alone for one in own], relations)
    judged = [
        Judged(sentence, sigmoid(row[0]), sigmoid(row[1]), sigmoid(row[2]), one.harsh, one.names, tuple(row[_HEARD:]))
        for sentence, one, row in zip(sentences, own, logits, strict=True)
    ]
    # The warmest sentence makes a reply warm, however plain the others are.
    values: dict[str, float] = {"polite": polite, "warm": max((of[_WARM] for of in logits), default=_PLAIN)}
    # Each sentence better than an ordinary one adds, each worse one takes away: a draft gains nothing by its length.
    values["worth"] = sum([of[_WORTH] - _ORDINARY for of in logits]) / math.sqrt(max(1, len(logits)))
    _from_sentences(values, judged, own)
    _from_frame(values, reading, own)
    _from_cues(values, own, rule_set)
    again = tuple(_second_look(finding, judged) for finding in findings)
    _from_findings(values, again)
    _from_customer(values, reading)
    return Evidence(values, tuple(judged), again)


def _second_look(finding: Finding, judged: Sequence[Judged]) -> Finding:
    """A rule's warning about words in a sentence that sounds harmless, in a draft that does, is no more than a hint."""
    span = finding.span
    if span is None or finding.fault is None or finding.severity != "warn":
        return finding
    if max((j.faulty for j in judged), default=1.0) >= _FAULTLESS:
        return finding
    around = [j.faulty for j in judged if j.sentence.span.start < span.end and span.start < j.sentence.span.end]
    return finding._replace(severity="hint") if around and max(around) < _HARMLESS else finding


def _any(probabilities: Sequence[float]) -> float:
    """Probability that at least one holds, as if they were independent."""
    none = 1.0
    for p in probabilities:
        none *= 1 - p
    return 1 - none


def _from_sentences(values: dict[str, float], judged: Sequence[Judged], own: Sequence[Own]) -> None:
    for name, of_each in (
        ("ack", [j.acknowledges for j in judged]),
        ("step", [j.steps for j in judged]),
        ("faulty", [j.faulty for j in judged]),
    ):
        values[f"{name}_any"] = _any(of_each)
        values[f"{name}_max"] = max(of_each, default=0.0)
    harsh = [one.harsh for one in own]
    values["harsh_mean"] = sum(harsh) / len(harsh) if harsh else 0.0
    values["harsh_max"] = max(harsh, default=0.0)
    # Order: how much acknowledgement stands before the first sentence that solves, explains or refuses.
    before = opening = after = 0.0
    solved = False
    for j, one in zip(judged, own, strict=True):
        if not solved:
            solves = j.steps > 0.5 or one.solves
            if j.acknowledges > 0.3 or not solves or one.opens:
                before = max(before, j.acknowledges)
                opening = max(opening, float(one.opens))
            solved = solves and j.acknowledges < 0.5
        else:
            after = max(after, j.acknowledges, float(one.regrets))
    values["ack_before"] = before
    values["opens_kindly"] = opening
    values["ack_after"] = after
    values["ack_only_after"] = max(0.0, after - max(before, opening))


def _from_cues(values: dict[str, float], own: Sequence[Own], rule_set: RuleSet) -> None:
    counts: dict[str, int] = {}
    for one in own:
        for name in one.said:
            counts[name] = counts.get(name, 0) + 1
    per = max(1, len(own))
    for name, n in counts.items():
        values[f"cue_{name}"] = 1.0
        values[f"rate_{name}"] = min(2.0, n / per)
    values["apologies"] = float(min(4, counts.get("apology", 0)))
    questions = sum([one.asks for one in own])
    values["asks"] = float(min(3, questions))
    if questions:
        counts["question_mark"] = questions
    counts["named"] = sum([one.names_it for one in own])
    for group, most, power in _GROUPS:
        weights: Mapping[str, float] = rule_set.rubric[group]
        values[group] = sum(w * min(most, counts[c]) ** power for c, w in weights.items() if c in counts)
    civility: Mapping[str, float] = rule_set.rubric["civility"]
    values["civility"] = sum(w * values[n] for n, w in civility.items() if n in values)


def _from_frame(values: dict[str, float], reading: Reading, sentences: Sequence[Own]) -> None:
    own = reading.own
    text = reading.draft.text
    named = _names(reading.conversation.customer_name)
    agent = _names(reading.conversation.agent_name)
    if own.greeting:
        values["greeting"] = 1.0
        words = _names(own.greeting.quote)
        values["greeting_named"] = float(bool(named & words) or (not named and len(own.greeting.quote.split()) > 1))
    if own.sign_off:
        values["sign_off"] = 1.0
        values["sign_off_named"] = float(bool(agent & _names(own.sign_off.quote)))
    values["name_in_body"] = float(bool(named) and any(_mentions(one.low, named) for one in sentences))
    count, numbers, shouted = (sum([one.look.counts[at] for one in sentences]) for at in range(3))
    values["words"] = math.log1p(count)
    values["sentences"] = math.log1p(len(own.sentences))
    values["very_short"] = float(count < 12)
    values["long"] = float(count > 130)
    values["bangs"] = float(min(3, text.count("!")))
    values["numbers"] = float(min(3, numbers)) / 3
    values["capitals"] = float(shouted > 1)
    values["lower_start"] = float(text[:1].islower())
    values["placeholders"] = float(any(s.kind == "placeholder" for s in own.skipped))
    values["paragraphs"] = float(min(4, max((s.paragraph for s in own.sentences), default=0)))


def _mentions(low: str, named: frozenset[str]) -> bool:
    return any(name in low for name in named) and not named.isdisjoint(_NAME_LIKE.findall(low))


@lru_cache(maxsize=1024)
def _names(text: str | None) -> frozenset[str]:
    return frozenset(w for w in _NAME_LIKE.findall((text or "").lower()) if not _TITLED.match(w))


def _from_findings(values: dict[str, float], findings: Sequence[Finding]) -> None:
    for finding in findings:
        key = f"fault_{finding.fault}" if finding.fault else f"found_{finding.element}"
        values[key] = min(3.0, values.get(key, 0.0) + _SEVERE[finding.severity])
    values["faults"] = min(
        4.0, sum(v for k, v in values.items() if k.startswith("fault_") and k != "fault_stock_phrase")
    )


def _from_customer(values: dict[str, float], reading: Reading) -> None:
    customer = reading.customer
    conversation = reading.conversation
    asked = customer.questions
    values["asked"] = float(min(3, len(asked)))
    values["answered"] = sum(q.answered for q in asked) / len(asked) if asked else 1.0
    values["open"] = float(min(3, sum(not q.answered for q in asked)))
    values["requests"] = float(min(2, sum(q.request for q in asked)))
    values["facts_only"] = float(bool(asked) and not values["requests"])
    values["upset"] = customer.upset
    values["signals"] = min(4.0, float(len(customer.signals)))
    values["thanks"] = float(customer.thanks)
    values["routine"] = float(customer.routine)
    values["no_conversation"] = float(not conversation.messages)
    # Something is asked, and there are facts or earlier turns it rests on: a case to be settled, not a line of talk.
    values["case"] = float(bool(asked) and (bool(customer.given) or len(conversation.messages) > 1))
    values["turns"] = float(min(4, len(conversation.messages)))
    values["mid_chat"] = float(bool(conversation.agent_texts))
    values["quick"] = float(bool(values["mid_chat"]) and customer.brief)
    values["note"] = float(reading.draft.kind == "note")
    values["escalation"] = float(reading.draft.kind == "escalation")
