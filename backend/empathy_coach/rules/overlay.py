"""A team's choices on top of the packs: rules off, other weights or severities, rules of its own in stages; and more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from empathy_coach.domain import Severity
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.team_life import ModelReply, Rhythm

Stage = Literal["shadow", "pilot", "everyone"]
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A team's own rule: as it was written, as it was understood, who meets it, and which pack rule it stands for."""

    text: str
    rule: Rule
    stage: Stage = "everyone"
    replaces: str | None = None


@dataclass(frozen=True)
class Choices:
    """Everything a team chose. ``rules`` are its own, by their short names."""

    off: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    rules: Mapping[str, OwnRule] = field(default_factory=dict)
    models: Mapping[str, ModelReply] = field(default_factory=dict)
    rhythm: Rhythm | None = None


def chosen(rules: Sequence[Rule], choices: Choices, audience: Stage) -> list[Rule]:
    """The rules as an audience meets them: ``everyone``, the ``pilot`` group, or ``shadow`` (everything there is).

    Choices on rules that a pack no longer holds count for nothing.
    """
    reach = STAGES[STAGES.index(audience) :]
    own = [own for own in choices.rules.values() if own.stage in reach]
    gone = choices.off | {o.replaces for o in own if o.replaces}
    return [*(_tuned(rule, choices) for rule in rules if rule.id not in gone), *(o.rule for o in own)]


def _tuned(rule: Rule, choices: Choices) -> Rule:
    weight = choices.weights.get(rule.id, rule.weight)
    severity = choices.severities.get(rule.id, rule.severity)
    if (weight, severity) == (rule.weight, rule.severity):
        return rule
    return replace(rule, weight=weight, severity=severity)
