"""Logistic regression with signs: a warm cue may not count against a draft because invented drafts happened to use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize

Array = np.ndarray[Any, np.dtype[np.float64]]
Sign = int  # 1 may only add, -1 may only take away, 0 free, 9 not used


def bounds(signs: Sequence[Sign]) -> list[tuple[float | None, float | None]]:
    """L-BFGS-B bounds for the signs."""
    table: dict[int, tuple[float | None, float | None]] = {1: (0, None), -1: (None, 0), 0: (None, None), 9: (0, 0)}
    return [table[s] for s in signs]


def fit(
    features: Any, labels: Array, signs: Sequence[Sign], penalty: float, weights: Array | None = None
) -> tuple[Array, float]:
    """Weights and bias that fit ``labels`` (0..1) under the signs, with an L2 penalty on scaled weights.

    ``features`` is a dense or sparse (rows, columns) matrix.
    """
    count = features.shape[1]
    mass = np.ones(len(labels)) if weights is None else weights

    def loss(x: Array) -> tuple[float, Array]:
        z = features @ x[:-1] + x[-1]
        p = 1 / (1 + np.exp(-np.clip(z, -40, 40)))
        value = float((mass * (np.logaddexp(0, z) - labels * z)).sum() + penalty * (x[:-1] ** 2).sum())
        error = mass * (p - labels)
        return value, np.append(features.T @ error + 2 * penalty * x[:-1], error.sum())

    limits = [*bounds(signs), (None, None)]
    found = minimize(loss, np.zeros(count + 1), jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 400})
    return found.x[:-1], float(found.x[-1])
