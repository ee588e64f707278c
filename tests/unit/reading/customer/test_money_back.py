from __future__ import annotations

from pathlib import Path

import pytest

from empathy_coach.domain import Conversation, Message
from empathy_coach.reading.customer.reader import read_customer
from empathy_coach.rules.loader import load_rule_set

LEXICON = load_rule_set(Path(__file__).parents[4] / "coach_rules").lexicon


@pytest.mark.parametrize(
    ("asked", "draft", "answered"),
    [
        ("Will I get the express fee back?", "A new jacket goes out today and I have refunded the £8.90.", True),
        ("When will I get the express fee back?", "We will look into the refund.", False),
    ],
)
def test_money_asked_back_is_answered_by_a_refund_in_other_words(asked: str, draft: str, answered: bool) -> None:
    message = Message("customer", "Priya", f"My parcel still hasn't arrived. {asked}")
    reading = read_customer(Conversation((message,)), draft, LEXICON)
    assert [q.answered for q in reading.questions if "back" in q.span.quote] == [answered]
