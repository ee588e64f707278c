from __future__ import annotations

from itertools import product

from empathy_coach.domain import Message
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.reader import replies_after
from empathy_coach.reading.customer.said import statements

_PLAIN = "It will come on Friday. I have refunded you."
_TEXTS = (
    _PLAIN,
    "We looked into it.\n-- \nKev, Billing",
    "> When will it come?\nTomorrow at noon.",
    "Thanks.\nOn Tuesday, Ann",
    "and Tom wrote:\n> It broke.",
    "Sent you a new one. --",
)


def test_replies_message_by_message_are_what_they_are_as_one_text(lexicon: Lexicon) -> None:
    for replies in product(_TEXTS, repeat=3):
        messages = [m for reply in replies for m in (Message("customer", "", "Hello?"), Message("agent", "", reply))]
        expected = [statements("\n".join(replies[(number + 1) // 2 :]), lexicon) for number in range(len(messages))]
        assert replies_after(messages, lexicon) == expected, replies
