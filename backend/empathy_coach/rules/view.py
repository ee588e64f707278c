"""One draft as the rules see it: which patterns match, and where in the sentences that are judged."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from empathy_coach.domain import Act, Conversation, Place, Reading, Sentence, Signal, Span
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.same import CONVERSATIONS, Same
from empathy_coach.rules.index import Index
from empathy_coach.rules.rule import Edge, Where

_NUMBERED = (
    "order|ref|booking|account|ticket|case|invoice|tracking|policy|meter|serial|member|customer|contract|parcel|claim|"
    "reservation|req|#"
)
_MACHINE = "android|ios|windows|macos|chrome|firefox|safari|edge|iphone|ipad|galaxy|pixel"
_SORTS = {
    "email": re.compile(r"[\w.+-]+@"),
    "phone": re.compile(r"[+0][\d ()-]{8,}$"),
    "number": re.compile(rf"(?:{_NUMBERED})[^.]*\d{{3}}|\d{{5,}}$|(?=[a-z-]*\d)[a-z0-9]+-[a-z0-9-]{{2,}}$"),
    "address": re.compile(r"\d{1,5}[a-z]? [a-z]+ [a-z]|[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}$"),
    "version": re.compile(rf"(?:version|v) ?\d|\d+\.\d+|(?:{_MACHINE})"),
    "steps": re.compile(r"(?:i|we)(?:'ve| have)? "),
}
_CAPITALS = re.compile("[A-Z]{2}")
_EDGE = 2  # sentences that count as the opening or the ending


class Hit(NamedTuple):
    """Where a rule fires: offsets in the draft, or a place where something is missing."""

    start: int = -1
    end: int = -1
    place: Place | None = None


class View:
    """Looks at one reading with one index. Offsets are code points of the draft as written."""

    def __init__(self, reading: Reading, index: Index) -> None:
        """Run the draft's set once over the draft."""
        self.reading = reading
        self.sentences: Sequence[Sentence] = reading.own.sentences
        self.index = index
        self._starts = [s.span.start for s in self.sentences]
        text = reading.draft.text
        for part in reversed(reading.own.skipped):
            # ";" breaks every pattern and every gap, and keeps the offsets.
            text = text[: part.span.start] + ";" * (part.span.end - part.span.start) + text[part.span.end :]
        self.text = text
        self._folded = fold(text)
        self._found = index.draft.look(self._folded)
        self.matched: frozenset[int] = self._found.numbers if self.sentences else frozenset()

    def anywhere(self, number: int) -> list[tuple[int, int]]:
        """All places of a pattern, greeting and sign-off included."""
        spans = self._found.spans(number) if number in self.matched else []
        return spans if self._folded.origin is None else [self._folded.back(*span) for span in spans]

    def judged(self, number: int, also_in: frozenset[Edge] = frozenset()) -> Iterator[tuple[int, int]]:
        """The places of a pattern that lie inside one judged sentence, or in the greeting or sign-off if asked."""
        edges = [edge for name, edge in self._edges if name in also_in] if also_in else ()
        for start, end in self.anywhere(number):
            at = bisect_right(self._starts, start) - 1
            inside = at >= 0 and end <= self.sentences[at].span.end
            if inside or any(edge.start <= start and end <= edge.end for edge in edges):
                yield start, end

    @cached_property
    def _edges(self) -> list[tuple[Edge, Span]]:
        own = self.reading.own
        edges: list[tuple[Edge, Span | None]] = [("greeting", own.greeting), ("sign_off", own.sign_off)]
        return [(name, span) for name, span in edges if span]

    @cached_property
    def has_capitals(self) -> bool:
        """Whether two capitals stand together anywhere."""
        return _CAPITALS.search(self.text) is not None

    def area(self, at: int) -> Span:
        """The sentence, greeting or sign-off that holds the offset ``at``."""
        number = bisect_right(self._starts, at) - 1
        if number >= 0 and at < self.sentences[number].span.end:
            return self.sentences[number].span
        return next(span for _, span in self._edges if span.start <= at < span.end)

    def found(
        self, find: Iterable[int], unless: Iterable[int], also_in: frozenset[Edge] = frozenset()
    ) -> list[tuple[int, int]]:
        """Places of ``find`` that no place of ``unless`` overlaps; of nested places the longest."""
        matched = self.matched
        places = [place for number in find if number in matched for place in self.judged(number, also_in)]
        if not places:
            return []
        places = self.without(places, unless)
        if len(places) < 2:
            return places
        places.sort(key=lambda p: (p[0], -p[1]))
        kept: list[tuple[int, int]] = []
        for place in places:
            if not kept or place[0] >= kept[-1][1]:
                kept.append(place)
            elif place[1] > kept[-1][1]:
                kept[-1] = (kept[-1][0], place[1])
        return kept

    def without(self, places: Iterable[tuple[int, int]], unless: Iterable[int]) -> list[tuple[int, int]]:
        """``places`` but those that a place of ``unless`` overlaps."""
        matched = self.matched
        excepted = [place for number in unless if number in matched for place in self.anywhere(number)]
        if not excepted:
            return list(places)
        return [p for p in places if not any(p[0] < e[1] and e[0] < p[1] for e in excepted)]

    def starts_sentence(self, start: int) -> bool:
        """Whether nothing but marks stands before these words in their sentence."""
        return not any(c.isalnum() for c in self.text[self.area(start).start : start])

    def sentence_says(self, at: int, numbers: Iterable[int]) -> bool:
        """Whether one of these patterns stands in the sentence that holds the offset ``at``."""
        span = self.area(at)
        return any(span.start <= s and e <= span.end for number in numbers for s, e in self.anywhere(number))

    def says_when(self, at: int) -> bool:
        """Whether the judged sentence that holds the offset ``at`` names a day or a time: the cue ``when``."""
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and any(cue.name == "when" for cue in self.sentences[number].cues)

    def is_whole_sentence(self, start: int, end: int) -> bool:
        """Whether these words are all that their sentence holds."""
        span = self.area(start)
        return not any(c.isalnum() for c in self.text[span.start : start] + self.text[end : span.end])

    def customer_said(self, start: int, end: int) -> bool:
        """Whether the customer used these words too: then they are the customer's language."""
        words = fold(self.text[start:end]).text
        whole = re.compile(rf"\b{re.escape(words)}\b")
        return any(words in said and whole.search(said) for said in _folded_texts(self.reading.conversation))

    def stands_in(self, number: int, where: Where) -> bool:
        """Whether a pattern stands in that part of the draft."""
        if number not in self.matched or where == "anywhere":
            return number in self.matched
        if where == "opening":
            limit = self.sentences[:_EDGE][-1].span.end
            return any(start < limit for start, _ in self.anywhere(number))
        limit = self.sentences[-_EDGE:][0].span.start
        return any(end > limit for _, end in self.anywhere(number))

    def has_act(self, acts: frozenset[Act], where: Where) -> bool:
        """Whether a sentence in that part of the draft does one of ``acts``."""
        if not acts:
            return False
        own = self.reading.own
        if ("greeting" in acts and own.greeting) or ("sign_off" in acts and own.sign_off):
            return True
        part = {"anywhere": self.sentences, "opening": self.sentences[:_EDGE], "ending": self.sentences[-_EDGE:]}[where]
        return any(sentence.acts & acts for sentence in part)

    @cached_property
    def customer_says(self) -> frozenset[int]:
        """The numbers of the customer patterns that match any of the customer's messages."""
        return self.index.said_in(self.reading.conversation)

    @cached_property
    def customer_shows(self) -> frozenset[str]:
        """The kinds of signal that the customer's messages show."""
        return _kinds(Same(self.reading.customer.signals))

    @cached_property
    def customer_gave(self) -> frozenset[str]:
        """What sorts of fact the customer has given already."""
        return _gave(Same(self.reading.customer.given))

    @cached_property
    def first_reply(self) -> bool:
        """Whether no agent has written yet."""
        return not self.reading.conversation.agent_texts


@lru_cache(maxsize=CONVERSATIONS)
def _folded_texts(conversation: Conversation) -> tuple[str, ...]:
    """What the customer has written, folded."""
    return tuple(fold(text).text for text in conversation.customer_texts)


@lru_cache(maxsize=CONVERSATIONS)
def _kinds(signals: Same[tuple[Signal, ...]]) -> frozenset[str]:
    return frozenset(signal.kind for signal in signals.it)


@lru_cache(maxsize=CONVERSATIONS)
def _gave(given: Same[tuple[tuple[int, Span], ...]]) -> frozenset[str]:
    return frozenset(sort for _, span in given.it for sort in sorts(span.quote))


def sorts(given: str) -> Iterator[str]:
    """What sorts of fact a piece of text may be that the customer reading calls a given fact: ``rule.Given``."""
    plain = fold(given).text
    for sort, pattern in _SORTS.items():
        if pattern.match(plain):
            yield sort
