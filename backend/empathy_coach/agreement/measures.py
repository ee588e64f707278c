"""Measures of agreement, in plain numpy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np


def ranks(values: Sequence[float]) -> np.ndarray:
    """Ranks from 1, ties sharing their mean rank."""
    array = np.asarray(values, dtype=float)
    order = array.argsort(kind="stable")
    ordered = array[order]
    out = np.empty(len(array))
    start = 0
    for end in range(1, len(array) + 1):
        if end == len(array) or ordered[end] != ordered[start]:
            out[order[start:end]] = (start + end + 1) / 2
            start = end
    return out


def auc(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """Chance that a positive ranks above a negative (ties count half)."""
    positive = np.asarray(labels, dtype=bool)
    n1, n0 = int(positive.sum()), int((~positive).sum())
    if not n1 or not n0:
        return float("nan")
    return float((ranks(scores)[positive].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def spearman(a: Sequence[float], b: Sequence[float]) -> float:
    """Rank correlation."""
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def macro_f1(truth: Sequence[str], told: Sequence[str], least: int = 5) -> float:
    """Mean F1 over the states that people gave at least ``least`` times."""
    counts = Counter(truth)
    scores = [f1(truth, told, state) for state, n in counts.items() if n >= least]
    return sum(scores) / len(scores) if scores else float("nan")


def f1(truth: Sequence[str], told: Sequence[str], state: str) -> float:
    """F1 of one state."""
    hit = sum(t == state == u for t, u in zip(truth, told, strict=True))
    wrong = sum(t != state and u == state for t, u in zip(truth, told, strict=True))
    lost = sum(t == state and u != state for t, u in zip(truth, told, strict=True))
    return 2 * hit / (2 * hit + wrong + lost) if hit + wrong + lost else float("nan")
