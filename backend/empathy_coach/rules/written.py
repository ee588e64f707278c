"""Changes single values in a rule's YAML and leaves every other character, comments too, as it was written.

That is how a form and a text editor can share one rule. The text must have passed ``read_document`` before.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from empathy_coach.reading.patterns import PatternError
from empathy_coach.rules.document import Block, read_document
from empathy_coach.rules.index import check_size
from empathy_coach.rules.problems import Problem, RulesError
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.schema import build_rule

MAX_TEXT = 16 * 1024
"""Bytes of one rule: ten times what the longest of the packs needs, and read in a tenth of a second."""

ORDER = (
    "title", "element", "fault", "severity", "weight", "why", "source", "drafts", "turn", "find", "unless", "also_in",
    "whole_sentence", "unless_customer_said_it", "more_than", "shape", "expect", "expect_act", "expect_in",
    "when_draft_says", "unless_draft_says", "when_customer_shows", "unless_customer_shows", "when_customer_says",
    "unless_customer_says", "when_customer_gave", "replace_with", "advise", "examples",
)  # fmt: skip
"""The keys of a rule in the order in which a new one is put in."""

Value = str | int | bool | Sequence[Any] | None
_PLAIN = re.compile(r"[A-Za-z(<\u2018\u201c][^\n]*")
_TAKEN = re.compile(r"(true|false|null|yes|no|on|off|~|[-+.\d].*)", re.IGNORECASE)
_WIDE = 110


def read_rule(text: str, name: str, team: str) -> tuple[Rule | None, list[Problem], Block]:
    """What a team's own rule says: the rule or None, all that is wrong with it, and its keys as far as readable."""
    file = f"{name}.yaml"
    try:
        block = read_document(text.encode("utf-8", "surrogatepass"), file, MAX_TEXT)
    except RulesError as error:
        return None, list(error.problems), Block(1)
    rule, problems = own_rule(block, file, name, team)
    return rule, sorted(problems), block


def own_rule(block: Block, file: str, name: str, team: str) -> tuple[Rule | None, list[Problem]]:
    """A team's own rule from its keys, small enough to be tried at every pause of every writer."""
    rule, problems = build_rule(block, file, f"teams/{team}/{name}", pack=f"teams/{team}")
    if rule is not None:
        try:
            check_size(rule)
        except PatternError as error:
            return None, [Problem(file, block.lines.get("find", block.line), str(error))]
    return rule, problems


def edited(text: str, changes: Mapping[str, Value]) -> str:
    """``text`` with other values; None takes a key out. ``examples.fires`` and ``examples.silent`` are keys too.

    Raises RulesError when the text is not a rule file that can be changed so.
    """
    plain = {key: value for key, value in changes.items() if "." not in key}
    nested = {key.partition(".")[2]: value for key, value in changes.items() if "." in key}
    text = text.replace("\r\n", "\n")
    if text and not text.endswith("\n"):
        text += "\n"
    for key, value in plain.items():
        text = _set(text, _mapping(text), key, value, "")
    for key, value in nested.items():
        top = _mapping(text)
        inner = _value_of(top, "examples")
        if isinstance(inner, MappingNode) and inner.value and not inner.flow_style:
            margin = " " * inner.value[0][0].start_mark.column
            text = _set(text, inner, key, value, margin)
        elif value:
            text = _set(text, top, "examples", None, "")
            text = text + f"examples:\n  {key}:\n" + _items(value, "    ")
    read_document(text.encode(), "rule.yaml")  # nothing unreadable leaves this function
    return text


def _mapping(text: str) -> MappingNode | None:
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if root is None:
        return None
    if not isinstance(root, MappingNode) or root.flow_style:
        raise RulesError([Problem("rule.yaml", 1, 'must be "key: value" lines to be changed in the form')])
    return root


def _value_of(node: MappingNode | None, key: str) -> Node | None:
    return next((value for name, value in (node.value if node else ()) if name.value == key), None)


def _set(text: str, parent: MappingNode | None, key: str, value: Value, margin: str) -> str:
    pairs = parent.value if parent else []
    at = next((i for i, (name, _) in enumerate(pairs) if name.value == key), None)
    empty = value is None or (isinstance(value, Sequence) and not value and not isinstance(value, str))
    if at is None:
        return text if empty else _inserted(text, pairs, key, value, margin)
    name, old = pairs[at]
    if empty:
        return text[: _line_start(text, name.start_mark.index)] + text[_line_end(text, _end(old)) :]
    if isinstance(old, SequenceNode) and not old.flow_style and old.value and isinstance(value, list | tuple):
        return _with_items(text, old, value)
    if (isinstance(old, ScalarNode) and old.style in ("|", ">")) or isinstance(old, MappingNode | SequenceNode):
        start = _line_start(text, name.start_mark.index)
        return text[:start] + pair(key, value, margin) + text[_line_end(text, _end(old)) :]
    if isinstance(value, list | tuple) or "\n" in str(value) or len(str(value)) > _WIDE:
        start = _line_start(text, name.start_mark.index)
        return text[:start] + pair(key, value, margin) + text[_line_end(text, _end(old)) :]
    blank = " " if text[old.start_mark.index - 1] == ":" else ""
    return text[: old.start_mark.index] + blank + _scalar(value) + text[_end(old) :]


