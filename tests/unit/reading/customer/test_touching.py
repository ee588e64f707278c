"""Which words an acknowledgement takes up."""

import pytest

from empathy_coach.domain import Conversation, Message
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.touching import touching


def chosen(lexicon: Lexicon, *texts: str) -> list[str]:
    roles = ("customer", "agent", "customer")
    conversation = Conversation(tuple(Message(role, "", text) for role, text in zip(roles, texts, strict=False)))
    return [one.span.quote for one in touching(conversation, lexicon)]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("The van came at nine. My wife can't sit in the garden for the smell. The bin is brown.", "wife can't sit"),
        ("Order 5512, a kettle. It was for my mum's ninetieth on Sunday. It is white.", "mum's ninetieth"),
        ("The app was updated. I've had to ring forty people one at a time. It is version 3.", "ring forty people"),
    ],
)
def test_what_it_does_to_them_comes_first(message: str, words: str, lexicon: Lexicon) -> None:
    assert words in chosen(lexicon, message)[0]


def test_what_is_asked_threatened_or_only_confirmed_is_not_taken_up(lexicon: Lexicon) -> None:
    said = chosen(
        lexicon,
        "The card is lost.",
        "Have you blocked it in the app?",
        "yeah did that straight away. Can you send me a new one today? I'll take my business elsewhere. I walk to work.",
    )
    assert said[0] == "I walk to work"
    assert not any(words in one for one in said for words in ("straight away", "send me", "elsewhere"))


def test_a_sentence_goes_with_its_words(lexicon: Lexicon) -> None:
    text = "Hello. Boat's at seven, and the kids are in bits. Thanks"
    best = touching(Conversation((Message("customer", "", text),)), lexicon)[0]
    assert best.sentence.quote == "Boat's at seven, and the kids are in bits."
