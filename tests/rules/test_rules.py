"""The rules that ship: one test for each example in YAML, and the pages written from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from empathy_coach.domain import ELEMENTS
from empathy_coach.rules import schema
from empathy_coach.rules.docs import render
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.rule import Example, Rule
from empathy_coach.rules.ruleset import RuleSet, only
from empathy_coach.rules.selftest import check_example, check_rule

RULES = Path(__file__).parents[2] / "coach_rules"
RULE_SET = load_rule_set(RULES)
PACKS = {"core", "escalation", "refusal", "billing", "outage", "bereavement-and-hardship"}
ALONE: dict[str, RuleSet] = {}


def alone(rule: Rule) -> RuleSet:
    if rule.id not in ALONE:
        ALONE[rule.id] = only(RULE_SET, rule)
    return ALONE[rule.id]


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.id}:{example.line}")
        for rule in RULE_SET.rules
        for example in rule.examples
    ],
)
def test_example(rule: Rule, example: Example) -> None:
    assert list(check_example(rule, example, RULE_SET, alone(rule))) == []


@pytest.mark.parametrize("rule", RULE_SET.rules, ids=lambda rule: rule.id)
def test_rule_is_whole(rule: Rule) -> None:
    """Examples of both kinds, a source that names a year or a house, a why without scolding."""
    assert {example.fires for example in rule.examples} == {True, False}, "needs examples of both kinds"
    assert len(rule.source) > 8
    assert "!" not in rule.why.replace('"', "")
    assert rule.advise or rule.replace_with is not None, "say what to do instead"


def test_every_pack_and_element_is_there() -> None:
    assert {rule.pack for rule in RULE_SET.rules} == PACKS
    assert {rule.element for rule in RULE_SET.rules} == set(ELEMENTS)
    assert len(RULE_SET.rules) >= 150


def test_titles_differ() -> None:
    assert [title for title, count in Counter(rule.title for rule in RULE_SET.rules).items() if count > 1] == []


def test_rules_page_is_up_to_date() -> None:
    assert (RULES / "RULES.md").read_text(encoding="utf-8") == render(RULE_SET), "run: coach rules docs"


def test_every_key_of_a_rule_is_told_on_the_page() -> None:
    page = (RULES / "RULES.md").read_text(encoding="utf-8")
    assert [key for key in (*schema.COMMON, *schema.KIND_FIELDS) if f"`{key}`" not in page] == []


def test_example_team_passes_its_own_examples() -> None:
    team = load_rule_set(RULES, "example")
    own = [rule for rule in team.rules if rule.pack == "teams/example"]
    assert own
    assert [message for rule in own for message in check_rule(rule, team)] == []
    assert len(team.rules) == len(RULE_SET.rules)  # one off, one added


def test_selftest_notices_a_lost_side() -> None:
    """The check itself can fail: a rule without its silent examples is told."""
    rule = RULE_SET.rules[0]
    bare = replace(rule, examples=tuple(e for e in rule.examples if e.fires))
    assert any("stays silent" in message for message in check_rule(bare, RULE_SET))
