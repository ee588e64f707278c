from __future__ import annotations

import pytest

from empathy_coach.domain import Conversation, Message
from empathy_coach.reading.customer.answered import question_kind
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.reader import read_customer


@pytest.mark.parametrize(
    ("question", "answer", "beside_it"),
    [
        ("When will it be back?", "By Thursday noon.", "I've ordered a new one for you."),
        ("How much is the deposit?", "Two weeks' rent.", "You pay it when you sign."),
        ("Why was my card refused?", "Your bank blocked it as a precaution.", "I can see that you paid by card."),
        ("Where can I park?", "There's a car park behind the church.", "We're open until ten."),
        ("Can I bring my bike?", "Sure, if there's room.", "We look forward to seeing you."),
        ("Please delete my account.", "I've deleted it, and your data.", "We're sad to hear it."),
    ],
)
def test_a_question_wants_its_kind_of_answer(lexicon: Lexicon, question: str, answer: str, beside_it: str) -> None:
    conversation = Conversation((Message("customer", "Kim", question),))
    said = [read_customer(conversation, draft, lexicon).questions[0].answered for draft in (answer, beside_it)]
    assert said == [True, False]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("could you tell me when it comes", "when"),
        ("can he text when he's close", "yes_no"),
        ("can you call me", "do"),
        ("i'd like to know why", "why"),
        ("is it moved or dropped altogether", "which"),
    ],
)
def test_the_kind_is_that_of_the_question_itself(question: str, kind: str) -> None:
    assert question_kind(question, False) == kind
