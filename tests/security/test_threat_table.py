"""The table of threats names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "backend" / "SECURITY.md"


def test_each_threat_names_tests_that_there_are() -> None:
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| **")]
    assert len(rows) >= 17  # those that were asked for
    for row in rows:
        named = re.findall(r"`(tests/[\w/.]+)::(\w+)`", row.split("|")[3])
        assert named, row
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"


def test_the_readme_leads_to_it() -> None:
    assert "(backend/SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
