"""Keys that look at the sentence around a match, and the shape that counts abbreviations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.loader import load_rule_set

from .conftest import RULE  # type: ignore[import-not-found]

Put = Callable[[str], Path]
LETTERS = (
    RULE.replace(
        "find:\n  - you should have\nunless:\n  - you should have received\n", "shape: abbreviations\nunless: [pdf]\n"
    )
    .replace('"<<You should have>> ticked the box."', "The <<RMA>> has no <<SKU>>.")
    .replace("weight: 3", "weight: 3\nunless_customer_said_it: true")
)


def quotes(rules: Path, draft: str, customer: str = "Help") -> list[str]:
    rule_set = load_rule_set(rules)
    conversation = Conversation((Message("customer", "", customer),))
    findings = apply_rules(read(conversation, Draft(draft), rule_set.lexicon, rule_set.cues), rule_set)
    return [f.span.quote for f in findings if f.span]


@pytest.mark.parametrize(
    ("key", "draft", "count"),
    [
        ("starts_sentence: true", '"You should have asked." I said that you should have asked.', 1),
        ("unless_sentence_says: [sorry]", "You should have asked, sorry. You should have asked.", 1),
        ("unless_sentence_says: [sorry]", "Sorry. You should have asked.", 1),
    ],
)
def test_the_sentence_around_it(put: Put, key: str, draft: str, count: int) -> None:
    assert len(quotes(put(RULE.replace("advise:", f"{key}\nadvise:")), draft)) == count


@pytest.mark.parametrize(
    ("draft", "customer", "found"),
    [
        ("The RMA has no SKU.", "Help", ["RMA", "SKU"]),
        ("The RMA is here, and the RMA is yours.", "Help", []),
        ("The RMA has a PDF.", "Help", []),
        ("The RMA has no SKU.", "Which SKU?", []),
        ("Order AB-1187 and RMA 12 went to flat B14.", "Help", []),
    ],
)
def test_abbreviations_together(put: Put, draft: str, customer: str, found: list[str]) -> None:
    assert quotes(put(LETTERS), draft, customer) == found
