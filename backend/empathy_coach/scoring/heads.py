"""Small linear heads: what a sentence does, and how the evidence adds up. numpy only; weights in ``weights.npz``.

Made by ``training/train.py``; provenance, licences and measures in ``MODEL.md``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from pathlib import Path

import numpy as np

from empathy_coach.domain import FAULTS, Fault
from empathy_coach.scoring.features import RELATED, STYLE, Look

# What a sentence may be heard as. The other two faults are a matter of rules alone: known phrases, and counting.
HEARD: tuple[Fault, ...] = tuple(fault for fault in FAULTS if fault not in ("stock_phrase", "over_apology"))
SENTENCE_HEADS = ("acknowledges", "steps", "faulty", "polite", *HEARD)
_WEIGHTS = Path(__file__).with_name("weights.npz")

Floats = np.ndarray[tuple[int, ...], np.dtype[np.floating]]


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
        self,
        names: Sequence[str],
        dense: Floats,
        bias: Floats,
        gram_weights: Floats,
        word_weights: Floats,
        models: Mapping[str, Linear],
    ) -> None:
        """``dense`` is (features, heads), ``gram_weights`` (buckets, heads), ``word_weights`` (vocabulary, heads)."""
        self.names = tuple(names)
        self.models = dict(models)
        cues = len(self.names) - len(STYLE) - len(RELATED)
        self._cue_at = {name: i for i, name in enumerate(self.names[:cues])}
        self._cues, self._style, self._related = np.split(dense.astype(np.float64), [cues, cues + len(STYLE)])
        self._bias = bias.astype(np.float64)
        self._grams = gram_weights.astype(np.float64)
        self._words = word_weights.astype(np.float64)

    @classmethod
    def of_models(cls, models: Mapping[str, Linear]) -> Heads:
        """Heads that only add up evidence; for making and testing models."""
        width = len(STYLE) + len(RELATED)
        heads = len(SENTENCE_HEADS)
        nothing = np.zeros(heads, dtype=np.float32)
        dense = np.zeros((width, heads), dtype=np.float32)
        none = np.zeros((1, heads), dtype=np.float32)
        return cls((*STYLE, *RELATED), dense, nothing, none, none, models)

    def logits(
        self, looks: Sequence[Look], cues: Sequence[Iterable[str]], relations: Sequence[Sequence[float]]
    ) -> tuple[list[list[float]], float]:
        """Log-odds of the sentence heads for each sentence of a text, and politeness of the whole.

        ``cues`` are the names of each sentence's cues, each once. All sentences go through numpy together: a call for
        each of them would cost more than the sums.
        """
        if not looks:
            return [], 0.0
        text = np.array([look.style for look in looks]) @ self._style
        text += _sums(self._cues, [[self._cue_at[name] for name in names if name in self._cue_at] for names in cues])
        counts = np.array([(max(1, len(look.buckets)), max(1, len(look.known))) for look in looks])
        grams = _sums(self._grams, [look.buckets for look in looks])
        logits = text + np.array(relations) @ self._related + self._bias + grams / np.sqrt(counts[:, :1])
        logits += _sums(self._words, [look.known for look in looks]) / np.sqrt(counts[:, 1:])
        # Politeness: sums over all sentences and all words, divided by the root of their number.
        head = SENTENCE_HEADS.index("polite")
        words = max(1, sum(len(look.buckets) for look in looks))
        polite = (
            text[:, head].sum() / math.sqrt(len(looks)) + self._bias[head] + grams[:, head].sum() / math.sqrt(words)
        )
        return logits.tolist(), float(polite)


def _sums(table: Floats, pieces: Sequence[Sequence[int]]) -> Floats:
    """For each piece, the sum of the rows of ``table`` that it names."""
    running = np.zeros((sum(map(len, pieces)) + 1, table.shape[1]))
    np.cumsum(table[list(chain.from_iterable(pieces))], axis=0, out=running[1:])
    return np.diff(running[list(accumulate(map(len, pieces), initial=0))], axis=0)


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
            data["words"].astype(np.float32) * data["word_scale"].astype(np.float32),
            models,
        )
