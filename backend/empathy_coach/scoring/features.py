"""What a sentence of a draft looks like, as named numbers of about 0..1.

Three groups: the cues in it (``cues.yaml``), its style, and how it relates to this customer's words. They mean the
same on any kind of text, which hashed words do not; see ``MODEL.md`` for what each group adds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from empathy_coach.domain import Conversation
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.customer.said import stem
from empathy_coach.reading.customer.style import load_style
from empathy_coach.reading.same import CONVERSATIONS
from empathy_coach.reading.vocabulary import WORD, rows_of

STYLE = (
    "you",
    "you_often",
    "i",
    "we",
    "question",
    "exclamation",
    "short",
    "length",
    "number",
    "past",
    "future",
    "negated",
    "link",
    "contrast",
    "capitals",
    "lower_start",
    "smile",
)
RELATED = (
    "shares_1",
    "shares_2",
    "shares_3",
    "share",
    "first",
    "position",
    "shares_with_you",
    "shares_in_past",
    "shares_first",
)
BUCKETS = 1 << 14
# ``shares_1`` to ``shares_3`` for none, one, two and three shared stems.
_SHARES = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (1.0, 1.0, 0.0), (1.0, 1.0, 1.0))
_YOU_AT, _PAST_AT, _NUMBER_AT = STYLE.index("you"), STYLE.index("past"), STYLE.index("number")

_YOU = frozenset("you your you're you've you'd you'll yours yourself youre".split())
_I = frozenset("i i'm i've i'd i'll my me im ive".split())
_WE = frozenset("we we're we've we'll we'd our us".split())
_PAST = re.compile(
    r"\b(?:was|were|had|did|been|[a-z]{3,}ed|came|went|got|told|said|left|lost|paid|found|took|kept|sat|stood)\b"
)
_FUTURE = re.compile(r"'ll\b|\bwill\b|\bgoing to\b")
_NEGATED = re.compile(r"\b(?:not|no|never|nobody|nothing|without|cannot)\b|n't\b")
_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile(r"\d+")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
_UPPER = re.compile(r"[^\W\d_a-z]{3}")
_SMILE = re.compile(r"[:;]-?[)D]")
_EMPTY = frozenset(
    "a an the and or but if then so of to in on at by for with from as is are was were be been being am it its it's this that "
    "these those i me my mine we us our ours you your yours he she they them their his her do does did have has had not no yes "
    "can could will would should shall may might must just very really too also there here what which who whom when where why "
    "how all any some more most other than into out up down over again only own same don't now get got go going one about after "
    "before because until while please thank thanks hi hello dear regards sorry i'm i've i'll you're you've we've we're".split()
)


class Look(NamedTuple):
    """What one sentence looks like by itself: the ``STYLE`` numbers, the buckets of its words and pairs of words, the
    rows of its words in the vocabulary, the stems of the words that carry meaning, how hostile it sounds (log-odds),
    and how many words, numbers and words in capitals there are.
    """

    style: tuple[float, ...]
    buckets: tuple[int, ...]
    known: tuple[int, ...]
    stems: frozenset[str]
    harsh: float
    counts: tuple[int, int, int]


@lru_cache(maxsize=4096)  # an edit in one sentence costs one sentence
def look(text: str) -> Look:
    """Look at one sentence."""
    low = fold(text).text
    words = WORD.findall(low)
    style = _style(text, low, words)
    return Look(
        style,
        _buckets(words),
        rows_of(words),
        _stems(words),
        load_style().logit(text, low),
        (
            len(text.split()),
            len(_NUMBER.findall(text)) if style[_NUMBER_AT] else 0,
            len(_SHOUTED.findall(text)) if _UPPER.search(text) else 0,
        ),
    )


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    """Stems of the words of a text that carry meaning."""
    return _stems(WORD.findall(fold(text).text))


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(map(_stem, words)) - {""}


@lru_cache(maxsize=20_000)  # enough for a language, and bounded
def _stem(word: str) -> str:
    """The stem of a word that carries meaning, or nothing."""
    return stem(word) if word not in _EMPTY and (len(word) > 2 or word.isdigit()) else ""


@lru_cache(maxsize=CONVERSATIONS)
def customer_stems(conversation: Conversation) -> frozenset[str]:
    """Stems of what the customer wrote, in all messages."""
    return frozenset().union(*map(stems, conversation.customer_texts))


def _style(text: str, low: str, words: Sequence[str]) -> tuple[float, ...]:
    there = set(words)
    yours = 0 if there.isdisjoint(_YOU) else sum(w in _YOU for w in words)
    return (
        float(yours > 0),
        float(yours > 1),
        float(not there.isdisjoint(_I)),
        float(not there.isdisjoint(_WE)),
        float("?" in text),
        float("!" in text),
        float(len(words) < 5),
        min(1.5, len(words) / 20),
        float(bool(_DIGIT.search(low)) if text.isascii() else any(map(str.isdigit, text))),
        float(bool(_PAST.search(low))),
        float(("ll" in low or "going to" in low) and bool(_FUTURE.search(low))),
        float(bool(_NEGATED.search(low))),
        float("http" in low or "@" in low),
        float(" but " in low),
        float(bool(_UPPER.search(text)) and any(w.isupper() and len(w) > 2 and w.isalpha() for w in text.split())),
        float(text[:1].islower()),
        float(bool(_SMILE.search(text))),
    )


def related(seen: Look, position: int, count: int, customer: frozenset[str]) -> tuple[float, ...]:
    """The ``RELATED`` numbers: what a sentence shares with the customer's words, and where it stands."""
    style, stems = seen.style, seen.stems
    shared = len(stems & customer)
    one, two, three = _SHARES[min(shared, 3)]
    first = 0.0 if position else 1.0
    return (
        one,
        two,
        three,
        shared / max(3, len(stems)),
        first,
        position / (count - 1) if count > 1 else 0.0,
        one * style[_YOU_AT],
        one * style[_PAST_AT],
        two * first,
    )


def _buckets(words: Sequence[str]) -> tuple[int, ...]:
    """Buckets of words and pairs of words; the same on every machine."""
    raw = [word.encode("ascii") for word in words]
    return tuple([crc32(gram) & (BUCKETS - 1) for gram in (*raw, *map(b" ".join, pairwise(raw)))])
