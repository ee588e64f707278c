"""A team's choices as the database keeps them: one JSON text a release."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from empathy_coach.rules.overlay import Choices, OwnRule
from empathy_coach.rules.problems import Problem
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.team_life import ModelReply, Rhythm

Reader = Callable[[str, str], tuple[Rule | None, list[Problem]]]


def to_json(choices: Choices) -> str:
    """The text to keep."""
    data = {
        "off": sorted(choices.off),
        "weights": dict(choices.weights),
        "severities": dict(choices.severities),
        "rules": {
            n: {"text": own.text, "stage": own.stage, "replaces": own.replaces} for n, own in choices.rules.items()
        },
        "models": {name: _model(model) for name, model in choices.models.items()},
        "rhythm": {"every": choices.rhythm.every, "minutes": choices.rhythm.minutes} if choices.rhythm else None,
    }
    return orjson.dumps(data).decode()


def from_json(data: str, read: Reader) -> tuple[Choices, list[Problem]]:
    """What ``to_json`` kept, and what is wrong with rules that cannot be read any more. ``read`` reads a rule's text."""
    found = orjson.loads(data)
    rules: dict[str, OwnRule] = {}
    problems: list[Problem] = []
    for name, own in found["rules"].items():
        rule, wrong = read(own["text"], name)
        problems += wrong
        if rule is not None:
            rules[name] = OwnRule(own["text"], rule, own["stage"], own["replaces"])
    models = {name: _read_model(model) for name, model in found.get("models", {}).items()}  # older releases have none
    rhythm = Rhythm(**found["rhythm"]) if found.get("rhythm") else None
    return Choices(frozenset(found["off"]), found["weights"], found["severities"], rules, models, rhythm), problems


def _model(model: ModelReply) -> dict[str, Any]:
    return {
        "by": model.by,
        "says": model.says,
        "rule": model.rule,
        "shows": sorted(model.when_customer_shows),
        "said": list(model.when_customer_says),
    }


def _read_model(data: dict[str, Any]) -> ModelReply:
    return ModelReply(data["by"], data["says"], data["rule"], frozenset(data["shows"]), tuple(data["said"]))
