"""The shipped rules, loaded once; what rewording tests write by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.ruleset import RuleSet

RULES = Path(__file__).parents[3] / "coach_rules"


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return load_rule_set(RULES)
