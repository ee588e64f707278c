"""Small linear heads: what a sentence does, and how the evidence adds up. numpy only; weights in ``weights.npz``.

Made by ``training/train.py``; provenance, licences and measures in ``MODEL.md``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from empathy_coach.domain import Cue
from empathy_coach.scoring.features import RELATED, STYLE, grams, style

SENTENCE_HEADS = ("acknowledges", "steps", "faulty", "polite")
_WEIGHTS = Path(__file__).with_name("weights.npz")

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class TextSide:
    """What a sentence gives whatever it answers: ``base`` are cues and style, ``grams`` the sums per head."""

    base: Floats
    grams: Floats
    count: int


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic model over named numbers."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def logit(self, values: Mapping[str, float]) -> float:
        """Log-odds; a name that is not there counts as 0."""
        return self.bias + sum(w * values.get(n, 0.0) for n, w in zip(self.names, self.weights, strict=True))


def sigmoid(x: float) -> float:
    """The logistic function, safe at both ends."""
    return 1 / (1 + math.exp(-x)) if x > -60 else 0.0


class Heads:
    """All weights. ``names`` are the sentence features (cue names, then STYLE, then RELATED)."""

    def __init__(
        self, names: Sequence[str], dense: Floats, bias: Floats, gram_weights: Floats, models: Mapping[str, Linear]
    ) -> None:
        """``dense`` is (features, heads), ``gram_weights`` is (buckets, heads)."""
        self.names = tuple(names)
        self.models = dict(models)
        self._dense = dense
        self._bias = bias
        self._grams = gram_weights
        count = len(self.names) - len(STYLE) - len(RELATED)
        self._cue_at = {name: i for i, name in enumerate(self.names[:count])}
        self._cues = count
        self.text_side = lru_cache(maxsize=4096)(self._text_side)

    @classmethod
    def of_models(cls, models: Mapping[str, Linear]) -> Heads:
        """Heads that only add up evidence; for making and testing models."""
        width = len(STYLE) + len(RELATED)
        heads = len(SENTENCE_HEADS)
        nothing = np.zeros(heads, dtype=np.float32)
        dense = np.zeros((width, heads), dtype=np.float32)
        return cls((*STYLE, *RELATED), dense, nothing, np.zeros((1, heads), dtype=np.float32), models)

    def _text_side(self, text: str, cues: tuple[Cue, ...]) -> TextSide:
        base = np.zeros(self._cues + len(STYLE), dtype=np.float32)
        for cue in cues:
            at = self._cue_at.get(cue.name)
            if at is not None:
                base[at] = 1.0
        base[self._cues :] = style(text)
        buckets = grams(text)
        sums = self._grams[buckets].sum(axis=0) if buckets else np.zeros(len(SENTENCE_HEADS), dtype=np.float32)
        return TextSide(base, sums, len(buckets))

    def sentence_logits(self, side: TextSide, relation: Sequence[float]) -> Floats:
        """Log-odds of the four sentence heads."""
        features = np.concatenate([side.base, np.asarray(relation, dtype=np.float32)])
        logits: Floats = features @ self._dense + self._bias + side.grams / math.sqrt(max(1, side.count))
        return logits

    def polite_logit(self, sides: Sequence[TextSide]) -> float:
        """Politeness of a whole text; sums over sentences and words, divided by the root of their number."""
        if not sides:
            return 0.0
        head = SENTENCE_HEADS.index("polite")
        together = np.sum([s.base for s in sides], axis=0) / math.sqrt(len(sides))
        count = sum(s.count for s in sides)
        words = sum(float(s.grams[head]) for s in sides) / math.sqrt(max(1, count))
        return float(together @ self._dense[: len(together), head] + self._bias[head]) + words


@lru_cache(maxsize=1)
def load_heads() -> Heads:
    """The shipped weights. Reads its file once per process."""
    with np.load(_WEIGHTS) as data:
        about = json.loads(bytes(data["about"]).decode())
        models = {
            name: Linear(tuple(m["names"]), tuple(m["weights"]), m["bias"]) for name, m in about["models"].items()
        }
        return Heads(
            about["names"],
            data["dense"].astype(np.float32),
            data["bias"].astype(np.float32),
            data["grams"].astype(np.float32) * data["gram_scale"].astype(np.float32),
            models,
        )
