"""The short exercises: sorting replies (the tour, rapport) and drafts to reword (the drill)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from empathy_coach.coach import coach
from empathy_coach.domain import Conversation, Draft, Message, Report
from empathy_coach.practice.moves import MOVES
from empathy_coach.rules.document import Block
from empathy_coach.rules.problems import Problem
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.rules.schema import Checker

_FAULTS = (*MOVES, "stock_phrase", "feeling", "need", "order", "action", "rapport", "tone")


@dataclass(frozen=True, slots=True)
class Choice:
    """A reply to be sorted: what it says, what it is (a key of the labels), and why its author thinks so."""

    says: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Sorting:
    """One message with replies to sort. ``models`` are shown beforehand, one for each label."""

    title: str
    customer: str
    message: str
    choices: tuple[Choice, ...]
    models: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class SortingGame:
    """Situations that share their labels. ``labels`` maps a key to its name, ``meanings`` to one sentence."""

    labels: Mapping[str, str]
    meanings: Mapping[str, str]
    situations: tuple[Sorting, ...]


@dataclass(frozen=True, slots=True)
class Reworking:
    """A draft with faults, to be reworded. ``faults`` are moves or elements."""

    name: str
    customer: str
    message: str
    draft: str
    faults: tuple[str, ...]


def judged(customer: str, message: str, reply: str, rules: RuleSet) -> Report:
    """What the engine says of a reply to one message."""
    return coach(Conversation((Message("customer", customer, message),), None, customer, "e-mail"), Draft(reply), rules)


def pick_drafts(drafts: Sequence[Reworking], misses: Sequence[str], count: int, turn: int) -> list[Reworking]:
    """``count`` drafts with the faults that this agent meets most, ``misses`` first; ``turn`` rotates equals."""
    rotated = [*drafts[turn % len(drafts) :], *drafts[: turn % len(drafts)]]
    weight = {fault: len(misses) - n for n, fault in reversed(list(enumerate(misses)))}
    return sorted(rotated, key=lambda d: -max((weight.get(f, 0) for f in d.faults), default=0))[:count]


class _Reader(Checker):
    """``Checker`` with the shapes of the exercises."""

    def said(self, block: Block, key: str) -> str:
        if key not in block:
            self.note(block.line, f'"{key}" is missing')
        return self.text(block, key) or ""

    def blocks(self, block: Block, key: str, allowed: Sequence[str]) -> Iterator[Block]:
        for value, line in self.items(block, key):
            if isinstance(value, Block):
                self.unknown_keys(value, allowed)
                yield value
            else:
                self.note(line, f"{key}: each item needs {', '.join(allowed)}")

    def table(self, block: Block, key: str) -> dict[str, str]:
        value = block.get(key)
        if not isinstance(value, Block):
            self.note(block.lines.get(key, block.line), f'"{key}" must hold "name: text" lines')
            return {}
        return {name: self.said(value, name) for name in value}

    def choices(self, block: Block, key: str, labels: Mapping[str, str]) -> tuple[Choice, ...]:
        return tuple(
            Choice(self.said(item, "says"), self.word(item, "is", tuple(labels)) or "", self.said(item, "why"))
            for item in self.blocks(block, key, ("is", "says", "why"))
        )

    def sorting(self, block: Block, labels: Mapping[str, str]) -> Sorting:
        return Sorting(
            self.text(block, "title") or "",
            self.said(block, "customer"),
            self.said(block, "message"),
            self.choices(block, "choices", labels),
            self.choices(block, "models", labels) if "models" in block else (),
        )


def read_game(block: Block, file: str) -> tuple[SortingGame, list[Problem]]:
    """A sorting game: one situation in the file itself, or several under ``situations``."""
    check = _Reader(file)
    keys = ("title", "customer", "message", "choices", "models")
    check.unknown_keys(
        block, ("labels", "meanings", "situations") if "situations" in block else ("labels", "meanings", *keys)
    )
    labels, meanings = check.table(block, "labels"), check.table(block, "meanings")
    parts = check.blocks(block, "situations", keys) if "situations" in block else iter((block,))
    return SortingGame(labels, meanings, tuple(check.sorting(part, labels) for part in parts)), check.problems


def read_drill(block: Block, file: str) -> tuple[tuple[Reworking, ...], list[Problem]]:
    """The drafts of the drill."""
    check = _Reader(file)
    check.unknown_keys(block, ("drafts",))
    drafts = tuple(
        Reworking(
            check.said(item, "name"),
            check.said(item, "customer"),
            check.said(item, "message"),
            check.said(item, "draft"),
            tuple(sorted(check.words(item, "faults", _FAULTS))),
        )
        for item in check.blocks(block, "drafts", ("name", "customer", "message", "draft", "faults"))
    )
    return drafts, check.problems
