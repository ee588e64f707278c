"""What a sentence of a draft looks like, as named numbers of about 0..1.

Three groups: the cues in it (``cues.yaml``), its style, and how it relates to this customer's words. They mean the
same on any kind of text, which hashed words do not; see ``MODEL.md`` for what each group adds.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from empathy_coach.domain import Message, Sentence
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.customer.said import stem

Vector = np.ndarray[tuple[int], np.dtype[np.float32]]

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

_WORD = re.compile(r"[a-z0-9$]+(?:'[a-z]+)?")
_YOU = frozenset("you your you're you've you'd you'll yours yourself youre".split())
_I = frozenset("i i'm i've i'd i'll my me im ive".split())
_WE = frozenset("we we're we've we'll we'd our us".split())
_PAST = re.compile(
    r"\b(?:was|were|had|did|been|[a-z]{3,}ed|came|went|got|told|said|left|lost|paid|found|took|kept|sat|stood)\b"
)
_FUTURE = re.compile(r"'ll\b|\bwill\b|\bgoing to\b")
_NEGATED = re.compile(r"\b(?:not|no|never|nobody|nothing|without|cannot)\b|n't\b")
_SMILE = re.compile(r"[:;]-?[)D]")
_EMPTY = frozenset(
    "a an the and or but if then so of to in on at by for with from as is are was were be been being am it its it's this that "
    "these those i me my mine we us our ours you your yours he she they them their his her do does did have has had not no yes "
    "can could will would should shall may might must just very really too also there here what which who whom when where why "
    "how all any some more most other than into out up down over again only own same don't now get got go going one about after "
    "before because until while please thank thanks hi hello dear regards sorry i'm i've i'll you're you've we've we're".split()
)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text).text)


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(s for s in map(_stem, words(text)) if s)


@lru_cache(maxsize=20_000)  # enough for a language, and bounded
def _stem(word: str) -> str:
    """The stem of a word that carries meaning, or nothing."""
    return stem(word) if word not in _EMPTY and (len(word) > 2 or word.isdigit()) else ""


def customer_stems(messages: Sequence[Message]) -> frozenset[str]:
    """Stems of what the customer wrote, in all messages."""
    return frozenset().union(*(stems(m.text) for m in messages if m.role == "customer"))


def style(text: str) -> list[float]:
    """The ``STYLE`` numbers of one sentence."""
    low = fold(text).text
    tokens = _WORD.findall(low)
    yours = sum(t in _YOU for t in tokens)
    return [
        float(yours > 0),
        float(yours > 1),
        float(any(t in _I for t in tokens)),
        float(any(t in _WE for t in tokens)),
        float("?" in text),
        float("!" in text),
        float(len(tokens) < 5),
        min(1.5, len(tokens) / 20),
        float(any(c.isdigit() for c in text)),
        float(bool(_PAST.search(low))),
        float(bool(_FUTURE.search(low))),
        float(bool(_NEGATED.search(low))),
        float("http" in low or "@" in low),
        float(" but " in low),
        float(any(w.isupper() and len(w) > 2 and w.isalpha() for w in text.split())),
        float(text[:1].islower()),
        float(bool(_SMILE.search(text))),
    ]


def related(
    sentence: Sentence, position: int, count: int, customer: frozenset[str], base: Sequence[float]
) -> list[float]:
    """The ``RELATED`` numbers: what the sentence shares with the customer's words, and where it stands."""
    own = stems(sentence.span.quote)
    shared = len(own & customer)
    you, past = base[STYLE.index("you")], base[STYLE.index("past")]
    first = float(position == 0)
    return [
        float(shared >= 1),
        float(shared >= 2),
        float(shared >= 3),
        shared / max(3, len(own)),
        first,
        position / (count - 1) if count > 1 else 0.0,
        float(shared >= 1) * you,
        float(shared >= 1) * past,
        float(shared >= 2) * first,
    ]


def grams(text: str) -> list[int]:
    """Buckets of words and pairs of words; the same on every machine."""
    tokens = words(text)
    pairs = [f"{a} {b}" for a, b in pairwise(tokens)]
    return [zlib.crc32(g.encode("ascii")) & (BUCKETS - 1) for g in (*tokens, *pairs)]
