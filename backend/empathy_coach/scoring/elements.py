"""The six elements: which are needed here, whether they are given, and how much of each the draft shows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from empathy_coach.domain import ELEMENTS, Element, Reading, State
from empathy_coach.scoring.evidence import Evidence
from empathy_coach.scoring.heads import Heads, sigmoid

_BLAMELESS = 0.3  # a draft without a sentence that sounds faulty with this probability


class Verdict(NamedTuple):
    """One element: its state, its graded value, and the probability (0..1) that it is given where it is needed."""

    state: State
    value: float
    chance: float


def judge(reading: Reading, evidence: Evidence, heads: Heads) -> dict[Element, Verdict]:
    """The verdicts on all six elements."""
    values = evidence.values
    weighed = heads.weigh(values)
    needed = _needed(reading, values, weighed["action_needed"])
    chances = {e: sigmoid(weighed[e]) for e in ELEMENTS}
    if not values["faults"] and values["faulty_max"] < _BLAMELESS:
        chances["tone"] = max(chances["tone"], 0.5)  # what cannot be pointed at is not held against a draft
    graded = _values(values, chances)
    return {
        e: Verdict(("given" if chances[e] >= 0.5 else "missing") if needed[e] else "not_needed", graded[e], chances[e])
        for e in ELEMENTS
    }


def _needed(reading: Reading, values: Mapping[str, float], act: float) -> dict[Element, bool]:
    """``act``: the log-odds that something must be done."""
    # A hand-over goes to a colleague; an escalation that greets the customer by name is a reply to them.
    reply = reading.draft.kind == "reply" or (reading.draft.kind == "escalation" and bool(values.get("greeting_named")))
    feeling = not reading.customer.routine
    quick = bool(values["quick"]) or bool(values["mid_chat"] and reading.conversation.channel == "chat")
    asks = bool(reading.customer.questions)
    return {
        "feeling": feeling,
        "need": asks,
        "order": feeling and reply,
        "action": feeling or act > 0,
        "rapport": reply and not quick,
        "tone": True,
    }


def _values(values: Mapping[str, float], chances: Mapping[Element, float]) -> dict[Element, float]:
    """How much of each the draft shows. The numbers place a plain reply near a half; see MODEL.md for what they reach."""
    warm = values["warmth"] + 0.8 * values["warm"] + 0.1 * values["polite"] - 0.28 * values["harsh_mean"]
    reaction = sigmoid(0.6 * (warm - 2.4))
    asking = min(1.0, values["exploration"])
    relating = sigmoid(0.6 * (values["interpretation"] - 4.0))
    civil = sigmoid(0.5 * (values["civility"] - 3.0)) * math.exp(-0.15 * values["faults"])
    return {
        "feeling": 0.9 * reaction + 0.1 * chances["feeling"],
        "need": 0.92 * max(asking, relating) + 0.08 * chances["need"],
        "order": chances["order"],
        "action": chances["action"],
        "rapport": chances["rapport"],
        "tone": civil,
    }
