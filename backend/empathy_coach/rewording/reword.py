"""The whole draft anew: plan, shrink until the guard and the score agree, or stay silent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from empathy_coach.domain import Draft, Edit, Finding, Reading, Rewording, Scores, Suggestion
from empathy_coach.reading.read import read
from empathy_coach.rewording import patch
from empathy_coach.rewording.changes import Change, compatible, pieces
from empathy_coach.rewording.facts import SLOT
from empathy_coach.rewording.guard import Guard, Piece
from empathy_coach.rewording.plan import Plan, plan
from empathy_coach.rewording.words import is_word
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.score import score

MAX_DRAFT = 12_000  # characters; beyond that a draft is a document, and only its findings are helped
_EMPTY, _SAID = "Leave out what says nothing", "Say first what they have been through"
_TRIES = 6  # smaller plans that are tried when the whole one is refused
is_word("ready")  # reads the word lists now, not with somebody's first draft
_ROUNDS = 3  # rewordings of a rewording until nothing changes any more


@dataclass(frozen=True, slots=True)
class _Judged:
    """A draft with all that is known of it."""

    reading: Reading
    findings: tuple[Finding, ...]
    scores: Scores

    @property
    def text(self) -> str:
        return self.reading.draft.text


def reword(
    reading: Reading, findings: tuple[Finding, ...], scores: Scores, rule_set: RuleSet
) -> tuple[tuple[Finding, ...], Rewording | None]:
    """Attach suggestions to findings, and make the whole draft anew where something is missing and can be mended.

    What comes out has passed the fact guard, scores no less than the draft, and would not be reworded again.
    """
    first = _Judged(reading, findings, scores)
    planned = _planned(first, rule_set)
    if planned is None:
        return findings, None
    made, guard = planned
    findings = _attach(first.text, findings, made, guard)
    for row, now in _kindest(_candidates(first, made, guard, rule_set), len(made.said)):
        text = _settled(now, rule_set)
        if text == now.text:
            return findings, Rewording(text, patch.edits_of(first.text, row), patch.slots_in(text, first.text))
        if text is not None:
            edits = patch.edits_between(first.text, text)
            return findings, Rewording(text, edits, patch.slots_in(text, first.text))
    return findings, None


def _planned(judged: _Judged, rule_set: RuleSet) -> tuple[Plan, Guard] | None:
    """What to change, as far as the guard allows each change by itself; None when there is nothing."""
    draft = judged.text
    if not draft.strip() or len(draft) > MAX_DRAFT or all(e.state != "missing" for e in judged.scores.elements):
        return None
    made = plan(judged.reading, judged.findings, judged.scores, rule_set)
    if not made.changes:
        return None
    guard = Guard(draft, judged.reading.conversation)
    made = _sayable(made, guard)
    safe = [c for c in compatible(made.changes) if not guard.check(pieces(draft, [c]), made.hollow)]
    return (Plan(tuple(safe), made.hollow, made.said), guard) if safe else None


def _sayable(made: Plan, guard: Guard) -> Plan:
    """The plan with the first acknowledgement that the guard lets pass ("your card won't work" looks like a promise)."""
    whole = Piece(guard.draft, 0, len(guard.draft))
    said = tuple(s for s in made.said if not guard.check([Piece(s + " "), whole]))
    if said == made.said or not said:
        return made
    return replace(made, changes=tuple(_saying(change, made.said[0], said[0]) for change in made.changes), said=said)


def _candidates(judged: _Judged, made: Plan, guard: Guard, rule_set: RuleSet) -> Iterator[tuple[list[Piece], _Judged]]:
    """The whole plan, then the plan without one part after another, as far as guard and score allow."""
    for changes in _smaller(made):
        row = pieces(judged.text, changes)
        text = patch.text_of(row)
        if text == judged.text or guard.check(row, made.hollow):
            continue
        reading = read(
            judged.reading.conversation, Draft(text, judged.reading.draft.kind), rule_set.lexicon, rule_set.cues
        )
        scores, findings = score(reading, apply_rules(reading, rule_set), rule_set)
        if scores.score >= judged.scores.score:
            reading = reading._replace(customer=reading.customer._replace(questions=scores.questions))
            yield row, _Judged(reading, findings, scores)


def _kindest(candidates: Iterator[tuple[list[Piece], _Judged]], ways: int) -> Iterator[tuple[list[Piece], _Judged]]:
    """The candidates, of the first ones, which differ by the acknowledgement, one first that counts as such."""
    tried: list[tuple[list[Piece], _Judged]] = []
    for row, judged in islice(candidates, max(1, ways)):
        if all(e.state != "missing" for e in judged.scores.elements if e.element == "feeling"):
            yield row, judged
            break
        tried.append((row, judged))
    yield from tried
    yield from candidates


def _smaller(made: Plan) -> Iterator[list[Change]]:
    yield list(made.changes)
    for other in made.said[1:]:
        yield [_saying(change, made.said[0], other) for change in made.changes]
    parts = sorted({change.label for change in made.changes}, key=_worth)
    if len(parts) > 1:
        for label in parts[:_TRIES]:
            # A formula that stays has no second regret beside it; a gap is none yet.
            regret = bool(made.said) and not SLOT.match(made.said[0])
            without = {label, _SAID} if label == _EMPTY and regret else {label}
            kept = [c for c in made.changes if c.label not in without]
            # Where an apology stays after all, the gap behind it asks for none.
            yield [_saying(c, made.said[0], made.said[-1]) for c in kept] if label == _EMPTY and made.said else kept


def _saying(change: Change, said: str, other: str) -> Change:
    """The change with another acknowledgement in it, its first letter as it was."""
    head, rest = said[0], said[1:]
    for first in (head, head.lower()):
        if first + rest in change.text:
            new = other[0].lower() + other[1:] if change.small and not re.match(r"I\b|I['\u2019]", other) else other
            return replace(change, text=change.text.replace(first + rest, new, 1))
    return change


_ORDER = {
    label: number
    for number, label in enumerate(
        (
            "Say it in plain words",
            "Say what happens next",
            "Answer what they asked",
            "Sign with your name",
            "Greet them by name",
        )
    )
}


def _worth(label: str) -> tuple[int, str]:
    """What to do without first: prompts and names before what was said to the customer."""
    return _ORDER.get(label, len(_ORDER)), label


def _settled(judged: _Judged, rule_set: RuleSet) -> str | None:
    """The text once nothing would be changed any more; None when it does not come to rest."""
    for _ in range(_ROUNDS):
        planned = _planned(judged, rule_set)
        following = next(_candidates(judged, *planned, rule_set), None) if planned else None
        if following is None:
            return judged.text
        judged = following[1]
    return None


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
            finding = finding._replace(suggestions=(mine,))
        out.append(finding)
    return tuple(out)


def _part(draft: str, finding: Finding, made: Plan, guard: Guard) -> Suggestion | None:
    span = finding.span
    if finding.place is not None or span is None:
        mine: Sequence[Change] = [c for c in made.changes if c.element == finding.element and c.label]
    else:
        mine = [c for c in made.changes if c.element == "tone" and c.start < span.end and span.start < c.end]
    if not mine:
        return None
    row = pieces(draft, mine)
    edits: tuple[Edit, ...] = () if guard.check(row, made.hollow) else patch.edits_of(draft, row)
    return Suggestion(mine[0].label, edits) if edits else None
