"""What a text must hold for a pattern to match it: words that no match can do without, and words that matches begin with.

RE2 finds many patterns in one pass, but on words that it has not met yet it builds its states first, and that costs
a hundred times the pass. So each expression is read once, when it is compiled, for words that every match begins with
("you should"), and where those say little, for words that stand anywhere in it. ``pattern_set`` looks them up in a text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

DIGIT = "#"
# Words of which every match of an expression holds at least one; DIGIT stands for any that has a digit in it.
Need = frozenset[str]


class Opening(NamedTuple):
    """How the matches of an expression begin.

    ``lone`` are words that are a whole match each. Any other match begins with the first letter of a word of
    ``places[0]``; the words after it are of ``places[1]`` and ``places[2]``, or any where that is None.
    """

    lone: frozenset[str]
    places: tuple[frozenset[str] | None, ...]


MOST_NEEDS = 3  # of one expression; further ones cost more than they spare
# A stretch spelt out: word characters are themselves, a blank is a word's edge, and this is anything at all.
_ANY = "\0"
_MARK = "\1"  # a sign that is not part of a word, where it matters that it is not a blank
_MOST = 1000  # strings that one stretch is spelt out into
# Words that stand in most texts and call for nothing by themselves.
_COMMON = frozenset(
    """a about all an and any are as at be been but by can could did do does for from get had has have he her here his how i
    if in is it its just ll m me my no not now of on one or our out re s she so t than that the their them then there they
    this to up us ve was we were what when which who will with would you your""".split()
)
AHEAD = 3  # words of an opening; more of them tell little more, and the tables grow
_ESCAPED = {"b": " ", "s": " ", "d": DIGIT}
_SINGLE = re.compile(r"(?<= )[a-z0-9_]+(?= )")
_PIECE = re.compile(r"\\.|\[\]?[^\]]*\](?:\{[\d,]*\})?|\(\?:|[()]| (?![?*+{])|[^\\\[( )]+|.")
_SEPARATORS = (r"[\s,]{1,3}", " ")
_STEP = re.compile(r"[a-z0-9_]+|.", re.DOTALL)
_LETTERS = re.compile(r"[a-z0-9_ ]+(?![?*+{])")
_LIST = re.compile(r"[a-z0-9_ ]+(?:\|[a-z0-9_ ]+)*(?=\))")
_TIMES = re.compile(r"(?:([?*+])|\{(\d+)(?:(,)(\d*))?\})\??")


@lru_cache(maxsize=8192)  # rules are read again and again while somebody edits them
def needs(expression: str) -> tuple[Need, ...]:
    """What a text must hold for a match, the rarest first; empty when there is no saying.

    The expression is one for RE2, without flags and without names for its groups.
    """
    if has_branches(expression):
        return ()
    parts = _parts(expression)
    found = {need for at, part in enumerate(parts) if (need := _words_of(part, at > 0, at + 1 < len(parts)))}
    return tuple(sorted(found, key=lambda need: (sum(map(_commonness, need)), min(need))))[:MOST_NEEDS]


@lru_cache(maxsize=8192)
def opening(expression: str) -> Opening | None:
    """How matches begin; None when there is no saying, or when it is a common word that more must follow."""
    if not expression.startswith(r"\b") or has_branches(expression):
        return None
    return _Beginnings(expression).opening()


def _commonness(word: str) -> int:
    """About how often a word stands in a text, by its length where it is not one of the commonest."""
    return 100 if word in _COMMON or word == DIGIT else max(1, 12 - len(word))


def has_branches(expression: str) -> bool:
    """Whether it is an alternation outside all brackets."""
    depth = 0
    for mark in re.findall(r"[()|]", re.sub(r"\\.|\[\]?[^\]]*\]", "", expression)):
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and not depth:
            return True
    return False


def _parts(expression: str) -> list[str]:
    """The parts of an expression that blanks stand between, outside of all brackets."""
    out = [""]
    depth = 0
    for piece in _PIECE.findall(expression):
        depth += (piece == "(?:") + (piece == "(") - (piece == ")")
        if depth or piece not in _SEPARATORS:
            out[-1] += piece
        else:
            out.append("")
    return out


def _words_of(part: str, after_blank: bool, before_blank: bool) -> Need:
    """A word of each string that a part can be, if each holds a word whose edges are sure."""
    words: set[str] = set()
    before, after = " " * after_blank, " " * before_blank
    for string in _Reader(part + ")").spelt() or (_ANY,):
        singles: list[str] = _SINGLE.findall(before + string + after)
        if singles:
            words.add(min(singles, key=_commonness))
        elif DIGIT in string:
            words.add(DIGIT)
        else:
            return frozenset()
    return frozenset(words)


class _Reader:
    """Reads an expression from left to right and spells out what it can match, stretch by stretch."""

    mark = " "

    def __init__(self, expression: str) -> None:
        self._text = expression.replace(_SEPARATORS[0], " ")
        self._at = 0

    def _item(self) -> list[str] | None:
        """A letter, class or group, as often as it may stand: all its strings, or None when those are too many."""
        if letters := _LETTERS.match(self._text, self._at):
            self._at = letters.end()
            return [letters[0]]
        char = self._text[self._at]
        self._at += 1
        strings = [char if char.isalnum() or char in "_ " else self.mark]
        if char == "(":
            self._at += 2 * self._text.startswith("?:", self._at)
            spelt = self.spelt()
            if spelt is None:
                return None
            strings = spelt
            self._at += 1
        elif char == "[":
            strings = [self._class()]
        elif char == "\\":
            escaped = self._text[self._at]
            self._at += 1
            strings = [_ESCAPED.get(escaped) or (_ANY if escaped.isalnum() else self.mark)]
        elif char == ".":
            strings = [_ANY]
        least, most = self._times()
        if most > 1 and strings not in ([" "], [self.mark]):
            strings = [s + _ANY for s in strings]
        return strings if least else ["", *strings]

    def spelt(self) -> list[str] | None:
        """All strings of an alternation up to its closing bracket, or None when they are too many."""
        if listed := _LIST.match(self._text, self._at):  # most are lists of plain words
            self._at = listed.end()
            return listed[0].split("|")
        out: list[str] = []
        branch = [""]
        while self._text[self._at] != ")":
            if self._text[self._at] == "|":
                self._at += 1
                out += branch
                branch = [""]
                continue
            strings = self._item()
            if strings is None or (len(branch) * len(strings) > _MOST and len(branch) > 1):
                return None
            branch = [a + b for a in branch for b in strings]
        return out + branch

    def _class(self) -> str:
        end = self._at + 1  # a bracket in the first place is a letter
        while self._text[end] != "]":
            end += 2 if self._text[end] == "\\" else 1
        letters = self._text[self._at : end].replace("\\s", " ")
        self._at = end + 1
        if re.fullmatch(r"[0-9]-[0-9]|\d+", letters):
            return DIGIT
        if letters[0] == "^" or re.search(r"[\w\\]", letters):
            return _ANY
        return " " if letters == " ," else self.mark

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


class _Beginnings(_Reader):
    """Reads what matches begin with, word by word; which words stood before is forgotten, or it would be too many."""

    mark = _MARK

    def __init__(self, expression: str) -> None:
        super().__init__(expression)
        self._places: tuple[set[str], ...] = tuple(set() for _ in range(AHEAD))
        self._sure = AHEAD  # so many places hold all words that can stand there
        self._goes_on: set[str] = set()  # first words that something may follow

    def opening(self) -> Opening | None:
        """See the function of that name."""
        # How many words are complete and the letters of the next, with the words that may be the only ones so far.
        begun: dict[tuple[int, str], set[str]] = {(-1, ""): set()}
        while begun and self._at < len(self._text):
            strings = self._item()
            after: dict[tuple[int, str], set[str]] = {}
            for (count, letters), only in begun.items():
                if strings is None:
                    self._cut(count, only)
                for string in strings or ():
                    self._step(count, letters, only, string, after)
            begun = after
        ends = begun.pop((1, ""), set())
        for (count, _), only in begun.items():
            self._cut(count, only)
        lone = ends - self._goes_on
        if ends > lone:
            self._sure = min(self._sure, 1)
        if self._sure < 1:
            return None
        places = (frozenset(words) if at < self._sure else None for at, words in enumerate(self._places))
        return Opening(frozenset(lone), (frozenset(self._places[0] - lone), *list(places)[1:]))

    def _step(
        self, count: int, letters: str, only: set[str], string: str, after: dict[tuple[int, str], set[str]]
    ) -> None:
        for piece in _STEP.findall(string):
            if piece in (_ANY, DIGIT):
                self._cut(count, only)
                return
            if piece not in (" ", _MARK):
                if count == 1 and not letters:
                    self._goes_on |= only
                    only = set()
                letters += piece
            elif letters:
                self._places[count].add(letters)
                if not count:
                    only = {letters}
                if not count and piece == _MARK:
                    self._goes_on.add(letters)
                count, letters = count + 1, ""
                if count == AHEAD:
                    return
            elif count < 0 and piece == " ":
                count = 0
            elif count < 1:
                self._sure = 0
                return
            elif piece == _MARK:
                self._goes_on |= only
        after.setdefault((count, letters), set()).update(only)

    def _cut(self, count: int, only: set[str]) -> None:
        """From here on anything may follow."""
        self._goes_on |= only
        self._sure = min(self._sure, 0 if count == 1 and not only.isdisjoint(_COMMON) else max(0, count))
