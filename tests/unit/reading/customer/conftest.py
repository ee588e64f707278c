"""One lexicon for all tests of the customer reading: compiling it takes a third of a second."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from empathy_coach.reading.customer.lexicon import Lexicon

SIGNALS = Path(__file__).resolve().parents[4] / "coach_rules" / "signals.yaml"


@pytest.fixture(scope="session")
def signals_data() -> Any:
    return YAML(typ="safe", pure=True).load(SIGNALS)


@pytest.fixture(scope="session")
def lexicon(signals_data: Any) -> Lexicon:
    return Lexicon.build(signals_data)
