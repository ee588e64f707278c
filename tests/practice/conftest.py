"""The shipped scenarios and rules, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from empathy_coach.practice.library import Library, load_library
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.ruleset import RuleSet

RULES = Path(__file__).parents[2] / "coach_rules"


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return load_rule_set(RULES)


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(RULES)
