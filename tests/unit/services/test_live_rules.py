from __future__ import annotations

import gc
import logging
import shutil
import weakref
from pathlib import Path

import pytest

from empathy_coach.coach import coach
from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.errors import CoachError
from empathy_coach.rules.overlay import Choices
from empathy_coach.services.live_rules import LiveRules, sets_of
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
    assert (live.current.lexicon, live.current.phrasing) == (before.lexicon, before.phrasing)  # no copy of what stayed


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


def test_a_rule_set_that_was_published_over_is_gone_at_once(folder: Path) -> None:
    live = LiveRules(folder, None)
    base = live.sets.base
    rule = base.rules[0].id
    live.use(sets_of(base, Choices(weights={rule: 1}), None, live.sets))
    assert live.current is not base
    coach(Conversation((Message("customer", "Ada", "Where is it?"),)), Draft("You should have waited."), live.current)
    old = [weakref.ref(live.current), weakref.ref(live.current.index), weakref.ref(live.current.index.draft)]
    gc.disable()  # a server looks for what only holds itself once in an hour or less
    try:
        live.use(sets_of(base, Choices(weights={rule: 2}), None, live.sets))
        assert [found() for found in old] == [None] * len(old)
    finally:
        gc.enable()
