"""The whole draft anew: plan, shrink until the guard and the score agree, or stay silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from empathy_coach.domain import Draft, Finding, Reading, Rewording, Scores, Suggestion
from empathy_coach.reading.read import read
from empathy_coach.rewording import patch
from empathy_coach.rewording.changes import Change, compatible, pieces
from empathy_coach.rewording.guard import Guard
from empathy_coach.rewording.plan import Plan, plan
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.score import score

MAX_DRAFT = 12_000  # characters; beyond that only single findings are helped
_TRIES = 6


def reword(
    reading: Reading, findings: tuple[Finding, ...], scores: Scores, rule_set: RuleSet
) -> tuple[tuple[Finding, ...], Rewording | None]:
    """Attach suggestions to findings, and make the whole draft anew where something is missing and can be mended."""
    draft = reading.draft.text
    if not draft.strip() or len(draft) > MAX_DRAFT:
        return findings, None
    if all(e.state != "missing" for e in scores.elements):
        return findings, None
    made = plan(reading, findings, scores, rule_set)
    if not made.changes:
        return findings, None
    guard = Guard(draft, reading.conversation)
    made = Plan(tuple(_safe(draft, made, guard)), made.hollow)
    findings = _attach(draft, findings, made, guard)
    for attempt in _smaller(made):
        rewording = _try(reading, attempt, made, guard, scores, rule_set)
        if rewording is not None:
            return findings, rewording
    return findings, None


def _smaller(made: Plan) -> Iterator[list[Change]]:
    """The whole plan, then the plan without one part after another."""
    whole = list(made.changes)
    yield whole
    parts = []
    for change in whole:
        if change.label not in parts:
            parts.append(change.label)
    if len(parts) > 1:
        for label in parts[:_TRIES]:
            yield [c for c in whole if c.label != label]


def _try(
    reading: Reading, changes: Sequence[Change], made: Plan, guard: Guard, scores: Scores, rule_set: RuleSet
) -> Rewording | None:
    draft = reading.draft.text
    row = pieces(draft, changes)
    text = patch.text_of(row)
    if text == draft or guard.check(row, made.hollow):
        return None
    again = read(reading.conversation, Draft(text, reading.draft.kind), rule_set.lexicon, rule_set.cues)
    now, _ = score(again, apply_rules(again, rule_set), rule_set)
    if now.score < scores.score:
        return None
    return Rewording(text, patch.edits_of(draft, row), patch.slots_in(text, draft))


def _safe(draft: str, made: Plan, guard: Guard) -> list[Change]:
    """Without the changes that the guard would refuse by themselves."""
    return [c for c in compatible(made.changes) if not guard.check(pieces(draft, [c]), made.hollow)]


def _attach(draft: str, findings: tuple[Finding, ...], made: Plan, guard: Guard) -> tuple[Finding, ...]:
    """Give findings without a suggestion the part of the plan that belongs to their element and place."""
    out = []
    given: set[str] = set()
    for finding in findings:
        mine = None
        if not finding.suggestions and finding.element not in given:
            mine = _part(draft, finding, made, guard)
        if mine is not None:
            given.add(finding.element)
            finding = replace(finding, suggestions=(mine,))
        out.append(finding)
    return tuple(out)


def _part(draft: str, finding: Finding, made: Plan, guard: Guard) -> Suggestion | None:
    if finding.place is not None:
        mine = [c for c in made.changes if c.element == finding.element and c.label]
    else:
        span = finding.span
        mine = [c for c in made.changes if c.element == "tone" and span is not None and c.start < span.end and span.start < c.end]
    if not mine:
        return None
    row = pieces(draft, mine)
    edits = () if guard.check(row, made.hollow) else patch.edits_of(draft, row)
    return Suggestion(mine[0].label, edits) if edits else None
