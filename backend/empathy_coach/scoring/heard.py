"""What a sentence may be heard as: faults in words that no rule knows, told softly.

The heads ``heads.HEARD`` learned from drafts by several authors what people mark; a rule that points at the same
sentence says it better and comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from empathy_coach.domain import Finding, State
from empathy_coach.scoring.evidence import Judged
from empathy_coach.scoring.heads import HEARD, sigmoid

_MOST = 2  # of them in one draft: more is a lecture, and the surest say it


def heard(
    judged: Sequence[Judged], findings: Sequence[Finding], tone: State, words: Mapping[str, Any]
) -> list[Finding]:
    """A hint for each sentence that people would likely mark and no rule does.

    ``tone``: the state of the whole draft's tone. A short sentence in a kind reply is rarely meant harshly, the same in
    a harsh one often is. ``words``: ``heard`` of the rubric.
    """
    at_least = words["at_least"]["missing" if tone == "missing" else "otherwise"]
    told = [f.span for f in findings if f.span and f.fault]
    out: list[tuple[float, Finding]] = []
    for one in judged:
        span = one.sentence.span
        chance = sigmoid(max(one.heard))
        if chance < at_least or any(t.start < span.end and span.start < t.end for t in told):
            continue
        _, fault = max(zip(one.heard, HEARD, strict=True))
        out.append((chance, Finding("tone", f"rubric/{fault}", "hint", words["why"][fault], fault=fault, span=span)))
    out.sort(key=lambda pair: (-pair[0], pair[1].span.start if pair[1].span else 0))
    return [finding for _, finding in out[:_MOST]]
