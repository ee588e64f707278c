"""Words or acts that should stand there and do not: at the words that call for them, or at a place in the draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_coach.domain import Place
from empathy_coach.rules.index import Ready
from empathy_coach.rules.view import Hit, View

KEYS: tuple[str, ...] = ("expect", "expect_act", "expect_in")


def check(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is missing cannot be marked, unless words in the draft call for it."""
    if "when_draft_says" not in fields and any(e.marks for e in fields.get("examples", ())):
        yield "examples", 'what is missing cannot be marked with << >>, unless there is "when_draft_says"'


def look(ready: Ready, view: View) -> Iterator[Hit]:
    """One hit when none of what is expected is there."""
    rule = ready.rule
    if not view.sentences or view.has_act(rule.expect_act, rule.expect_in):
        return
    if any(view.stands_in(number, rule.expect_in) for number in ready.expect):
        return
    if ready.when_draft:
        first = min(view.found(ready.when_draft, ()), default=None)
        if first:
            yield Hit(*first)
    elif rule.expect_in == "opening":
        yield Hit(place=Place("before", view.sentences[0].span))
    else:
        yield Hit(place=Place("end"))
