"""A team's choices on top of the packs: rules off, other weights or severities, rules of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from empathy_coach.domain import SEVERITIES
from empathy_coach.rules.document import Block
from empathy_coach.rules.problems import Problem, did_you_mean, shown
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.schema import Checker, build_rule

_KEYS = ("off", "weights", "severities", "rules")


def overlaid(rules: Sequence[Rule], block: Block, team: str, file: str) -> tuple[list[Rule], list[Problem]]:
    """The rules as the team wants them, and what is wrong with its file."""
    check = Checker(file)
    check.unknown_keys(block, _KEYS)
    known = {rule.id: rule for rule in rules}
    for rule_id in check.words(block, "off", tuple(known)):
        del known[rule_id]
    for rule_id, line in _settings(check, block, "weights"):
        weight = check.number(block["weights"], rule_id, 1, 5)
        _change(check, known, rule_id, line, {} if weight is None else {"weight": weight})
    for rule_id, line in _settings(check, block, "severities"):
        severity = check.word(block["severities"], rule_id, SEVERITIES)
        _change(check, known, rule_id, line, {} if severity is None else {"severity": severity})
    for name, line in _settings(check, block, "rules"):
        body = block["rules"][name]
        if not isinstance(body, Block):
            check.note(line, f"rules: {shown(name)} must hold the keys of a rule")
            continue
        rule, problems = build_rule(body, file, f"teams/{team}/{name}", pack=f"teams/{team}")
        check.problems += problems
        if rule:
            known[rule.id] = rule
    return list(known.values()), check.problems


def _settings(check: Checker, block: Block, key: str) -> list[tuple[str, int]]:
    """The names under ``key`` with their lines."""
    if key not in block:
        return []
    body = block[key]
    if isinstance(body, Block):
        return list(body.lines.items())
    check.note(block.lines[key], f'{key}: must be "name: value" lines')
    return []


def _change(check: Checker, known: dict[str, Rule], rule_id: str, line: int, change: Mapping[str, Any]) -> None:
    if rule_id in known:
        known[rule_id] = replace(known[rule_id], **change)
    else:
        near = did_you_mean(rule_id, tuple(known)).split(" Allowed:")[0]
        check.note(line, f"there is no rule {shown(rule_id)}.{near}")
