"""From six verdicts to one number, 0..100: what an experienced lead would give, not a count of boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from empathy_coach.domain import ELEMENTS, Element, Question
from empathy_coach.scoring.elements import Verdict
from empathy_coach.scoring.heads import Heads, sigmoid

# How far the graded warmth and civility move the mark on top of the verdicts where there is no case to settle. They
# order replies to messages that ask for nothing; on a case the verdicts know better what a reply is worth (MODEL.md).
_WARMTH = 1.14
_CIVILITY = 0.72
_CHANCE = {element: f"chance_{element}" for element in ELEMENTS}
_SEEN = (
    "faults",
    "fault_stock_phrase",
    "fault_blame",
    "fault_command",
    "fault_minimising",
    "fault_sarcasm",
    "faulty_max",
    "asked",
    "numbers",
    "warm",
    "worth",
    "name_in_body",
    "sign_off_named",
)


def summary(
    verdicts: Mapping[Element, Verdict], values: Mapping[str, float], questions: Sequence[Question]
) -> dict[str, float]:
    """What the ``overall`` model sees: a chance for each element (1 where it is not needed), doubts, faults, what warms.

    ``questions`` carry how likely the draft answers them; the one most in doubt counts.
    """
    out = {_CHANCE[e]: 1.0 if verdicts[e].state == "not_needed" else verdicts[e].chance for e in ELEMENTS}
    out["worst"] = min(out.values())
    out["routine"] = float(verdicts["feeling"].state == "not_needed")
    out["doubt"] = max((sigmoid(-q.likely) for q in questions), default=0.0)
    for name in _SEEN:
        out[name] = values.get(name, 0.0)
    return out


def total(
    verdicts: Mapping[Element, Verdict], values: Mapping[str, float], questions: Sequence[Question], heads: Heads
) -> int:
    """The mark."""
    logit = heads.models["overall"].logit(summary(verdicts, values, questions))
    if not values["case"]:
        logit += _WARMTH * (verdicts["feeling"].value - 0.5) + _CIVILITY * (verdicts["tone"].value - 0.5)
    return round(100 * sigmoid(logit))
