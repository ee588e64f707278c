"""What became of each rule's findings: about rules, never about people."""

from __future__ import annotations

from dataclasses import dataclass

from empathy_coach.services.live_rules import LiveSets
from empathy_coach.storage import feedback
from empathy_coach.storage.database import Database

_ENOUGH = 10  # findings shown, before anything is said about a rule
_ANNOYS = 0.5  # of what was shown, dismissed or called wrong


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule's findings were shown, and what people did with them; and where it would have spoken in shadow."""

    rule: str
    title: str
    element: str
    shown: int
    applied: int
    dismissed: int
    wrong: int
    shadow: int

    @property
    def advice(self) -> str:
        """What a lead could do about it; empty when there is nothing to say."""
        return advice(self.shown, self.applied, self.dismissed, self.wrong)


def advice(shown: int, applied: int, dismissed: int, wrong: int) -> str:
    """What a lead could do about a rule whose findings were met so; empty when there is nothing to say."""
    if shown < _ENOUGH:
        return ""
    if wrong * 5 >= shown:
        return "Often called wrong: add the cases to “but not inside”."
    if dismissed + wrong >= _ANNOYS * shown and applied < dismissed:
        return "Mostly dismissed: let it count for less, make it a hint, or switch it off."
    return ""


def rule_counts(database: Database, sets: LiveSets) -> tuple[list[RuleCount], list[str]]:
    """The rules with counts, most shown first; and the ids of rules in use that were never shown. Raises StorageError."""
    with database.transaction() as connection:
        counts = feedback.counts(connection)
    by_rule: dict[str, dict[str, int]] = {}
    elements: dict[str, str] = {}
    for key, count in counts.items():
        row = by_rule.setdefault(key.rule, {})
        row[key.verdict] = row.get(key.verdict, 0) + count
        elements[key.rule] = key.element
    shadowed = {own.rule.id: own.rule.title for own in sets.choices.rules.values()}
    found = [
        RuleCount(
            name,
            known.title if (known := sets.rule(name)) else shadowed.get(name, name),
            elements[name],
            row.get("shown", 0),
            row.get("applied", 0),
            row.get("dismissed", 0),
            row.get("wrong", 0),
            row.get("shadow", 0),
        )
        for name, row in by_rule.items()
    ]
    never = [rule.id for rule in sets.everyone.rules if rule.id not in by_rule]
    return sorted(found, key=lambda c: (-c.shown, -c.shadow, c.rule)), never
