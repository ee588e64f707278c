"""A logistic head over named features, for the training scripts (needs the ``train`` extra)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

Row = dict[str, Any]


def fit(rows: Sequence[Mapping[str, float]], labels: Any, strength: float, weights: Any = None) -> dict[str, float]:
    """A logistic head over named features."""
    names = sorted({name for row in rows for name in row})
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    head = LogisticRegression(C=strength, max_iter=5000).fit(matrix, labels, sample_weight=weights)
    out = {name: round(float(w), 3) for name, w in zip(names, head.coef_[0], strict=True)}
    return {"bias": round(float(head.intercept_[0]), 3), **out}