def _inserted(text: str, pairs: Sequence[tuple[Any, Node]], key: str, value: Value, margin: str) -> str:
    """After the last key that comes before it in ``ORDER``; in front of all when there is none."""
    rank = ORDER.index(key) if key in ORDER else 0
    before = [v for k, v in pairs if k.value in ORDER and ORDER.index(k.value) < rank] if not margin else []
    if margin:
        before = [v for _, v in pairs] if key == "silent" else []
    first = _line_start(text, pairs[0][0].start_mark.index) if pairs else len(text)
    at = max((_line_end(text, _end(v)) for v in before), default=first)
    return text[:at] + pair(key, value, margin) + text[at:]


def _with_items(text: str, old: SequenceNode, new: Sequence[Any]) -> str:
    """A block list with other items; those that stay keep their lines and comments."""
    margin = " " * (old.value[0].start_mark.column - 2)
    was = [_plain(item) for item in old.value]
    edits: list[tuple[int, int, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, [repr(x) for x in was], [repr(x) for x in new], False).get_opcodes():
        if tag == "equal":
            continue
        if tag == "insert":
            spot = _line_end(text, _end(old.value[i - 1])) if i else _line_start(text, old.value[0].start_mark.index)
            edits.append((spot, spot, _items(new[k:m], margin)))
            continue
        one_to_one = tag == "replace" and j - i == m - k
        for number, item in enumerate(old.value[i:j]):
            fresh = new[k + number] if one_to_one else None
            simple = isinstance(item, ScalarNode) and item.style not in ("|", ">")
            if isinstance(fresh, str) and simple and "\n" not in fresh:
                edits.append((item.start_mark.index, _end(item), _scalar(fresh)))
                continue
            lines = _line_start(text, item.start_mark.index), _line_end(text, _end(item))
            added = _items([fresh] if fresh is not None else new[k:m] if number == 0 else [], margin)
            edits.append((*lines, added))
    for start, end, fresh_text in sorted(edits, reverse=True):
        text = text[:start] + fresh_text + text[end:]
    return text


def _plain(node: Node) -> Any:
    """What a node says, in the form in which new items come: text, or a mapping of texts."""
    if isinstance(node, MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    return str(node.value).strip()


def _end(node: Node) -> int:
    """Where the last character of a value stands; a collection's own mark lies after the comments that follow it."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """After the newline of the line that the value ends on; a block scalar ends behind its own newline."""
    if at > 0 and text[at - 1] == "\n":
        return at
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def pair(key: str, value: Value, margin: str) -> str:
    """One key with its value as lines of YAML, behind ``margin``."""
    if isinstance(value, list | tuple):
        return f"{margin}{key}:\n{_items(value, margin + '  ')}"
    said = str(value)
    if "\n" in said:
        return f"{margin}{key}: {_many_lines(said, margin + '  ')}\n"
    if isinstance(value, str) and len(said) > _WIDE and _folds(said):
        lines = textwrap.wrap(said, _WIDE, break_long_words=False, break_on_hyphens=False)
        return f"{margin}{key}: >\n" + "".join(f"{margin}  {line}\n" for line in lines)
    return f"{margin}{key}: {_scalar(value)}\n"


def _items(values: Any, margin: str) -> str:
    return "".join(f"{margin}- {_item(value, margin + '  ')}\n" for value in values)


def _item(value: Any, margin: str) -> str:
    if isinstance(value, Mapping):
        return f"\n{margin}".join(f"{k}: {_item(v, margin + '  ')}" for k, v in value.items())
    return _many_lines(value, margin) if "\n" in str(value) else _scalar(value)


def _folds(text: str) -> bool:
    """Whether folding gives the same text back: single blanks only."""
    return " ".join(text.split()) == text


def _many_lines(text: str, margin: str) -> str:
    lines = text.split("\n")
    if lines[0][:1] in ("", " ") or not lines[-1] or any(line != line.rstrip() for line in lines):
        return json.dumps(text, ensure_ascii=False)
    return "|-" + "".join(f"\n{margin}{line}" if line else "\n" for line in lines)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    safe = _PLAIN.fullmatch(value) and not _TAKEN.fullmatch(value) and value == value.strip()
    if safe and ": " not in value and " #" not in value and not value.endswith(":"):
        return value
    return json.dumps(value, ensure_ascii=False)
