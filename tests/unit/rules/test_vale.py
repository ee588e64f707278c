"""A Vale style becomes rules of ours, as far as there is an equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.overlay import Choices, OwnRule
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.rules.teamfile import read_team_file, write_team_file
from empathy_coach.rules.vale import carry_over
from empathy_coach.rules.written import read_rule

SUBSTITUTION = """\
extends: substitution
message: Use '%s' instead of '%s'.
level: error
ignorecase: true
swap:
  utili[sz]e: use
  in order to: to
  (?:at this|this) point in time: now
  colou?r in: fill in
"""


@pytest.fixture
def rule_set(folder: Path) -> RuleSet:
    return load_rule_set(folder)


def test_a_substitution_is_carried_over_and_says_what_was_not(rule_set: RuleSet) -> None:
    carried = carry_over("Plain/WordyPhrases.yml", SUBSTITUTION.encode(), rule_set)
    assert list(carried.rules) == ["wordy-phrases"]
    rule, problems, _ = read_rule(carried.rules["wordy-phrases"], "wordy-phrases", "team")
    assert problems == [] and rule
    assert rule.find == ("in order to", "(at this|this) point in time", "colo(u)?r in")
    assert rule.severity == "warn" and "“in order to”: say “to”." in rule.advise
    assert carried.left_out == ("utili[sz]e: no equal here",)
    file = write_team_file(Choices(rules={"wordy-phrases": OwnRule(carried.rules["wordy-phrases"], rule)}))
    assert read_team_file(file.encode(), "team.yaml", "team", rule_set.rules)[1] == []


def test_a_long_list_becomes_several_rules(rule_set: RuleSet) -> None:
    tokens = "".join(f"  - word{chr(97 + n // 26)}{chr(97 + n % 26)}\n" for n in range(130))
    carried = carry_over("Long.yml", f"extends: existence\ntokens:\n{tokens}".encode(), rule_set)
    assert list(carried.rules) == ["long-1", "long-2", "long-3"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("extends: occurrence\nmax: 3\n", "a check of the kind occurrence"),
        ("extends: existence\ntokens:\n  - (?<=a)b\n", "no equal here"),
        ("extends: existence\n", "no words to look for"),
        ("- just\n- a list\n", "a check of the kind None"),
        ("a: &a [x]\nb: *a\n", "anchors"),
        ("title: [", "not YAML"),
        ("a: " + "[" * 20_000, "not YAML"),
        ("x" * 300_000, "larger than"),
    ],
)
def test_what_has_no_equal_is_told(rule_set: RuleSet, text: str, words: str) -> None:
    carried = carry_over("X.yml", text.encode(), rule_set)
    assert not carried.rules
    assert words in " ".join(carried.left_out)
