"""How much a sentence of a customer calls for an acknowledgement, by what its words mean.

It hears what no list of patterns has: a burden that is told and not named ("I've got a newborn and no hot water"). The
head is linear, a weight for each word of the vocabulary. Weights: ``burden.npz``, made by ``train.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from empathy_coach.reading.vocabulary import WORD, numbers

_WEIGHTS = Path(__file__).with_name("burden.npz")


class Burden:
    """The head, ready to use."""

    def __init__(self, weights: Iterable[float], bias: float) -> None:
        """``weights`` are of the words of the vocabulary, in its order."""
        self._weights = dict(zip(numbers(), weights, strict=True))
        self._bias = bias

    def logit(self, folded: str) -> float:
        """Log-odds that something in a sentence asks to be acknowledged."""
        known = [self._weights[word] for word in WORD.findall(folded) if word in self._weights]
        return self._bias + sum(known) / math.sqrt(max(1, len(known)))


@lru_cache(maxsize=1)
def load_burden() -> Burden:
    """The shipped head. Reads its file once per process."""
    with np.load(_WEIGHTS) as data:
        return Burden((data["weights"] * float(data["scale"])).tolist(), float(data["bias"]))
