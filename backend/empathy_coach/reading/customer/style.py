"""How upset a sentence sounds, whatever it is about: hashed words, pairs and parts of words, and word valences.

The head is linear. What a word adds depends on the word alone, so it is looked up once and remembered.
Weights: ``upset.npz``, made by ``train.py``; provenance in ``UPSET.md``.
"""

from __future__ import annotations

import math
import re
import zlib
from array import array
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from operator import mul
from pathlib import Path

import numpy as np

BITS = 17
TOKEN = re.compile(r"[a-z']+|[!?]+|\d+")
_NEGATIONS = frozenset(
    (
        "not",
        "no",
        "never",
        "without",
        "nobody",
        "nothing",
        "cannot",
        "cant",
        "dont",
        "didnt",
        "isnt",
        "wasnt",
        "wont",
        "aint",
    )
)
_PIECE = re.compile("[A-Za-z]+")
_CAPITALS = re.compile("[A-Z]{3}")
_WEIGHTS = Path(__file__).with_name("upset.npz")
_REMEMBERED = 20_000  # words and pairs; enough for a language, and bounded


def bucket(gram: str) -> int:
    """The number of a gram's weight; the same on every machine."""
    return zlib.crc32(gram.encode("ascii")) & (1 << BITS) - 1


def word_grams(word: str) -> list[int]:
    """The buckets of a word and of its parts of four and five letters."""
    out = [bucket(word)]
    if word[0].isalpha():
        marked = f"<{word[:24]}>"
        out += [bucket("~" + marked[i : i + n]) for n in (4, 5) for i in range(len(marked) - n + 1)]
    return out


def pair_gram(first: str, second: str) -> int:
    """The bucket of two neighbouring words."""
    return bucket(f"{first} {second}")


def is_negation(token: str) -> bool:
    """Whether a word turns the next ones around."""
    return token in _NEGATIONS or token.endswith("n't")


def valence_features(values: list[float | None], negations: list[bool]) -> list[float]:
    """Praise and complaint by the words' valences (-4..4), turned around after a negation; six numbers of about 0..2."""
    good = bad = worst = 0.0
    for number, value in enumerate(values):
        if value is None:
            continue
        if True in negations[max(0, number - 3) : number]:
            value *= -0.6
        if value > 0:
            good += value
        else:
            bad -= value
            worst = max(worst, -value)
    refusals = min(sum(negations), 3)
    return [math.log1p(good), math.log1p(bad), good / (good + bad + 2), bad / (good + bad + 2), worst / 4, refusals / 3]


def shape_features(text: str, count: int, tokens: Container[str]) -> list[float]:
    """Marks, capitals, length, and who is spoken of; ``text`` is as written, ``count`` its number of tokens."""
    capitals = 0
    if _CAPITALS.search(text):
        capitals = sum(word.isupper() and len(word) > 2 and word != "NAME" for word in _PIECE.findall(text))
    return [
        math.log1p(count) / 4,
        float("?" in text),
        float("!" in text),
        float(capitals > 0),
        min(capitals, 5) / 5,
        float("you" in tokens or "your" in tokens or "u" in tokens),
        float("i" in tokens or "my" in tokens),
        float("thank" in text or "Thank" in text),
    ]


WordFacts = tuple[int, int, float | None, bool]  # weight, number of grams, valence, negation
SHAPE = 14  # valence and shape features together


class Style:
    """The head, ready to use."""

    def __init__(self, weights: np.ndarray, scale: float, dense: np.ndarray, bias: float, valence: Mapping[str, float]):
        """``weights`` are whole numbers to multiply by ``scale``; ``dense`` are for the valence and shape features."""
        self._weights = array("b", weights.astype(np.int8).tobytes())
        self._scale = scale
        self._dense = tuple(float(x) for x in dense)
        self._bias = bias
        self._valence = valence
        self._word = lru_cache(maxsize=_REMEMBERED)(self._word_facts)
        self._pair = lru_cache(maxsize=_REMEMBERED)(self._pair_weight)

    def _word_facts(self, word: str) -> WordFacts:
        grams = word_grams(word)
        return sum(self._weights[g] for g in grams), len(grams), self._valence.get(word), is_negation(word)

    def _pair_weight(self, first: str, second: str) -> int:
        return self._weights[pair_gram(first, second)]

    def logit(self, text: str, folded: str) -> float:
        """How upset a text sounds: about -5 (not at all) to 4. ``text`` as written, ``folded`` the same folded."""
        tokens = TOKEN.findall(folded)
        facts = list(map(self._word, tokens))
        return self._sound(text, tokens, facts, sum(map(self._pair, tokens, tokens[1:])))

    def logits(self, parts: Sequence[tuple[str, str]]) -> list[float]:
        """The same for each part (a sentence) and, last, for all parts together; words and pairs are looked up once."""
        word, pair = self._word, self._pair
        tokens = [TOKEN.findall(folded) for _, folded in parts]
        facts = [list(map(word, words)) for words in tokens]
        inner = [sum(map(pair, words, words[1:])) for words in tokens]
        out = [self._sound(*part) for part in zip((text for text, _ in parts), tokens, facts, inner, strict=True)]
        if len(parts) == 1:
            return out * 2
        said = [words for words in tokens if words]
        between = sum(pair(first[-1], second[0]) for first, second in pairwise(said))
        text = " ".join(text for text, _ in parts)
        every, known = list(chain.from_iterable(tokens)), list(chain.from_iterable(facts))
        return [*out, self._sound(text, every, known, sum(inner) + between)]

    def _sound(self, text: str, tokens: list[str], facts: list[WordFacts], pairs: int) -> float:
        """``pairs`` is the weight of the pairs of tokens, without those at the edges."""
        count = len(tokens) + 1
        total = pairs + self._pair("^", tokens[0]) + self._pair(tokens[-1], "$") if tokens else self._pair("^", "$")
        known = dict(zip(tokens, facts, strict=True))
        for value, grams, _, _ in known.values():
            total += value
            count += grams
        dense = valence_features([f[2] for f in facts], [f[3] for f in facts]) + shape_features(
            text, len(tokens), known
        )
        sound: float = total * self._scale / math.sqrt(count) + sum(map(mul, self._dense, dense)) + self._bias
        return sound


@lru_cache(maxsize=1)
def load_style() -> Style:
    """The shipped head. Reads its file once per process."""
    with np.load(_WEIGHTS) as data:
        valence = dict(
            zip(bytes(data["valence_words"]).decode("ascii").split(), (data["valence"] / 10).tolist(), strict=True)
        )
        return Style(data["weights"], float(data["scale"]), data["dense"], float(data["bias"]), valence)
