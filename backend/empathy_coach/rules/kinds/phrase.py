"""Words that should not stand there: each match of ``find`` that no match of ``unless`` overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_coach.rules.index import Ready
from empathy_coach.rules.view import Hit, View

KEYS: tuple[str, ...] = (
    "find",
    "unless",
    "unless_sentence_says",
    "unless_it_says_when",
    "replace_with",
    "also_in",
    "starts_sentence",
    "whole_sentence",
    "unless_customer_said_it",
)


def check(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A one-click form needs an example that shows what comes out."""
    examples = fields.get("examples", ())
    if "replace_with" in fields and not any(e.becomes for e in examples):
        yield "replace_with", 'needs an example with "becomes": the exact text after the click'
    if "replace_with" not in fields and any(e.becomes for e in examples):
        yield "examples", '"becomes" needs "replace_with"'


def look(ready: Ready, view: View) -> Iterator[Hit]:
    """Each place that is found and not excepted."""
    rule = ready.rule
    for start, end in view.found(ready.find, ready.unless, rule.also_in):
        if rule.starts_sentence and not view.starts_sentence(start):
            continue
        if rule.whole_sentence and not view.is_whole_sentence(start, end):
            continue
        if ready.unless_sentence and view.sentence_says(start, ready.unless_sentence):
            continue
        if rule.unless_it_says_when and view.says_when(start):
            continue
        if rule.unless_customer_said_it and view.customer_said(start, end):
            continue
        yield Hit(start, end)
