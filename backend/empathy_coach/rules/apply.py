"""From a reading and a rule set to findings. Pure; no rule sees what another one found."""

from __future__ import annotations

from collections.abc import Iterable

from empathy_coach.domain import SEVERITIES, Draft, Finding, Reading, Suggestion, span_of
from empathy_coach.reading.cleaning import fold
from empathy_coach.rules.edits import swap
from empathy_coach.rules.index import Ready
from empathy_coach.rules.kinds import KINDS
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.rules.view import Hit, View


def apply_rules(reading: Reading, rule_set: RuleSet) -> tuple[Finding, ...]:
    """What the rules find in a draft, by position; where two mark the same words, the graver one."""
    view = View(reading, rule_set.index)
    return findings_at(view, places_in(view))


def places(reading: Reading, rule_set: RuleSet) -> list[tuple[Rule, Hit]]:
    """Every place where a rule fires, those included that give way to a graver rule."""
    return places_in(View(reading, rule_set.index))


def places_in(view: View) -> list[tuple[Rule, Hit]]:
    """The same of a view that is there already."""
    index = view.index
    looking: dict[int, Ready] = {id(ready): ready for ready in index.always}
    called_by = index.called_by
    for number in view.matched:
        if number in called_by:
            for ready in called_by[number]:
                looking[id(ready)] = ready
    kind = view.reading.draft.kind
    return [
        (ready.rule, hit)
        for ready in looking.values()
        if kind in ready.rule.drafts and (ready.unconditional or _applies(ready, view))
        for hit in KINDS[ready.rule.kind].look(ready, view)
    ]


def findings_at(view: View, found: Iterable[tuple[Rule, Hit]]) -> tuple[Finding, ...]:
    """What ``apply_rules`` makes of the places of all rules; whichever view of the same reading they were seen in."""
    kept = _without_overlaps(found, len(view.reading.draft.text))
    return tuple(_finding(rule, hit, view) for rule, hit in kept)


def may_fire(draft: Draft, rule_set: RuleSet) -> bool:
    """Whether a rule could fire, told from the draft's words alone: quick, and never wrong when it says no.

    A reading only ever takes words away (quotes, signatures), so what matches nothing here matches nothing there.
    """
    index = rule_set.index
    return bool(index.always) or not index.called_by.keys().isdisjoint(index.draft.which(fold(draft.text)))


def _applies(ready: Ready, view: View) -> bool:
    """Whether the draft's other words, and the customer, are such that the rule is meant."""
    rule = ready.rule
    if rule.turn != "any" and view.first_reply != (rule.turn == "first"):
        return False
    if not view.matched.isdisjoint(ready.unless_draft):
        return False
    if ready.when_draft and view.matched.isdisjoint(ready.when_draft):
        return False
    if rule.when_customer_shows and view.customer_shows.isdisjoint(rule.when_customer_shows):
        return False
    if rule.unless_customer_shows and not view.customer_shows.isdisjoint(rule.unless_customer_shows):
        return False
    if rule.when_customer_gave and view.customer_gave.isdisjoint(rule.when_customer_gave):
        return False
    if ready.when_customer and view.customer_says.isdisjoint(ready.when_customer):
        return False
    return not (ready.unless_customer and not view.customer_says.isdisjoint(ready.unless_customer))


def _without_overlaps(found: Iterable[tuple[Rule, Hit]], length: int) -> list[tuple[Rule, Hit]]:
    """Of findings on overlapping words keep the graver, then the heavier, then the longer; in order of position."""
    ranked = sorted(
        found,
        key=lambda f: (-SEVERITIES.index(f[0].severity), -f[0].weight, f[1].start - f[1].end, f[1].start, f[0].id),
    )
    kept: list[tuple[Rule, Hit]] = []
    for rule, hit in ranked:
        if hit.place is None and any(
            other.place is None and hit.start < other.end and other.start < hit.end for _, other in kept
        ):
            continue
        kept.append((rule, hit))
    return sorted(kept, key=lambda f: (_position(f[1], length), f[0].id))


def _position(hit: Hit, length: int) -> int:
    if hit.place is None:
        return hit.start
    return hit.place.before.start if hit.place.before else length


def _finding(rule: Rule, hit: Hit, view: View) -> Finding:
    text = view.reading.draft.text
    suggestions: tuple[Suggestion, ...] = ()
    if rule.replace_with is not None and hit.place is None:
        made = swap(text, hit.start, hit.end, rule.replace_with, view.area(hit.start))
        suggestions = (made,) if made else ()
    return Finding(
        element=rule.element,
        rule=rule.id,
        severity=rule.severity,
        why=rule.why,
        span=span_of(text, hit.start, hit.end) if hit.place is None else None,
        place=hit.place,
        fault=rule.fault,
        suggestions=suggestions,
        weight=rule.weight,
    )
