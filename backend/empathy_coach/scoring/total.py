"""From six verdicts to one number, 0..100: what an experienced lead would give, not a count of boxes."""

from __future__ import annotations

import math
from collections.abc import Mapping

from empathy_coach.domain import ELEMENTS, Element
from empathy_coach.scoring.elements import Verdict
from empathy_coach.scoring.heads import Heads, sigmoid

# How far the graded warmth and civility move the mark on top of the verdicts. Kept small where the verdicts are
# sure; it is what orders replies to messages that ask for nothing (see MODEL.md).
_WARMTH = 0.95
_CIVILITY = 0.6
_CHANCE = {element: f"chance_{element}" for element in ELEMENTS}


def summary(verdicts: Mapping[Element, Verdict], values: Mapping[str, float]) -> dict[str, float]:
    """What the ``overall`` model sees: a chance for each element (1 where it is not needed), and the gravest faults."""
    out = {_CHANCE[e]: 1.0 if verdicts[e].state == "not_needed" else verdicts[e].chance for e in ELEMENTS}
    worst, product = min(out.values()), math.prod(out.values())
    out["worst"] = worst
    out["product"] = product ** (1 / len(ELEMENTS))
    for name in ("faults", "fault_stock_phrase", "very_short", "open", "faulty_max"):
        out[name] = values.get(name, 0.0)
    return out


def total(verdicts: Mapping[Element, Verdict], values: Mapping[str, float], heads: Heads) -> int:
    """The mark."""
    logit = heads.models["overall"].logit(summary(verdicts, values))
    logit += _WARMTH * (verdicts["feeling"].value - 0.5) + _CIVILITY * (verdicts["tone"].value - 0.5)
    return round(100 * sigmoid(logit))
