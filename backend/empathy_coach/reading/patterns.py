"""The pattern language of rules and signals, compiled to RE2 (linear time whatever a lead writes).

Three marks: ``(a|b)`` any of these, ``(a|b)?`` may be absent, ``...`` up to four words between. Case, curly quotes
and commas do not matter; an apostrophe may be left out; a hyphen may be a space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import re2

from empathy_coach.reading.cleaning import fold

_SEP = r"[\s,]{1,3}"
_JOINED = r"[\s,]{0,3}"  # before a group with an ending in it: "you (have|'ve)" is also "you've"
_ENDINGS = ("'", "n't")
_GAP = r"(?:[\s,]{1,3}[^\s.!?;:]+){0,4}"
_MAX_PATTERN = 2000  # characters; longer ones are lists that want to be several patterns
_LETTERS = re.compile("[a-z0-9]+")
_LETTER = {"'": "'?", "-": "[- ]?"}
_SET_MEMORY = 256 << 20  # RE2's default of 8 MB refuses a few hundred patterns with gaps


class PatternError(ValueError):
    """A pattern that cannot be used; the message is for the person who wrote it."""


@lru_cache(maxsize=8192)  # checked when a rule is read, used when the index is made
def compile_pattern(pattern: str) -> str:
    """The RE2 expression for a pattern. Raises PatternError with words for its author."""
    if len(pattern) > _MAX_PATTERN:
        raise PatternError(f"longer than {_MAX_PATTERN} characters; split it into several lines")
    text = fold(pattern.strip()).text
    if not text:
        raise PatternError("empty")
    return _Parser(text).parse()


class _Parser:
    """A pattern is chunks with white space between; a chunk is letters and groups with nothing between."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def parse(self) -> str:
        expression, solid = self._sequence()
        if self.at < len(self.text):
            raise PatternError('")" without "("')
        if not solid:
            raise PatternError("it would match anything: at least one word must not be optional")
        before = r"\b" if self.text.lstrip("(")[0].isalnum() else ""
        after = r"\b" if self._last_letter().isalnum() else ""
        return before + expression + after

    def _last_letter(self) -> str:
        """The last character of the pattern that is text, not a bracket or its question mark."""
        text = self.text
        while text.endswith((")?", ")")):
            text = text[:-2] if text.endswith(")?") else text[:-1]
        return text[-1]

    def _sequence(self) -> tuple[str, bool]:
        """Chunks up to the end, a bar or a closing bracket; and whether it must match at least one character."""
        out: list[str] = []
        solid = False
        gap = False
        while True:
            self._skip_space()
            if self.at >= len(self.text) or self.text[self.at] in "|)":
                break
            if self.text.startswith("...", self.at):
                self.at += 3
                if not solid or gap:
                    raise PatternError('"..." must stand between two words')
                out.append(_GAP)
                gap = True
                continue
            separator = _JOINED if self.text[self.at] == "(" and self._holds_ending() else _SEP
            chunk, chunk_solid = self._chunk()
            if not solid:
                out.append(chunk if chunk_solid else f"(?:{chunk}{_SEP})?")
            elif chunk_solid:
                out.append(separator + chunk)
            else:
                out.append(f"(?:{separator}{chunk})?")
            solid = solid or chunk_solid
            gap = gap and not chunk_solid
        if gap:
            raise PatternError('"..." must stand between two words')
        return "".join(out), solid

    def _skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t\n,":
            self.at += 1

    def _holds_ending(self) -> bool:
        """Whether an alternative of the group that starts here is an ending such as "'ve" or "n't"."""
        depth = 0
        for at in range(self.at, len(self.text)):
            char = self.text[at]
            depth += (char == "(") - (char == ")")
            if depth == 1 and char in "(|" and self.text.startswith(_ENDINGS, at + 1):
                return True
            if not depth:
                break
        return False

    def _chunk(self) -> tuple[str, bool]:
        """Letters and groups with nothing between. A chunk that is one optional group is not solid."""
        out: list[str] = []
        solid = False
        while self.at < len(self.text) and self.text[self.at] not in " \t\n,|)":
            char = self.text[self.at]
            if letters := _LETTERS.match(self.text, self.at):
                self.at = letters.end()
                solid = True
                out.append(letters[0])
            elif char == "(":
                group = self._group()
                if self.at < len(self.text) and self.text[self.at] == "?":
                    self.at += 1
                    if not out and (self.at >= len(self.text) or self.text[self.at] in " \t\n,|)"):
                        return group, False
                    group += "?"
                else:
                    solid = True
                out.append(group)
            elif self.text.startswith("...", self.at):
                break
            else:
                self.at += 1
                solid = True
                ending = char == "'" and self.text[self.at - 2 : self.at - 1] in ("(", "|")
                out.append("'" if ending else _LETTER.get(char) or "\\" + char)
        return "".join(out), solid

    def _group(self) -> str:
        if self.depth > 8:
            raise PatternError("more than 8 brackets inside each other")
        self.depth += 1
        self.at += 1
        parts: list[str] = []
        while True:
            part, solid = self._sequence()
            if not solid:
                raise PatternError('an alternative in "(...)" is empty or wholly optional')
            parts.append(part)
            if self.at >= len(self.text):
                raise PatternError('"(" without ")"')
            self.at += 1
            if self.text[self.at - 1] == ")":
                break
        self.depth -= 1
        return "(?:" + "|".join(parts) + ")"


def options() -> re2.Options:
    """RE2's options for folded text: bytes are characters, errors are ours to report."""
    chosen = re2.Options()
    chosen.encoding = re2.Options.Encoding.LATIN1
    chosen.log_errors = False
    chosen.max_mem = _SET_MEMORY
    return chosen


def program_size(expressions: Sequence[str]) -> int:
    """How many instructions RE2 needs for these: what they cost in time and memory grows with it."""
    return sum(int(re2.compile(e.encode("ascii"), options=options()).programsize) for e in expressions)
