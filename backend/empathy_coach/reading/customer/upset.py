"""How upset the customer is, 0..1: named features of all their messages, weighed by a small linear head.

Style alone fails on tickets ("still waiting after three weeks" is polite), complaint content alone fails on
plain anger, so both are among the features. Weights: ``heads.json``, made by ``train.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from empathy_coach.domain import SIGNAL_KINDS
from empathy_coach.reading.customer.clauses import Parsed
from empathy_coach.reading.customer.heads import Weights, logit
from empathy_coach.reading.customer.signals import Evidence
from empathy_coach.reading.customer.style import Style


@dataclass(frozen=True, slots=True)
class Mood:
    """What one message contributes: sums of evidence by kind, and how its sentences sound."""

    kinds: Mapping[str, float]
    problem: float
    shouted: int
    marks: int
    sounds: tuple[float, ...]
    words: int


def mood(parsed: Parsed, evidence: Evidence, style: Style) -> Mood:
    """The features of one message, before messages are put together."""
    kinds: dict[str, float] = {}
    for shown in evidence.shown:
        kinds[shown.kind] = kinds.get(shown.kind, 0.0) + shown.strength
    folded = parsed.folded
    sounds = []
    words = 0
    for sentence in parsed.sentences:
        start, end = folded.back(sentence.start, sentence.end)
        text = folded.text[sentence.start : sentence.end]
        words += text.count(" ") + 1
        sounds.append(_LOUDEST * math.tanh(style.logit(parsed.original[start:end], text) / _LOUDEST))
    return Mood(kinds, sum(evidence.problem.values()), evidence.shouted, evidence.marks, tuple(sounds), words)


_LIGHT = frozenset(("gratitude", "deadline", "confusion"))  # what calm tickets show as well


_LOUDEST = 3.0  # no single sentence says more than this, so that one mild word does not decide
_COMPLAINT = 0.6


def _saturated(value: float) -> float:
    return 1 - math.exp(-value)


def features(moods: Sequence[Mood], earlier: Sequence[Mood]) -> dict[str, float]:
    """Named features, each about 0..1 (the sounds -5..4). ``moods`` are of the open messages, ``earlier`` of the others."""
    out: dict[str, float] = {kind: _saturated(sum(m.kinds.get(kind, 0.0) for m in moods)) for kind in SIGNAL_KINDS}
    burden = sum(v for m in (*moods, *earlier) for k, v in m.kinds.items() if k not in _LIGHT)
    out["quiet"] = math.exp(-2 * burden - sum(m.problem for m in (*moods, *earlier)))
    sounds = sorted((s for m in moods for s in m.sounds), reverse=True) or [-3.0]
    out["problem"] = _saturated(0.5 * sum(m.problem for m in moods))
    out["kinds"] = min(6, sum(out[k] > 0.4 for k in SIGNAL_KINDS if k != "gratitude")) / 6
    out["shouted"] = min(3, sum(m.shouted for m in moods)) / 3
    out["marks"] = min(3, sum(m.marks for m in moods)) / 3
    out["sounds_most"] = sounds[0]
    out["sounds_next"] = sounds[min(1, len(sounds) - 1)]
    out["sounds_mean"] = sum(sounds) / len(sounds)
    out["length"] = math.log1p(sum(m.words for m in moods)) / 5
    out["earlier_problem"] = _saturated(0.5 * sum(m.problem for m in earlier))
    out["earlier_kinds"] = _saturated(0.5 * sum(v for m in earlier for k, v in m.kinds.items() if k != "gratitude"))
    out["earlier"] = min(3, len(earlier)) / 3
    return out


def upset(values: Mapping[str, float], weights: Weights) -> float:
    """0..1 from the features. Complaint content has a floor of its own: polite words do not undo three weeks of waiting."""
    head = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit(values, weights)))))
    complaint = sum(values[name] for name in ("frustration", "repeat_contact", "earlier_problem"))
    return round(max(head, _COMPLAINT * (1 - math.exp(-2 * complaint * (0.4 + 0.6 * values["problem"])))), 3)
