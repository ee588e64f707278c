"""Labelled data, and what the coach says of it: the fields that the product returns, the same for every set."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from empathy_coach.coach import coach
from empathy_coach.domain import Conversation, Draft, Message, Report
from empathy_coach.rules.ruleset import RuleSet

Row = dict[str, Any]


def conversations(directory: Path) -> list[Row]:
    """The rows of ``conversations.jsonl``."""
    return [json.loads(line) for line in (directory / "conversations.jsonl").read_text("utf-8").splitlines()]


def training(directory: Path) -> Iterator[Row]:
    """The rows of ``training/*.jsonl``, three drafts each."""
    for path in sorted((directory / "training").glob("*.jsonl")):
        yield from (json.loads(line) for line in path.read_text("utf-8").splitlines())


def plain(directory: Path, name: str) -> list[Row]:
    """The rows of a gzipped set."""
    with gzip.open(directory / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def ask(row: Row, draft: str, rule_set: RuleSet) -> Report:
    """The report on a draft to a labelled conversation."""
    messages = tuple(Message(m["role"], m.get("author") or "", m["text"]) for m in row["conversation"])
    conversation = Conversation(messages, row.get("agent_name"), row.get("customer_name"))
    return coach(conversation, Draft(draft, row["kind"]), rule_set)


def ask_plain(row: Row, rule_set: RuleSet) -> Report:
    """The report on a text by other hands, as an answer to its context."""
    messages = (Message("customer", "", row["context"]),) if row.get("context") else ()
    return coach(Conversation(messages), Draft(row["text"]), rule_set)


def value(report: Report, element: str) -> float:
    """``elements[element].value`` of a report."""
    return next(e.value for e in report.elements if e.element == element)
