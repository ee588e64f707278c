"""From a parsed rule file to a ``Rule``: every key checked, every mistake collected, each with its line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from empathy_coach.domain import ACTS, ELEMENTS, FAULTS, SEVERITIES, SIGNAL_KINDS, DraftKind
from empathy_coach.reading.patterns import PatternError, compile_pattern
from empathy_coach.rules.document import Block, Items
from empathy_coach.rules.kinds import KINDS, kind_of
from empathy_coach.rules.problems import Problem, did_you_mean, shown
from empathy_coach.rules.rule import Edge, Example, Given, Rule, Shape, Turn, Where

_REQUIRED = ("title", "element", "why", "source", "examples")
_EXAMPLE_KEYS = ("draft", "customer", "kind", "becomes")
_DRAFT_KINDS = get_args(DraftKind)
_MAX_ITEMS = 80
_MAX_TEXT = 2000


@dataclass
class Checker:
    """Reads the values of one file; notes a problem and goes on where a value will not do."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def note(self, line: int, message: str) -> None:
        """Add a problem at a line of this file."""
        self.problems.append(Problem(self.file, line, message))

    def unknown_keys(self, block: Block, allowed: Sequence[str]) -> None:
        """Refuse keys that nobody reads: a typing slip must not pass as a setting."""
        for key in block:
            if key not in allowed:
                self.note(block.lines[key], f"unknown key {shown(key)}.{did_you_mean(key, allowed)}")

    def text(self, block: Block, key: str) -> str | None:
        """A text, or None when it is absent or is not one."""
        if key not in block:
            return None
        value = block[key]
        if isinstance(value, str) and len(value) <= _MAX_TEXT and (value.strip() or key == "replace_with"):
            return value.strip()
        self.note(block.lines[key], f"{key}: must be text of up to {_MAX_TEXT} characters (numbers in quotes)")
        return None

    def word(self, block: Block, key: str, allowed: Sequence[str]) -> str | None:
        """One of the allowed words."""
        if key not in block:
            return None
        value = block[key]
        if isinstance(value, str) and value in allowed:
            return value
        self.note(block.lines[key], f"{key}: {shown(value)} is not known.{did_you_mean(str(value), allowed)}")
        return None

    def number(self, block: Block, key: str, low: int, high: int) -> int | None:
        """A whole number from ``low`` to ``high``."""
        if key not in block:
            return None
        value = block[key]
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.note(block.lines[key], f"{key}: must be a whole number from {low} to {high}, not {shown(value)}")
        return None

    def truth(self, block: Block, key: str) -> bool | None:
        """``true`` or ``false``."""
        if isinstance(block[key], bool):
            return bool(block[key])
        self.note(block.lines[key], f"{key}: must be true or false, not {shown(block[key])}")
        return None

    def items(self, block: Block, key: str) -> list[tuple[Any, int]]:
        """The items of a list with their lines; one value alone counts as a list of one."""
        if key not in block:
            return []
        value = block[key]
        if isinstance(value, str):
            return [(value, block.lines[key])]
        if not isinstance(value, Items) or not value:
            self.note(block.lines[key], f'{key}: must be a list ("- " lines)')
            return []
        if len(value) > _MAX_ITEMS:
            self.note(block.lines[key], f"{key}: more than {_MAX_ITEMS} lines; make it two rules")
        return list(zip(value, value.lines, strict=True))[:_MAX_ITEMS]

    def words(self, block: Block, key: str, allowed: Sequence[str]) -> frozenset[Any]:
        """A set of allowed words."""
        found = set()
        for value, line in self.items(block, key):
            if isinstance(value, str) and value in allowed:
                found.add(value)
            else:
                self.note(line, f"{key}: {shown(value)} is not known.{did_you_mean(str(value), allowed)}")
        return frozenset(found)

    def texts(self, block: Block, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = []
        for value, line in self.items(block, key):
            if isinstance(value, str) and value.strip():
                found.append(value.strip())
            else:
                self.note(line, f"{key}: {shown(value)} is not text; put it in quotes")
        return tuple(found)

    def patterns(self, block: Block, key: str) -> tuple[str, ...]:
        """A list of patterns that compile."""
        found = []
        for value, line in self.items(block, key):
            if not isinstance(value, str):
                self.note(line, f"{key}: {shown(value)} is not text; put it in quotes")
                continue
            try:
                compile_pattern(value)
            except PatternError as error:
                self.note(line, f"{key}: {shown(value)}: {error}")
            else:
                found.append(value)
        return tuple(found)


def build_rule(
    block: Block, file: str, rule_id: str, *, pack: str, folder: str | None = None
) -> tuple[Rule | None, list[Problem]]:
    """The rule that a file holds, or None, and all that is wrong with it. ``folder`` is the element it lies under."""
    check = Checker(file)
    kind = kind_of(block)
    check.unknown_keys(block, (*COMMON, *(KINDS[kind].KEYS if kind else _ALL_KIND_KEYS)))
    for key in _REQUIRED:
        if key not in block:
            check.note(block.line, f'"{key}" is missing')
    if kind is None:
        check.note(block.line, 'nothing to look for: add "find", "expect" or "shape"')
    readers = {**COMMON, **KIND_FIELDS}
    fields = {key: readers[key](check, block, key) for key in block if key in readers}
    fields = {key: value for key, value in fields.items() if value is not None}
    if folder and fields.get("element", folder) != folder:
        check.note(block.lines["element"], f'element: the folder says "{folder}"')
    if kind and not check.problems:
        for key, message in KINDS[kind].check(fields):
            check.note(block.lines.get(key, block.line), f"{key}: {message}")
    if check.problems or kind is None:
        return None, check.problems
    return Rule(id=rule_id, pack=pack, kind=kind, file=file, **fields), []


def _examples(check: Checker, block: Block, key: str) -> tuple[Example, ...]:
    body = block.get(key)
    if not isinstance(body, Block):
        if key in block:
            check.note(block.lines[key], 'examples: must hold "fires:" and "silent:", each a list')
        return ()
    check.unknown_keys(body, ("fires", "silent"))
    found: list[Example] = []
    for side in ("fires", "silent"):
        if side not in body:
            check.note(block.lines[key], f'examples: "{side}" is missing; a rule needs both kinds')
        for value, line in check.items(body, side):
            example = _example(check, value, line, side == "fires")
            if example:
                found.append(example)
    return tuple(found)


def _example(check: Checker, value: Any, line: int, fires: bool) -> Example | None:
    if isinstance(value, str):
        body = Block(line)
        body["draft"] = value
        body.lines["draft"] = line
    elif isinstance(value, Block):
        body = value
        check.unknown_keys(body, _EXAMPLE_KEYS)
    else:
        check.note(line, "examples: must be text, or draft/customer/kind/becomes")
        return None
    draft = check.text(body, "draft")
    if draft is None:
        if "draft" not in body:
            check.note(line, 'examples: "draft" is missing')
        return None
    marks: list[tuple[int, int]] = []
    plain = ""
    rest = draft
    while "<<" in rest and ">>" in rest:
        before, _, rest = rest.partition("<<")
        inside, _, rest = rest.partition(">>")
        plain += before
        marks.append((len(plain), len(plain) + len(inside)))
        plain += inside
    if marks and not fires:
        check.note(line, "examples: << >> belongs to examples that fire")
    kind: Any = check.word(body, "kind", _DRAFT_KINDS)
    return Example(
        draft=plain + rest,
        fires=fires,
        line=line,
        customer=check.text(body, "customer"),
        kind=kind,
        marks=tuple(marks),
        becomes=check.text(body, "becomes"),
    )


Reader = Callable[[Checker, Block, str], Any]
COMMON: dict[str, Reader] = {
    "title": Checker.text,
    "element": lambda c, b, k: c.word(b, k, ELEMENTS),
    "fault": lambda c, b, k: c.word(b, k, FAULTS),
    "severity": lambda c, b, k: c.word(b, k, SEVERITIES),
    "weight": lambda c, b, k: c.number(b, k, 1, 5),
    "why": Checker.text,
    "source": Checker.text,
    "drafts": lambda c, b, k: c.words(b, k, _DRAFT_KINDS),
    "turn": lambda c, b, k: c.word(b, k, get_args(Turn)),
    "when_draft_says": Checker.patterns,
    "unless_draft_says": Checker.patterns,
    "when_customer_shows": lambda c, b, k: c.words(b, k, SIGNAL_KINDS),
    "unless_customer_shows": lambda c, b, k: c.words(b, k, SIGNAL_KINDS),
    "when_customer_says": Checker.patterns,
    "unless_customer_says": Checker.patterns,
    "when_customer_gave": lambda c, b, k: c.words(b, k, get_args(Given)),
    "advise": Checker.texts,
    "examples": _examples,
}
KIND_FIELDS: dict[str, Reader] = {
    "find": Checker.patterns,
    "unless": Checker.patterns,
    "more_than": lambda c, b, k: c.number(b, k, 1, 20),
    "replace_with": Checker.text,
    "also_in": lambda c, b, k: c.words(b, k, get_args(Edge)),
    "unless_sentence_says": Checker.patterns,
    "unless_it_says_when": Checker.truth,
    "starts_sentence": Checker.truth,
    "whole_sentence": Checker.truth,
    "unless_customer_said_it": Checker.truth,
    "shape": lambda c, b, k: c.word(b, k, get_args(Shape)),
    "expect": Checker.patterns,
    "expect_act": lambda c, b, k: c.words(b, k, ACTS),
    "expect_in": lambda c, b, k: c.word(b, k, get_args(Where)),
}
_ALL_KIND_KEYS = tuple(KIND_FIELDS)
