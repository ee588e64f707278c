"""The labelled data the weights are made from, as readings. See ``../MODEL.md`` for licences."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from empathy_coach.corpus import labelled_files, reply_files
from empathy_coach.domain import Conversation, Draft, Finding, Message, Question, Reading
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.heads import HEARD


@dataclass(frozen=True)
class Example:
    """One labelled draft. ``fold`` names the file; ``group`` the conversation; ``spans`` evidence by head.

    ``answers`` holds a label for each question of the reading, None where there is none, or where the reading's heads
    have learned from it.
    """

    reading: Reading
    findings: tuple[Finding, ...]
    elements: dict[str, str]
    overall: float
    fold: str
    group: str
    spans: dict[str, list[tuple[int, int]]]
    answers: tuple[bool | None, ...]


def conversation_of(row: dict[str, Any]) -> Conversation:
    """The conversation of a labelled row."""
    messages = tuple(Message(m["role"], m.get("author") or "", m["text"]) for m in row["conversation"])
    return Conversation(messages, row.get("agent_name"), row.get("customer_name"))


def drafts(directory: Path, rule_set: RuleSet) -> Iterator[Example]:
    """The help-desk drafts of the labelled files, three to a conversation."""
    for path in labelled_files(directory):
        known = path.is_relative_to(directory)
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            for number, labelled in enumerate(row["drafts"]):
                reading = read(
                    conversation_of(row), Draft(labelled["text"], row["kind"]), rule_set.lexicon, rule_set.cues
                )
                text = labelled["text"]
                evidence = labelled["evidence"]
                said = labelled["tone_faults"]
                faults = [t["quote"] for t in said if t["kind"] != "stock_phrase"]
                spans = {
                    "acknowledges": list(_places(text, evidence.get("feeling", []))),
                    "steps": list(_places(text, evidence.get("action", []))),
                    "faulty": list(_places(text, faults)),
                }
                spans |= {k: list(_places(text, [t["quote"] for t in said if t["kind"] == k])) for k in HEARD}
                findings = apply_rules(reading, rule_set)
                answers = tuple(None if known else _answer(row, q, number) for q in reading.customer.questions)
                yield Example(
                    reading, findings, labelled["elements"], labelled["overall"], path.stem, row["id"], spans, answers
                )


def _answer(row: dict[str, Any], question: Question, draft: int) -> bool | None:
    """Whether people found a question answered in one of the drafts."""
    text = row["conversation"][question.message]["text"]
    for labelled in row["questions"]:
        at = text.find(labelled["quote"])
        if 0 <= at < question.span.end and question.span.start < at + len(labelled["quote"]):
            return bool(labelled["answered"][draft])
    return None


@dataclass(frozen=True)
class Reply:
    """A single reply with the labels of sentence heads; those of one that is longer than a sentence tell what it lacks.

    ``civil`` is how civil the whole of it is, 0..1.
    """

    reading: Reading
    labels: dict[str, float]
    civil: float
    fold: str


def replies(rule_set: RuleSet) -> Iterator[Reply]:
    """The single replies."""
    for path in reply_files():
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            conversation = Conversation((Message("customer", "", row["context"]),))
            for said in row["replies"]:
                reading = read(conversation, Draft(said["text"]), rule_set.lexicon, rule_set.cues)
                labels: dict[str, float] = {
                    # Who names what happened to sneer at it does not acknowledge it.
                    "acknowledges": float(said["acknowledges"] == 2 and said["empathy"] >= 2),
                    "steps": float(said["steps"]),
                    "faulty": float(said["fault"] not in (None, "stock_phrase")),
                    **{kind: float(said["fault"] == kind) for kind in HEARD},
                }
                if len(reading.own.sentences) > 1:
                    labels = {head: label for head, label in labels.items() if not label}
                yield Reply(reading, {**labels, "warm": said["empathy"] / 4}, said["civil"] / 4, path.stem)


def _places(text: str, quotes: list[str]) -> Iterator[tuple[int, int]]:
    for quote in quotes:
        at = text.find(quote)
        if at >= 0:
            yield at, at + len(quote)


def plain(directory: Path, name: str) -> Iterator[tuple[dict[str, Any], Conversation]]:
    """The rows of a gzipped set with their conversations (the text answered to, where there is one)."""
    with gzip.open(directory / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            messages = (Message("customer", "", row["context"]),) if row.get("context") else ()
            yield row, Conversation(messages)
