"""How upset the customer is, 0..1, and whether an acknowledgement is called for: named features of all their messages,
weighed by two small linear heads.

Style alone fails on tickets ("still waiting after three weeks" is polite), complaint content alone fails on
plain anger, so both are among the features. Weights: ``heads.json``, made by ``train.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from empathy_coach.domain import SIGNAL_KINDS
from empathy_coach.reading.customer.asides import asides
from empathy_coach.reading.customer.burden import Burden
from empathy_coach.reading.customer.clauses import Parsed
from empathy_coach.reading.customer.faces import Faces, faces
from empathy_coach.reading.customer.heads import Weights, logit
from empathy_coach.reading.customer.lexicon import LEVELS
from empathy_coach.reading.customer.signals import Evidence
from empathy_coach.reading.customer.style import Style

_LIGHT = frozenset(("gratitude", "deadline", "confusion"))  # what calm tickets show as well
_HEAVY = frozenset(("sadness", "vulnerable"))  # bad news, however calmly told; not when it is only asked about
_LOUDEST = 3.0  # no single sentence says more than this, so that one mild word does not decide
_COMPLAINT = 0.6
_SOFTENED = 0.3
_BURDEN = 0.4
_TOLD, _SHORT = 0.55, math.log1p(12) / 5  # as the features of these names
_NOTHING = -3.0  # log-odds of a sentence that is not there
_UNREAL = re.compile(
    r"^(?:if|how|do|does|what|where|when|which|is|are|can|could|would|in case|should|unless|whether)\b"
)


_SUPPOSED = re.compile(r"^(?:if|do|does|what happens|in case|should|unless|whether|would|how many|how much)\b")
_GRAVE = LEVELS["strong"]  # such news ask for a word, however calmly they are told
_TOLD_CALMLY = 0.45  # how upset one is who tells them


@dataclass(frozen=True, slots=True)
class Mood:
    """What one message contributes: sums of evidence by kind, what went wrong, the gravest news, faces, how its sentences
    sound, and how much each calls for an acknowledgement (log-odds).
    """

    kinds: Mapping[str, float]
    problem: float
    told: float
    heavy: float
    grave: float
    shouted: int
    marks: int
    sounds: tuple[float, ...]
    whole: float
    burdens: tuple[float, ...]
    words: int
    faces: Faces
    soft: int
    denied: int
    closing: int
    pointed: int


def mood(parsed: Parsed, evidence: Evidence, style: Style, burden: Burden) -> Mood:
    """The features of one message, before messages are put together."""
    own = parsed.folded.text
    aside = asides(parsed)
    loudness = [
        0.0 if n in aside.denied else _SOFTENED if n in aside.soft else 1.0 for n in range(len(parsed.sentences))
    ]
    clauses = parsed.clauses
    kinds: dict[str, float] = {}
    for shown in evidence.shown:
        strength = shown.strength
        if shown.kind != "gratitude":
            strength *= loudness[clauses[shown.clause].sentence]
        kinds[shown.kind] = kinds.get(shown.kind, 0.0) + strength
    told = sum(
        strength
        for number, strength in evidence.problem.items()
        if clauses[number].mark != "?" and not _UNREAL.match(own, clauses[number].start)
    )
    heavy = sum(
        shown.strength
        for shown in evidence.shown
        if shown.kind in _HEAVY and clauses[shown.clause].mark != "?" and not _UNREAL.match(own, shown.start)
    )
    grave = max(
        (v for number, v in evidence.grave.items() if not _SUPPOSED.match(own, clauses[number].start)), default=0.0
    )
    parts = []
    for sentence in parsed.sentences:
        start, end = parsed.folded.back(sentence.start, sentence.end)
        parts.append((parsed.original[start:end], own[sentence.start : sentence.end]))
    words = sum(text.count(" ") + 1 for _, text in parts)
    *raw, whole = (_LOUDEST * math.tanh(sound / _LOUDEST) for sound in style.logits(parts))
    sounds = [
        sound if weight == 1 else min(sound, weight * (sound + 2) - 2)
        for sound, weight in zip(raw, loudness, strict=True)
    ]
    if sounds and (aside.soft or aside.denied):
        whole = min(whole, max(sounds))
    problem = sum(evidence.problem.values())
    seen = faces(parsed.original)
    return Mood(
        kinds,
        problem,
        told,
        heavy,
        grave,
        evidence.shouted,
        evidence.marks,
        tuple(sounds),
        whole,
        tuple(burden.logit(folded) for _, folded in parts),
        words,
        seen,
        len(aside.soft),
        len(aside.denied),
        len(aside.closing),
        len(aside.pointed),
    )


def _saturated(value: float) -> float:
    return 1 - math.exp(-value)


def features(moods: Sequence[Mood], earlier: Sequence[Mood]) -> dict[str, float]:
    """Named features, each about 0..1 (the sounds -5..4). ``moods`` are of the open messages, ``earlier`` of the others."""
    out: dict[str, float] = {kind: _saturated(sum(m.kinds.get(kind, 0.0) for m in moods)) for kind in SIGNAL_KINDS}
    everything = (*moods, *earlier)
    burden = sum(v for m in everything for k, v in m.kinds.items() if k not in _LIGHT)
    out["quiet"] = math.exp(-2 * burden - sum(m.problem for m in everything))
    sounds = sorted((s for m in moods for s in m.sounds), reverse=True) or [-3.0]
    words = sum(m.words for m in moods)
    out["problem"] = _saturated(0.5 * sum(m.problem for m in moods))
    out["told"] = _saturated(1.5 * sum(m.told for m in moods))
    out["heavy"] = _saturated(sum(m.heavy for m in moods))
    out["grave"] = max((m.grave for m in moods), default=0.0)
    out["kinds"] = min(6, sum(out[k] > 0.4 for k in SIGNAL_KINDS if k != "gratitude")) / 6
    out["pointed"] = float(min(2, sum(m.pointed for m in moods)))
    out["shouted"] = min(3, sum(m.shouted for m in moods)) / 3
    out["marks"] = min(3, sum(m.marks for m in moods)) / 3
    out["sounds_most"] = sounds[0]
    out["sounds_next"] = sounds[min(1, len(sounds) - 1)]
    out["sounds_mean"] = sum(sounds) / len(sounds)
    out["sounds_whole"] = max((m.whole for m in moods), default=-3.0)
    out["sounds_caused"] = (sounds[0] + 3) / 3 * (1 - out["quiet"])
    out["sounds_short"] = (sounds[0] + 3) / 3 * math.exp(-words / 8)
    burdens = sorted((b for m in everything for b in m.burdens), reverse=True) or [_NOTHING]
    out["burden_most"] = burdens[0]
    out["burden_next"] = burdens[1] if len(burdens) > 1 else _NOTHING
    out["burden_mean"] = sum(burdens) / len(burdens)
    out["burden_any"] = 1 - math.prod(1 / (1 + math.exp(b)) for b in burdens)
    out["length"] = math.log1p(words) / 5
    out["faces_angry"] = float(min(2, sum(m.faces.angry for m in moods)))
    out["faces_bad"] = float(min(2, sum(m.faces.angry + m.faces.sad for m in moods)))
    out["faces_happy"] = float(min(2, sum(m.faces.happy for m in moods)))
    out["soft"] = min(2, sum(m.soft for m in moods)) / 2
    out["denied"] = float(any(m.denied for m in moods))
    out["closing"] = float(any(m.closing for m in moods))
    out["earlier_problem"] = _saturated(0.5 * sum(m.problem for m in earlier))
    out["earlier_kinds"] = _saturated(0.5 * sum(v for m in earlier for k, v in m.kinds.items() if k != "gratitude"))
    out["earlier"] = min(3, len(earlier)) / 3
    return out


def _chance(values: Mapping[str, float], weights: Weights) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit(values, weights)))))


def upset(values: Mapping[str, float], weights: Weights, feeling: float = 0.0) -> float:
    """0..1 from the features. Floors: polite words do not undo three weeks of waiting, nor do calm ones undo a loss.

    ``feeling`` is what ``needs_feeling`` said.
    """
    head = max(_chance(values, weights), _BURDEN * max(0.0, 2 * feeling - 1))
    complaint = sum(values[name] for name in ("frustration", "repeat_contact", "earlier_problem"))
    if values["grave"] >= _GRAVE:
        head = max(head, _TOLD_CALMLY)
    return round(max(head, _COMPLAINT * (1 - math.exp(-2 * complaint * (0.4 + 0.6 * values["problem"])))), 3)


def needs_feeling(values: Mapping[str, float], weights: Weights) -> float:
    """0..1: whether an acknowledgement is called for. At 0.5 and more, it is.

    A short message that tells of something gone wrong asks for one: there is nothing else in it. So does grave news.
    """
    least = 0.5 if (values["told"] > _TOLD and values["length"] < _SHORT) or values["grave"] >= _GRAVE else 0.0
    return max(least, _chance(values, weights))
