"""Another author's words, at the same door: the fact guard, and the score. For texts that did not come from the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from empathy_coach.domain import Conversation, Draft, Edit, Finding, Reading, Rewording, Scores
from empathy_coach.reading.read import read
from empathy_coach.rewording.guard import Guard, Piece
from empathy_coach.rewording.patch import edits_between, slots_in
from empathy_coach.rewording.plan import plan
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.score import score

#: Why another author's text was dropped.
Refusal = Literal["unchanged", "too_long", "facts", "score"]
_MOST = 3  # times the draft's length, beside a little room for a greeting and a regret
_ROOM = 400  # characters


def vouched(conversation: Conversation, draft: Draft, text: str, rule_set: RuleSet) -> Rewording | Refusal:
    """The text as a rewording of the draft, when every fact is kept, none is new, and the score does not fall."""
    text = text.strip()
    if not text or text == draft.text.strip():
        return "unchanged"
    if len(text) > _MOST * len(draft.text) + _ROOM:
        return "too_long"
    reading, findings, scores = _judged(conversation, draft, rule_set)
    hollow = plan(reading, findings, scores, rule_set).hollow
    edits = edits_between(draft.text, text)
    if Guard(draft.text, conversation).check(_pieces(draft.text, edits, hollow), hollow):
        return "facts"
    if _judged(conversation, Draft(text, draft.kind), rule_set)[2].score < scores.score:
        return "score"
    return Rewording(text, edits, slots_in(text, draft.text), author="model")


def _pieces(draft: str, edits: Sequence[Edit], hollow: Sequence[tuple[int, int]]) -> list[Piece]:
    """The text as what is kept, mended and new.

    An edit that takes words away stands for them, so its facts must match; save where they say nothing (``hollow``).
    """
    out: list[Piece] = []
    at = 0
    for edit in edits:
        if at < edit.start:
            out.append(Piece(draft[at : edit.start], at, edit.start))
        empty = any(a <= edit.start and edit.end <= b for a, b in hollow) or not draft[edit.start : edit.end].strip()
        if edit.text:
            out.append(Piece(edit.text) if empty else Piece(edit.text, edit.start, edit.end))
        at = edit.end
    if at < len(draft):
        out.append(Piece(draft[at:], at, len(draft)))
    return out


def _judged(conversation: Conversation, draft: Draft, rule_set: RuleSet) -> tuple[Reading, tuple[Finding, ...], Scores]:
    reading = read(conversation, draft, rule_set.lexicon, rule_set.cues)
    scores, findings = score(reading, apply_rules(reading, rule_set), rule_set)
    return reading, findings, scores
