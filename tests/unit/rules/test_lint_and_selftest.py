"""The checks on rules say what is wrong as a colleague would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from empathy_coach.rules.lint import lint
from empathy_coach.rules.selftest import run

from .conftest import RULE  # type: ignore[import-not-found]

Put = Callable[[str], Path]


def test_a_good_rule_has_nothing_to_say(folder: Path) -> None:
    assert run(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<<You should have>> ticked", "You ticked", "16: this example should fire and did not"),
        (
            "You should have received it.",
            "You should have asked.",
            '18: this silent example fired on "You should have"',
        ),
        ("<<You should have>> ticked", "You <<should>> have ticked", '16: should highlight "should"'),
    ],
)
def test_examples_are_tried(put: Put, old: str, new: str, words: str) -> None:
    messages = run(put(RULE.replace(old, new)))
    assert len(messages) == 1
    assert words in messages[0]


CLICK = RULE.replace("advise:\n  - Say what comes next.\n", "replace_with: WORDS\n").replace(
    '- "<<You should have>> ticked the box."', "- draft: You should have ticked the box.\n      becomes: RESULT"
)


def test_a_click_must_give_what_it_promises(put: Put) -> None:
    good = CLICK.replace("WORDS", "you could").replace("RESULT", "You could ticked the box.")
    assert run(put(good)) == []
    messages = run(put(good.replace("You could ticked", "You could have ticked")))
    assert "the click should give" in messages[0]


def test_a_suggestion_may_not_trip_its_own_rule(put: Put) -> None:
    text = CLICK.replace("WORDS", "well you should have").replace("RESULT", "Well you should have ticked the box.")
    assert "trips this very rule" in run(put(text))[0]


def test_lint_tells_of_rules_that_never_fire_and_rules_that_overlap(folder: Path) -> None:
    (folder / "packs/core/tone/twin.yaml").write_text(RULE.replace("mistake", "twin"), encoding="utf-8")
    idle = RULE.replace("you should have", "utterly unheard of").replace("received", "x")
    (folder / "packs/core/tone/idle.yaml").write_text(idle, encoding="utf-8")
    sample = folder / "sample.jsonl"
    row = {"conversation": [{"role": "customer", "text": "Help"}], "draft": "You should have read it.", "kind": "reply"}
    sample.write_bytes(b"\n".join([orjson.dumps(row)] * 3))
    messages = lint(folder, sample)
    assert "packs/core/tone/idle.yaml: never fires on the sample conversations" in messages
    assert any("core/tone/blame and core/tone/twin mark the same words 3 times of 3" in m for m in messages)
    assert len(messages) == 2
