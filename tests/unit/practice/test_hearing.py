from __future__ import annotations

import pytest

from empathy_coach.practice.hearing import is_heap, same_words


@pytest.mark.parametrize(
    "sentence",
    [
        "A new one leaves the warehouse today and will be with you on Thursday the 12th, between 9 and 12.",
        "Your satisfaction is our priority.",
        "Kind regards, Marcus Bell, Customer Care, Northwind Trading Ltd",
        "Open Reports, then Layout, then Font.",
    ],
)
def test_sentences_are_no_heaps(sentence: str) -> None:
    assert not is_heap(sentence)


@pytest.mark.parametrize(
    "words",
    [
        "sorry changing table baby crutches door wrong building number thursday before neighbours collect carry assemble",
        "I carry carried bring brought check checked it for you and we collect collected it as well today",
        "so " * 80,
    ],
)
def test_heaps_are_heaps(words: str) -> None:
    assert is_heap(words)


def test_the_same_words() -> None:
    assert same_words("We are looking into the missing parcel.", "We are still looking into the missing parcel!")
    assert not same_words("We are looking into the missing parcel.", "Your refund was sent this morning.")
    assert same_words("?", "?")
    assert not same_words("", "?")
