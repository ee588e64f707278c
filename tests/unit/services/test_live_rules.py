from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from empathy_coach.errors import CoachError
from empathy_coach.services.live_rules import LiveRules
from empathy_coach.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped rules with a single rule in their packs, which loads fast."""
    shipped = Settings().rules_dir
    one = next(shipped.glob("packs/core/tone/*.yaml")).relative_to(shipped)
    (tmp_path / one).parent.mkdir(parents=True)
    shutil.copy(shipped / one, tmp_path / one)
    for file in shipped.glob("*.yaml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def rule_of(folder: Path) -> Path:
    return next(folder.glob("packs/core/tone/*.yaml"))


def test_a_changed_rule_is_used_after_a_reload(folder: Path) -> None:
    live = LiveRules(folder, None)
    before = live.current
    rule = rule_of(folder)
    rule.write_text(rule.read_text(encoding="utf-8").replace("title: ", "title: Again, "), encoding="utf-8")
    assert live.current is before
    live.reload()
    assert live.current.hash != before.hash


def test_a_broken_rule_leaves_the_last_good_set_and_says_where(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    live = LiveRules(folder, None)
    before = live.current
    rule_of(folder).write_text("title: [")
    with caplog.at_level(logging.ERROR):
        live.reload()
    assert live.current is before
    assert f"packs/core/tone/{rule_of(folder).name}:1" in caplog.text


def test_broken_rules_at_the_start_are_an_error_with_file_and_line(folder: Path) -> None:
    rule_of(folder).write_text("titel: x")
    with pytest.raises(CoachError, match=r"packs/core/tone/.*\.yaml:1: "):
        LiveRules(folder, None)
