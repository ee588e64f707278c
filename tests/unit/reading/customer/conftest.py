"""One lexicon for all tests of the customer reading: compiling it takes a third of a second."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.rules.document import read_document

SIGNALS = Path(__file__).resolve().parents[4] / "coach_rules" / "signals.yaml"


@pytest.fixture(scope="session")
def signals_data() -> Any:
    return read_document(SIGNALS.read_bytes(), "signals.yaml", limit=1 << 19)


@pytest.fixture(scope="session")
def lexicon(signals_data: Any) -> Lexicon:
    return Lexicon.build(signals_data)
