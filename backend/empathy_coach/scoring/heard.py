"""What a sentence may be heard as: faults in words that no rule knows, told softly.

The heads ``heads.HEARD`` learned from drafts by several authors what people mark; a rule that points at the same
sentence says it better and comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from empathy_coach.domain import Finding
from empathy_coach.scoring.elements import Verdict
from empathy_coach.scoring.evidence import Judged
from empathy_coach.scoring.heads import HEARD, sigmoid

_MOST = 2  # of them in one draft: more is a lecture, and the surest say it


def heard(
    judged: Sequence[Judged], findings: Sequence[Finding], tone: Verdict, words: Mapping[str, Any]
) -> list[Finding]:
    """A hint for each sentence that people would likely mark and no rule does.

    ``tone``: what the whole draft's tone is. A short sentence in a kind reply is rarely meant harshly, the same in a
    harsh one often is; where the tone is surely off and nothing tells why, the sentence that sounds worst does.
    ``words``: ``heard`` of the rubric.
    """
    at_least = words["at_least"]["missing" if tone.state == "missing" else "otherwise"]
    told = [f.span for f in findings if f.span and f.fault]
    rest = [
        one
        for one in judged
        if not any(t.start < one.sentence.span.end and one.sentence.span.start < t.end for t in told)
    ]
    sure = [one for one in rest if sigmoid(max(one.heard)) >= at_least]
    sure.sort(key=lambda one: (-max(one.heard), one.sentence.span.start))
    if rest and not told and not sure and tone.chance < words["worst_below"]:
        sure = [max(rest, key=lambda one: one.faulty)]
    return [_finding(one, words["why"]) for one in sure[:_MOST]]


def _finding(one: Judged, why: Mapping[str, str]) -> Finding:
    _, fault = max(zip(one.heard, HEARD, strict=True))
    return Finding("tone", f"rubric/{fault}", "hint", why[fault], fault=fault, span=one.sentence.span)
