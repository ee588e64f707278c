"""YAML 1.2 read with care: every value knows its line, and whatever could hurt is refused before it is built.

Refused: more than 64 kB, invisible or control characters, tabs, nesting beyond 12, anchors and aliases, tags, duplicate
keys, several documents. ``no``, ``on`` and ``off`` are words, not truth values. Built from the events of libyaml's
parser, so that no input makes the reader recurse.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from empathy_coach.rules.problems import Problem, RulesError, shown

MAX_BYTES = 64 * 1024
_MAX_DEPTH = 12
_MAX_BRACKETS = 40  # open at once anywhere in the text: the scanner's cost grows with them before any event comes
_BYTES_AN_EVENT = 32  # real files hold fewer events than that; parsing costs about 0.05 ms for each
_SUSPECT = re.compile(r"[\[\]{}]|[^\n -~]")
_INT = re.compile(r"[-+]?[0-9]{1,9}")
_FLOAT = re.compile(r"[-+]?[0-9]{1,9}\.[0-9]{1,9}")


class Block(dict[str, Any]):
    """A mapping that knows the line of each key (``lines``) and its own (``line``)."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """A list that knows the line of each item (``lines``) and its own (``line``)."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_document(raw: bytes, file: str, limit: int = MAX_BYTES) -> Block:
    """The mapping that a YAML file of up to ``limit`` bytes holds. Raises RulesError with file and line."""
    text = _text(raw, file, limit)
    _scan(text, file)
    builder = _Builder(file)
    try:
        for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
            if count > limit // _BYTES_AN_EVENT:
                raise _refuse(file, _line(event.start_mark), "too many values; make it several files")
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        hint = '; put text that holds a ":" in quotes' if "mapping values" in str(error.problem) else ""
        # What is missing at the end is missed on a line of its own.
        line = min(_line(error.problem_mark), len(text.splitlines()) or 1)
        raise _refuse(file, line, f"not YAML: {error.problem or error.context}{hint}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise _refuse(file, 1, "not YAML") from error
    if not isinstance(builder.root, Block):
        raise _refuse(file, 1, 'empty, or not "key: value" lines')
    return builder.root


def _refuse(file: str, line: int, message: str) -> RulesError:
    return RulesError([Problem(file, line, message)])


def _line(mark: Any) -> int:
    """The line of a mark of the parser's, from 1."""
    return mark.line + 1 if mark else 1


def _text(raw: bytes, file: str, limit: int) -> str:
    if len(raw) > limit:
        raise _refuse(file, 1, f"larger than {limit // 1024} kB")
    try:
        return raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _refuse(file, raw[: error.start].count(b"\n") + 1, "not UTF-8 text") from error


def _scan(text: str, file: str) -> None:
    """Refuse by looking at characters alone, before the YAML parser sees any of it."""
    depth = 0
    for found in _SUSPECT.finditer(text):
        char = found[0]
        what = None
        if char == "\t":
            what = "a tab; indent with spaces"
        elif char in "[{":
            depth += 1
            what = "nested too deeply" if depth > _MAX_BRACKETS else None
        elif char in "]}":
            depth = max(0, depth - 1)
        else:
            what = visible(char)
        if what:
            raise _refuse(file, text.count("\n", 0, found.start()) + 1, what)


def visible(char: str) -> str | None:
    """What is wrong with a character that nobody can see, or that arrived broken; None when nothing is."""
    if " " <= char <= "~":
        return None
    if char == "\ufffd":
        return "a broken character; type it anew"
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return f"an invisible character (U+{ord(char):04X}); delete it"
    return None


class _Builder:
    """Builds Blocks and Items from events, on a stack of its own."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self._stack: list[Block | Items] = []
        self._keys: list[str | None] = []  # the key that waits for its value, for each open Block
        self._documents = 0

    def take(self, event: Event) -> None:
        line = _line(event.start_mark)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise _refuse(self.file, line, "anchors and aliases (& and *) are not allowed; write it out")
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _refuse(self.file, line, 'a second document ("---"); one rule a file')
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._no_tag(event, line)
            self._open(Block(line) if isinstance(event, MappingStartEvent) else Items(line), line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._stack.pop()
            self._keys.pop()
        elif isinstance(event, ScalarEvent):
            self._no_tag(event, line)
            if event.style == '"':  # an escape such as "\\u202e" hides from the scan of the text
                wrong = next(filter(None, map(visible, str(event.value).replace("\n", ""))), None)
                if wrong:
                    raise _refuse(self.file, line, wrong)
            self._scalar(event, line)

    def _no_tag(self, event: Any, line: int) -> None:
        if getattr(event, "tag", None):
            raise _refuse(self.file, line, 'tags (words after "!") are not allowed')

    def _open(self, value: Block | Items, line: int) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            raise _refuse(self.file, line, "nested too deeply")
        self._put(value, line)
        self._stack.append(value)
        self._keys.append(None)

    def _scalar(self, event: Any, line: int) -> None:
        if self._stack and isinstance(self._stack[-1], Block) and self._keys[-1] is None:
            key = str(event.value)
            if key in self._stack[-1]:
                raise _refuse(self.file, line, f"{shown(key)} stands here twice")
            self._keys[-1] = key
            self._stack[-1].lines[key] = line
            return
        self._put(_value(event), line)

    def _put(self, value: Any, line: int) -> None:
        if not self._stack:
            self.root = value
            return
        top = self._stack[-1]
        if isinstance(top, Items):
            top.append(value)
            top.lines.append(line)
            return
        key = self._keys[-1]
        if key is None:
            raise _refuse(self.file, line, "a key must be a word")
        top[key] = value
        self._keys[-1] = None


def _value(event: Any) -> Any:
    """A plain scalar may be a number, true, false or nothing; all else is text."""
    text = str(event.value)
    if event.style:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
