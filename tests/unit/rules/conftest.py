"""A small rules folder that tests write their own rules into, with the real tables beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from empathy_coach.domain import SIGNAL_KINDS

SHIPPED = Path(__file__).parents[3] / "coach_rules"
RULE = """\
title: Pointing at a mistake
element: tone
fault: blame
severity: warn
weight: 3
why: It reads as blame.
source: Brown & Levinson (1987)
find:
  - you should have
unless:
  - you should have received
advise:
  - Say what comes next.
examples:
  fires:
    - "<<You should have>> ticked the box."
  silent:
    - You should have received it.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for table in SHIPPED.glob("*.yaml"):
        shutil.copy(table, tmp_path / table.name)
    # The shipped lexicon is long; these tests need one that loads at once.
    kinds = "".join(
        f"  {kind}: {{title: {kind}, why: For tests., find: {{plain: [{kind}]}}, "
        f"examples: {{fires: [{kind}], silent: [nothing]}}}}\n"
        for kind in SIGNAL_KINDS
    )
    problem = "problem: {title: P, why: Tests., find: {plain: [broken]}, examples: {fires: [broken], silent: [fine]}}\n"
    (tmp_path / "signals.yaml").write_text(f"signals:\n{kinds}{problem}same_words: [parcel box]\n", encoding="utf-8")
    (tmp_path / "packs/core/tone").mkdir(parents=True)
    (tmp_path / "packs/core/tone/blame.yaml").write_text(RULE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def put(folder: Path) -> Callable[[str | bytes], Path]:
    """Replace the one rule's text."""

    def write(text: str | bytes) -> Path:
        path = folder / "packs/core/tone/blame.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return folder

    return write
