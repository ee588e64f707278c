"""A burden that is told and not named."""

import pytest

from empathy_coach.reading.customer.burden import load_burden

LIGHT = ("can i have an invoice please", "which sizes do you have", "good morning")


@pytest.mark.parametrize(
    "told", ["he's hit his head and won't stop crying", "my card was charged twice", "mum died in may"]
)
def test_what_weighs_on_somebody_stands_out(told: str) -> None:
    assert load_burden().logit(told) > max(map(load_burden().logit, LIGHT))


def test_a_sentence_without_a_known_word_has_no_more_than_the_bias() -> None:
    assert load_burden().logit("") == load_burden().logit("xqzt 123")
