"""Words that are fine once: fires on the first match past ``more_than``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_coach.rules.index import Ready
from empathy_coach.rules.view import Hit, View

KEYS: tuple[str, ...] = ("find", "unless", "more_than")


def check(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """``more_than`` counts matches of ``find``."""
    if "find" not in fields:
        yield "more_than", 'counts what "find" finds; add "find"'


def look(ready: Ready, view: View) -> Iterator[Hit]:
    """The first match that is one too many."""
    last = -1
    count = 0
    for start, end in sorted(view.found(ready.find, ready.unless)):
        if start < last:
            continue  # two patterns on the same words count once
        last = end
        count += 1
        if count > ready.rule.more_than:
            yield Hit(start, end)
            return
