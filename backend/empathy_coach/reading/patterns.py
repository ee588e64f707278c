"""The pattern language of rules and signals, compiled to RE2 (linear time whatever a lead writes).

Three marks: ``(a|b)`` any of these, ``(a|b)?`` may be absent, ``...`` up to four words between. Case, curly quotes
and commas do not matter; an apostrophe may be left out; a hyphen may be a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import re2

from empathy_coach.reading.cleaning import Folded, fold
from empathy_coach.reading.gate import Gate

_SEP = r"[\s,]{1,3}"
_JOINED = r"[\s,]{0,3}"  # before a group with an ending in it: "you (have|'ve)" is also "you've"
_ENDINGS = ("'", "n't")
_GAP = r"(?:[\s,]{1,3}[^\s.!?;:]+){0,4}"
_MAX_PATTERN = 2000  # characters; longer ones are lists that want to be several patterns
_LETTERS = re.compile("[a-z0-9]+")
_LETTER = {"'": "'?", "-": "[- ]?"}
_ANYWHERE = re2._Anchor.UNANCHORED
_Search = Callable[[object, bytes, int, int], list[tuple[int, int]]]
_MAX_MATCHES = 20  # of one pattern in one text; find-all can be quadratic without a cap
_SET_MEMORY = 256 << 20  # RE2's default of 8 MB refuses a few hundred patterns with gaps


class PatternError(ValueError):
    """A pattern that cannot be used; the message is for the person who wrote it."""


class Match(NamedTuple):
    """Pattern number ``pattern`` matched the folded text from ``start`` to ``end``."""

    pattern: int
    start: int
    end: int


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


class PatternSet:
    """Many patterns tried at once: only those whose words stand in a text are searched for."""

    def __init__(self, expressions: Sequence[str]) -> None:
        """Build from RE2 expressions (see ``compile_pattern``). Raises PatternError when RE2 refuses one."""
        chosen = options()
        self._search: list[_Search] = []
        for expression in expressions:
            try:
                compiled = re2.compile(expression.encode("ascii"), options=chosen)
            except re2.error as error:
                raise PatternError(f"too large or not understood: {error}") from error
            # The wrapper's own search makes a generator and a match object, which costs more than the search.
            self._search.append(compiled._regexp.Match)
        self._gate = Gate(expressions)

    def which(self, folded: Folded) -> list[int]:
        """The numbers of the patterns that match, rising."""
        raw = folded.raw
        end = len(raw)
        return [n for n in self._candidates(folded) if self._search[n](_ANYWHERE, raw, 0, end)[0][0] >= 0]

    def matches(self, folded: Folded) -> list[Match]:
        """Every match, pattern by pattern, at most 20 of each."""
        return [
            Match(number, start, end)
            for number in self._candidates(folded)
            for start, end in self.spans(number, folded)
        ]

    def spans(self, number: int, folded: Folded) -> list[tuple[int, int]]:
        """Where one pattern matches, at most 20 times."""
        raw, search = folded.raw, self._search[number]
        found: list[tuple[int, int]] = []
        at = 0
        while len(found) < _MAX_MATCHES:
            start, end = search(_ANYWHERE, raw, at, len(raw))[0]
            if start < 0:
                break
            found.append((start, end))
            at = end
        return found

    def _candidates(self, folded: Folded) -> list[int]:
        return self._gate.open_for(folded)


class FewPatterns(PatternSet):
    """The same for a few fixed patterns: so few that RE2 soon knows all their states, and one pass is cheaper."""

    def __init__(self, expressions: Sequence[str]) -> None:
        super().__init__(expressions)
        self._set = re2.Set.SearchSet(options())
        for expression in expressions:
            self._set.Add(expression)
        self._set.Compile()

    def which(self, folded: Folded) -> list[int]:
        """The numbers of the patterns that match, rising."""
        return sorted(self._set.Match(folded.raw) or ())

    _candidates = which
