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
from typing import NamedTuple

import numpy as np

from empathy_coach.domain import FAULTS, Fault
from empathy_coach.scoring.features import RELATED, STYLE, look

# What a sentence may be heard as. The other two faults are a matter of rules alone: known phrases, and counting.
HEARD: tuple[Fault, ...] = tuple(fault for fault in FAULTS if fault not in ("stock_phrase", "over_apology"))
SENTENCE_HEADS = ("acknowledges", "steps", "faulty", "polite", "warm", "worth", *HEARD)
_POLITE = SENTENCE_HEADS.index("polite")
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
        self._bias = float(bias[_POLITE])
        self._related = dense[cues + len(STYLE) :].astype(np.float64)
        # All that a sentence adds up by itself, in one table: words and pairs, words of the vocabulary, style, bias, cues.
        parts = (gram_weights, word_weights, dense[cues : cues + len(STYLE)], bias[None, :], dense[:cues])
        self._table = np.concatenate([part.astype(np.float64) for part in parts])
        self._vocabulary_at = len(gram_weights)
        style_at = self._vocabulary_at + len(word_weights)
        self._style_rows = range(style_at, style_at + len(STYLE) + 1)  # the bias too
        self._cue_at = {name: style_at + len(STYLE) + 1 + i for i, name in enumerate(self.names[:cues])}
        self._weighed = [name for name in models if name not in ("overall", "answered")]
        self._evidence = sorted({name for model in self._weighed for name in models[model].names})
        at = {name: i for i, name in enumerate(self._evidence)}
        self._weights = np.zeros((len(self._weighed), len(self._evidence)))
        for row, model in enumerate(self._weighed):
            for name, weight in zip(models[model].names, models[model].weights, strict=True):
                self._weights[row, at[name]] += weight
        self._biases = np.array([models[model].bias for model in self._weighed])

    @classmethod
    def of_models(cls, models: Mapping[str, Linear]) -> Heads:
        """Heads that only add up evidence; for making and testing models."""
        width = len(STYLE) + len(RELATED)
        heads = len(SENTENCE_HEADS)
        nothing = np.zeros(heads, dtype=np.float32)
        dense = np.zeros((width, heads), dtype=np.float32)
        none = np.zeros((1, heads), dtype=np.float32)
        return cls((*STYLE, *RELATED), dense, nothing, none, none, models)

    def weigh(self, values: Mapping[str, float]) -> dict[str, float]:
        """Log-odds of every model of evidence (all but ``overall``); a name that is not there counts as 0."""
        there = np.array([values.get(name, 0.0) for name in self._evidence])
        return dict(zip(self._weighed, (self._weights @ there + self._biases).tolist(), strict=True))

    def logits(self, alone: Sequence[Alone], relations: Sequence[Sequence[float]]) -> tuple[list[list[float]], float]:
        """Log-odds of the sentence heads for each sentence of a text, and politeness of the whole."""
        if not alone:
            return [], 0.0
        logits = np.frombuffer(b"".join([one.logits for one in alone])).reshape(len(alone), -1)
        logits = logits + np.array(relations) @ self._related
        # Politeness: sums over all sentences and all words, divided by the root of their number.
        words = max(1, sum(one.grams for one in alone))
        polite = sum(one.polite for one in alone) / math.sqrt(len(alone)) + self._bias
        polite += sum(one.polite_grams for one in alone) / math.sqrt(words)
        return logits.tolist(), polite

    def alone(self, text: str, cues: frozenset[str]) -> Alone:
        """What a sentence adds up to by itself. ``cues`` are the names of its cues."""
        seen = look(text)
        cue_at = self._cue_at
        cue_rows = sorted([cue_at[name] for name in cues if name in cue_at])  # the same sum in every process
        vocabulary = [self._vocabulary_at + row for row in seen.known]
        rows = [*self._style_rows, *cue_rows, *seen.buckets, *vocabulary]
        grams, words = 1 / math.sqrt(max(1, len(seen.buckets))), 1 / math.sqrt(max(1, len(vocabulary)))
        said = len(seen.style) + 1 + len(cue_rows)
        ones = [1.0] * (said - len(seen.style))
        weights = np.array([*seen.style, *ones, *[grams] * len(seen.buckets), *[words] * len(vocabulary)])
        table = self._table.take(rows, 0)
        politeness = table[:, _POLITE]
        polite = float(weights[:said].dot(politeness[:said])) - self._bias
        polite_grams = float(np.add.reduce(politeness[said : said + len(seen.buckets)]))
        return Alone(weights.dot(table).tobytes(), polite, polite_grams, len(seen.buckets))


class Alone(NamedTuple):
    """Log-odds of one sentence but for what it shares with the customer's words, and its part in politeness.

    ``logits`` are the bytes of its row of the matrix for a draft.
    """

    logits: bytes
    polite: float
    polite_grams: float
    grams: int


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
