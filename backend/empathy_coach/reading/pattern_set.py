"""Many patterns looked for at once in a text: only where the words stand that one of them begins with.

A text is cut at the marks that end a sentence, which hardly any pattern reaches across; what was found in such a
piece is remembered, so that an edit costs one piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

import re2

from empathy_coach.reading.cleaning import Folded
from empathy_coach.reading.gate import AHEAD, DIGIT, MOST_NEEDS, needs, opening
from empathy_coach.reading.patterns import PatternError, options

# Pattern number, start, end: in offsets of the folded text.
Match = tuple[int, int, int]
# The numbers of the patterns that stand in a text, as often as each does, and start and end of each, all in one row:
# thousands of pieces are remembered, and a pair for each match would be millions of things to keep.
Matches = tuple[tuple[int, ...], tuple[int, ...]]
_Search = Callable[[object, bytes, int, int], list[tuple[int, int]]]
_ANYWHERE = re2._Anchor.UNANCHORED
_HERE = re2._Anchor.ANCHOR_START
_MAX_MATCHES = 20  # of one pattern in one text; find-all can be quadratic without a cap
_REMEMBERED = 4096  # pieces of text; a long draft has two hundred
_PIECE = re.compile(r"[^.!?;:]+")
_WORD = re.compile(r"([a-z0-9_]+)")  # in a group, so that splitting at the words keeps them
_DIGIT = re.compile("[0-9]")
# Rule sets differ in a few patterns: the others are one object in all of them, and go when no set needs them.
_in_use: WeakValueDictionary[str, Any] = WeakValueDictionary()
# What is left of an expression without what never meets a piece's end; then: what may meet it.
_WITHIN = re.compile(r"\(\?:|\[\^\\s\.!\?;:\]|\\[sb]|\\[^.!?;:\w]")
_ACROSS = re.compile(r"[.!;:^$\\]|\[[^\]]*[?]")


class _Word(NamedTuple):
    """What a word says of the patterns; whole numbers are sets of patterns, one bit for each.

    ``lone`` are patterns that are just this word, ``first`` to ``third`` those that may have it in that place.
    """

    lone: tuple[int, ...]
    first: int
    second: int
    third: int


class _Finder:
    """Finds patterns in one piece of text."""

    def __init__(self, search: Sequence[_Search], expressions: Sequence[str], numbers: Sequence[int]) -> None:
        self._search = search
        self._anywhere = 0
        lone: dict[str, list[int]] = {}
        masks: list[dict[str, int]] = [{} for _ in range(AHEAD + MOST_NEEDS)]
        free = [0] * len(masks)  # patterns that ask for nothing in a place
        for number in numbers:
            bit = 1 << number
            begin = opening(expressions[number])
            for word in begin.lone if begin else ():
                lone.setdefault(word, []).append(number)
            if begin and not begin.places[0]:
                continue
            places = begin.places if begin else (frozenset(),) * AHEAD
            wanted = needs(expressions[number])
            for at, words in enumerate((*places, *wanted, *(None for _ in range(MOST_NEEDS - len(wanted))))):
                if words is None:
                    free[at] |= bit
                for word in words or ():
                    masks[at][word] = masks[at].get(word, 0) | bit
            if not begin:
                self._anywhere |= bit
        openings, needed = masks[:AHEAD], masks[AHEAD:]
        self._free = (free[AHEAD], free[AHEAD + 1], free[AHEAD + 2])
        # Patterns that have a word among their first, second and third necessary words.
        self._needed: dict[str, tuple[int, int, int]] = {}
        for word in {word for mask in needed for word in mask}:
            one, two, three = (mask.get(word, 0) for mask in needed)
            self._needed[word] = one, two, three
        self._unknown = _Word((), 0, free[1], free[2])
        self._words: dict[str, _Word] = {}
        same: dict[int, int] = {}  # equal sets are one object: together they fill less of the processor's cache
        for word in {*lone, *(word for mask in openings for word in mask)}:
            first, second, third = (mask.get(word, 0) for mask in openings)
            second, third = second | free[1], third | free[2]
            sets = (same.setdefault(mask, mask) for mask in (first, second, third))
            self._words[word] = _Word(tuple(lone.get(word, ())), *sets)

    def find(self, text: str) -> Matches | None:
        """The patterns that stand in it, and where."""
        parts = _WORD.split(text)
        words = parts[1::2]
        there = self._there(words, text)
        known, unknown = self._words, self._unknown
        said = [known.get(word, unknown) for word in words]
        said += unknown, unknown
        numbers: list[int] = []
        bounds: list[int] = []
        free: dict[int, int] = {}  # where the next match of a pattern may begin
        starts: list[int] = []
        raw = text.encode("ascii")
        size = len(raw)
        for at, (lone, first, _, _) in enumerate(said):
            begin = first & there
            if begin:
                begin &= said[at + 1][2] & said[at + 2][3]
            if not begin and not lone:
                continue
            starts = starts or list(accumulate(map(len, parts)))[::2]
            place = starts[at]
            for number in lone:
                if free.get(number, 0) <= place:
                    free[number] = end = place + len(words[at])
                    numbers.append(number)
                    bounds += place, end
            while begin:
                lowest = begin & -begin
                begin ^= lowest
                number = lowest.bit_length() - 1
                if free.get(number, 0) <= place:
                    start, end = self._search[number](_HERE, raw, place, size)[0]
                    free[number] = end if start >= 0 else place + 1
                    if start >= 0:
                        numbers.append(number)
                        bounds += start, end
        for number in _bits(self._anywhere & there):
            for span in _everywhere(self._search[number], raw):
                numbers.append(number)
                bounds += span
        return (tuple(numbers), tuple(bounds)) if numbers else None

    def _there(self, words: Sequence[str], text: str) -> int:
        """The patterns whose necessary words all stand in the text."""
        one, two, three = self._free
        needed = self._needed
        for word in (*words, DIGIT) if _DIGIT.search(text) else words:
            if word in needed:
                a, b, c = needed[word]
                one |= a
                two |= b
                three |= c
        return one & two & three


def _bits(numbers: int) -> Iterator[int]:
    """The numbers of the bits that are set, rising."""
    while numbers:
        lowest = numbers & -numbers
        yield lowest.bit_length() - 1
        numbers ^= lowest


class Found:
    """Where the patterns of a set stand in one text. ``numbers`` are those that do."""

    def __init__(self, places: Mapping[int, Sequence[tuple[int, Sequence[int], int]]]) -> None:
        """For each match of each pattern: where its piece begins, the bounds of all matches there, and its own in them."""
        self._places = places
        self.numbers: frozenset[int] = frozenset(places)

    def spans(self, number: int) -> list[tuple[int, int]]:
        """Where one pattern stands, at most 20 times."""
        places = self._places.get(number, ())
        return [(begin + bounds[at], begin + bounds[at + 1]) for begin, bounds, at in places[:_MAX_MATCHES]]


class PatternSet:
    """Many patterns, each found wherever it stands in a text."""

    def __init__(self, expressions: Sequence[str]) -> None:
        """Build from RE2 expressions (see ``compile_pattern``). Raises PatternError when RE2 refuses one."""
        self._expressions = expressions
        search = [_compiled(expression) for expression in expressions]
        across = {n for n, expression in enumerate(expressions) if _ACROSS.search(_WITHIN.sub("", expression))}
        # So few that looking for each in the whole text costs less than looking up its words.
        self._across = [(n, search[n]) for n in sorted(across)]
        within = _Finder(search, expressions, [n for n in range(len(expressions)) if n not in across])
        self._in_piece = lru_cache(maxsize=_REMEMBERED)(within.find)

    def __reduce__(self) -> tuple[type[PatternSet], tuple[Sequence[str]]]:
        """What another process makes the same set of."""
        return PatternSet, (self._expressions,)

    def look(self, folded: Folded) -> Found:
        """Where they stand in a text."""
        places: dict[int, list[tuple[int, Sequence[int], int]]] = {}
        in_piece = self._in_piece
        for piece in _PIECE.finditer(folded.text):
            if inside := in_piece(piece.group()):
                begin = piece.start()
                numbers, bounds = inside
                for at, number in enumerate(numbers):
                    place = begin, bounds, 2 * at
                    if number in places:
                        places[number].append(place)
                    else:
                        places[number] = [place]
        for number, search in self._across:
            if spans := _everywhere(search, folded.raw):
                places[number] = [(0, span, 0) for span in spans]
        return Found(places)

    def which(self, folded: Folded) -> list[int]:
        """The numbers of the patterns that match, rising."""
        return sorted(self.look(folded).numbers)

    def matches(self, folded: Folded) -> list[Match]:
        """Every match, pattern by pattern, at most 20 of each."""
        found = self.look(folded)
        return [(number, start, end) for number in sorted(found.numbers) for start, end in found.spans(number)]


class FewPatterns:
    """The same for a few fixed patterns: so few that RE2 soon knows all their states, and one pass is cheaper."""

    def __init__(self, expressions: Sequence[str]) -> None:
        """Build from RE2 expressions."""
        self._each = [_compiled(expression) for expression in expressions]
        self._set = re2.Set.SearchSet(options())
        for expression in expressions:
            self._set.Add(expression)
        self._set.Compile()

    def which(self, folded: Folded) -> list[int]:
        """The numbers of the patterns that match, rising."""
        return sorted(self._set.Match(folded.raw) or ())

    def matches(self, folded: Folded) -> list[Match]:
        """Every match, pattern by pattern, at most 20 of each."""
        found = self.which(folded)
        return [(number, start, end) for number in found for start, end in _everywhere(self._each[number], folded.raw)]


def _compiled(expression: str) -> _Search:
    regexp = _in_use.get(expression)
    if regexp is None:
        try:
            regexp = re2.compile(expression.encode("ascii"), options=options())._regexp
        except re2.error as error:
            raise PatternError(f"too large or not understood: {error}") from error
        _in_use[expression] = regexp
    # The wrapper's own search makes a generator and a match object, which costs more than the search.
    search: _Search = regexp.Match
    return search


def _everywhere(search: _Search, raw: bytes) -> list[tuple[int, int]]:
    size = len(raw)
    found: list[tuple[int, int]] = []
    at = 0
    while len(found) < _MAX_MATCHES:
        start, end = search(_ANYWHERE, raw, at, size)[0]
        if start < 0:
            break
        found.append((start, end))
        at = end
    return found
