"""A rule as a form: from its YAML to fields, and from what was sent back to the values that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from werkzeug.datastructures import MultiDict

from empathy_coach.rules.document import Block, visible
from empathy_coach.rules.problems import Problem, RulesError
from empathy_coach.rules.written import Value, edited

TEXTS = ("title", "element", "fault", "severity", "why", "source", "expect_in")
LINES = ("find", "unless", "expect", "advise", "when_customer_says")
_NUMBERS = ("weight",)
_CHECKS = ("when_customer_shows",)
_PARTS = ("draft", "customer", "becomes", "kind")
_MOST_EXAMPLES = 60
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ExampleField:
    """One example's group of fields."""

    side: str
    draft: str = ""
    customer: str = ""
    becomes: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """What the form shows. ``click`` is ``advice``, ``replace`` or ``remove``; ``others`` are keys it has no field for."""

    values: Mapping[str, str]
    checks: frozenset[str]
    click: str
    replace_with: str
    examples: tuple[ExampleField, ...]
    others: tuple[str, ...]


def fields_of(block: Block) -> Fields:
    """The fields for a rule file, as far as its values can be shown."""
    values = {key: _text(block.get(key)) for key in (*TEXTS, *_NUMBERS)}
    values |= {key: "\n".join(_texts(block.get(key))) for key in LINES}
    click = "advice" if "replace_with" not in block else "replace" if block["replace_with"] else "remove"
    examples = block.get("examples")
    sides = examples if isinstance(examples, Block) else {}
    known = {*TEXTS, *_NUMBERS, *LINES, *_CHECKS, "replace_with", "examples"}
    return Fields(
        values,
        frozenset(_texts(block.get("when_customer_shows"))),
        click,
        _text(block.get("replace_with")),
        tuple(_example(side, item) for side in ("fires", "silent") for item in _items(sides.get(side))),
        tuple(key for key in block if key not in known),
    )


def changed(text: str, block: Block, sent: MultiDict[str, str]) -> str:
    """``text`` with the values that the form changed. Raises RulesError naming a field that cannot be stored."""
    was = fields_of(block)
    changes: dict[str, Value] = {}
    for key in (*TEXTS, *_NUMBERS):
        new = _one_line(sent.get(key, ""))
        if new != _one_line(was.values[key]):
            changes[key] = (
                int(new) if key in _NUMBERS and new.isascii() and new.isdigit() and len(new) < 4 else new or None
            )
    for key in LINES:
        lines = [_one_line(line) for line in _plain(sent.get(key, "")).split("\n") if line.strip()]
        if lines != [_one_line(line) for line in was.values[key].split("\n") if line.strip()]:
            changes[key] = lines
    for key in _CHECKS:
        if frozenset(sent.getlist(key)) != was.checks:
            changes[key] = sorted(set(sent.getlist(key)))
    changes |= _click(was, sent.get("click", ""), _one_line(sent.get("replace_with", "")))
    changes |= _examples(block, was, sent)
    for key, value in changes.items():
        _check(key, value)
    return edited(text, changes) if changes else text


def _click(was: Fields, click: str, words: str) -> dict[str, Value]:
    if click == "replace" and not words:
        click = "advice" if was.click == "advice" else "remove"
    if (click, words if click == "replace" else "") == (was.click, was.replace_with if was.click == "replace" else ""):
        return {}
    return {"replace_with": {"replace": words, "remove": ""}.get(click)}


def _examples(block: Block, was: Fields, sent: MultiDict[str, str]) -> dict[str, Value]:
    """The lists of examples that changed; an example that did not keeps the very form it was written in."""
    columns = [[_plain(value).strip() for value in sent.getlist(f"example_{part}")] for part in ("side", *_PARTS)]
    rows = [ExampleField(*row) for row in zip_longest(*columns, fillvalue="") if row[1]][:_MOST_EXAMPLES]
    changes: dict[str, Value] = {}
    written = block.get("examples")
    for side in ("fires", "silent"):
        new = [row for row in rows if row.side == side]
        if new == [_stripped(e) for e in was.examples if e.side == side]:
            continue
        items = _items(written.get(side)) if isinstance(written, Block) else []
        kept = {_stripped(_example(side, item)): _as_written(item) for item in items}
        changes[f"examples.{side}"] = [kept.get(row) or _as_item(row) for row in new]
    return changes


def _stripped(example: ExampleField) -> ExampleField:
    return ExampleField(example.side, *(getattr(example, part).strip() for part in _PARTS))


def _as_item(row: ExampleField) -> Any:
    more = {part: getattr(row, part) for part in _PARTS if part != "draft" and getattr(row, part)}
    return {"draft": row.draft, **more} if more else row.draft


def _as_written(item: Any) -> Any:
    return {str(k): _text(v).strip() for k, v in item.items()} if isinstance(item, Block) else _text(item).strip()


def _example(side: str, item: Any) -> ExampleField:
    if isinstance(item, Block):
        return ExampleField(side, *(_text(item.get(part)) for part in _PARTS))
    return ExampleField(side, _text(item))


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return list(value)
    return [] if value is None else [value]


def _texts(value: Any) -> list[str]:
    return [_text(item) for item in _items(value)]


def _text(value: Any) -> str:
    if value is None or isinstance(value, Block | list):
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _check(key: str, value: Any) -> None:
    """Refuse characters that nobody can see, naming the field."""
    for number, text in enumerate(_leaves(value), start=1):
        for char in text.replace("\n", ""):
            if (wrong := visible(char)) is not None:
                raise RulesError([Problem("form", number, f"{key}: {wrong}")])


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (str(item) for item in value.values())
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield str(value)
