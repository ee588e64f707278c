"""Which patterns are worth trying on a text: those whose necessary words stand in it.

RE2 finds many patterns in one pass, but on words that it has not met yet it builds its states first, and that costs
a hundred times the pass. So each expression is read once for words that no match can do without ("you should"), and
a text is asked for its words and pairs of neighbouring words: one look-up each, whatever was seen before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from empathy_coach.reading.cleaning import DIGIT, Folded, Word

# Words and pairs of words of which every match of an expression holds at least one.
Need = frozenset[Word]

_NEEDS = 3  # of one expression; further ones cost more than they spare
# A stretch spelt out: word characters are themselves, a blank is a word's edge, and this is anything at all.
_ANY = "\0"
_MOST = 200  # strings that one stretch is spelt out into
_SINGLE = re.compile(r"(?<= )[a-z0-9_]+(?= )")
_PAIR = re.compile(r"(?<= )(?=([a-z0-9_]+) +([a-z0-9_]+) )")
_LAST = re.compile(r"(?: [a-z0-9_]+)? +$")
_LETTERS = re.compile(r"[a-z0-9_]+(?![?*+{])")
_TIMES = re.compile(r"(?:([?*+])|\{(\d+)(?:(,)(\d*))?\})\??")


class Gate:
    """Tells which of many expressions may match a text; never leaves out one that does."""

    def __init__(self, expressions: Sequence[str]) -> None:
        """``expressions`` are RE2 expressions for folded text."""
        self._always: list[int] = []
        self._called: dict[Word, list[tuple[int, tuple[Need, ...]]]] = {}
        for number, expression in enumerate(expressions):
            found = needs(expression)
            if not found:
                self._always.append(number)
                continue
            for word in found[0]:
                self._called.setdefault(word, []).append((number, found[1:]))
        self._asked = frozenset(self._called)  # two sets meet without hashing their pairs again

    def open_for(self, folded: Folded) -> list[int]:
        """The numbers of the expressions that may match a text, rising."""
        words = folded.words
        numbers = set(self._always)
        for word in self._asked & words:
            for number, others in self._called[word]:
                for need in others:
                    if need.isdisjoint(words):
                        break
                else:
                    numbers.add(number)
        return sorted(numbers)


@lru_cache(maxsize=8192)  # rules are read again and again while somebody edits them
def needs(expression: str) -> tuple[Need, ...]:
    """What a text must hold for a match, the rarest first; empty when there is no saying.

    The expression is one for RE2, without flags and without names for its groups.
    """
    found = set(_Reader(expression).needs())
    return tuple(sorted(found, key=lambda need: (-_rarity(need), sorted(map(str, need)))))[:_NEEDS]


def _rarity(need: Need) -> int:
    """The longer a word, the rarer; a pair is rarer than its words; a set is as common as its commonest."""
    return min(len(word) if isinstance(word, str) else len(word[0]) + len(word[1]) for word in need)


class _Reader:
    """Reads an expression from left to right and spells out what it can match, stretch by stretch."""

    def __init__(self, expression: str) -> None:
        self._text = expression
        self._at = 0

    def needs(self) -> list[Need]:
        """One need for each stretch; of an alternation, the rarest needs of its branches together."""
        branches = [self._stretches()]
        while self._text.startswith("|", self._at):
            self._at += 1
            branches.append(self._stretches())
        if len(branches) == 1:
            return branches[0]
        return [frozenset().union(*(max(b, key=_rarity) for b in branches))] if all(branches) else []

    def _stretches(self) -> list[Need]:
        out: list[Need] = []
        stretch = [_ANY]  # all that can stand since the last sure edge of a word, and the word before it
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            strings, inner = self._item()
            out += inner
            longer = _joined(stretch, strings)
            if longer is None:
                _note(out, stretch)
                edge = " " if all(s.endswith(" ") for s in stretch) else _ANY
                longer = [edge + s for s in strings or [_ANY]]
            stretch = longer
            if all(s.endswith(" ") for s in stretch):
                _note(out, stretch)
                stretch = list({found[0] if (found := _LAST.search(s)) else " " for s in stretch})
        _note(out, stretch)
        return out

    def _item(self) -> tuple[list[str] | None, list[Need]]:
        """A letter, class or group, as often as it may stand: all its strings; when those are too many, its needs."""
        if letters := _LETTERS.match(self._text, self._at):
            self._at = letters.end()
            return [letters[0]], []
        char = self._text[self._at]
        self._at += 1
        strings: list[str] | None = [char if char.isalnum() or char == "_" else " "]
        inner: list[Need] = []
        if char == "(":
            self._at += 2 * self._text.startswith("?:", self._at)
            start = self._at
            strings = self._spelt()
            if strings is None:
                self._at = start
                inner = self.needs()
            self._at += 1
        elif char == "[":
            strings = [self._class()]
        elif char == "\\":
            escaped = self._text[self._at]
            self._at += 1
            strings = [DIGIT if escaped == "d" else _ANY if escaped.isalnum() and escaped not in "bs" else " "]
        elif char == ".":
            strings = [_ANY]
        least, most = self._times()
        if most > 1 and strings not in (None, [" "]):
            strings = [s + _ANY for s in strings or ()]
        if least:
            return strings, inner
        return (None if strings is None else ["", *strings]), []

    def _spelt(self) -> list[str] | None:
        """All strings of an alternation, or None when they are too many."""
        out: list[str] = []
        branch = [""]
        while self._text[self._at] != ")":
            if self._text[self._at] == "|":
                self._at += 1
                out += branch
                branch = [""]
                continue
            longer = _joined(branch, self._item()[0])
            if longer is None:
                return None
            branch = longer
        return out + branch

    def _class(self) -> str:
        end = self._at + 1  # a bracket in the first place is a letter
        while self._text[end] != "]":
            end += 2 if self._text[end] == "\\" else 1
        letters = self._text[self._at : end].replace("\\s", " ")
        self._at = end + 1
        if re.fullmatch(r"[0-9]-[0-9]|\d+", letters):
            return DIGIT
        return _ANY if letters[0] == "^" or re.search(r"[\w\\]", letters) else " "

    def _times(self) -> tuple[int, int]:
        """How often the item before may stand; the most is exact up to 1."""
        found = _TIMES.match(self._text, self._at)
        if not found:
            return 1, 1
        self._at = found.end()
        sign, least, comma, most = found.groups()
        if sign:
            return {"?": (0, 1), "*": (0, 2), "+": (1, 2)}[sign]
        return int(least), int(most or 2) if comma else int(least)


def _joined(first: Sequence[str], second: Sequence[str] | None) -> list[str] | None:
    """Every string of the one with every string of the other, or None when those are too many."""
    if second is None or (len(first) * len(second) > _MOST and len(first) > 1):
        return None
    return [a + b for a in first for b in second]


def _note(out: list[Need], stretch: Iterable[str]) -> None:
    """Add what the strings of a stretch need, if each of them holds a word whose edges are sure."""
    words: set[Word] = set()
    for string in stretch:
        pairs: list[tuple[str, str]] = _PAIR.findall(string)
        singles: list[str] = _SINGLE.findall(string)
        if pairs:
            words.add(max(pairs, key=lambda pair: len(pair[0]) + len(pair[1])))
        elif singles:
            words.add(max(singles, key=len))
        elif DIGIT in string:
            words.add(DIGIT)
        else:
            return
    out.append(frozenset(w for w in words if isinstance(w, str) or words.isdisjoint(w)))
