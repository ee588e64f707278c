"""The small linear heads: named weights in ``heads.json``, made by ``train.py``, readable by anyone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

Weights = Mapping[str, float]
_FILE = Path(__file__).with_name("heads.json")


@lru_cache(maxsize=1)
def load_heads() -> Mapping[str, Weights]:
    """``upset``, ``feeling``, ``answers``, ``answered`` and ``touching``: weights by feature name, with ``bias``. Reads its file once per process."""
    heads: Mapping[str, Weights] = json.loads(_FILE.read_text(encoding="utf-8"))
    return heads


def logit(values: Mapping[str, float], weights: Weights) -> float:
    """The weighted sum of the features; a feature without a weight counts nothing."""
    total = weights["bias"]
    for name, value in values.items():
        if value:
            total += weights.get(name, 0.0) * value
    return total
