"""One click never breaks a sentence: a swap is offered only where the words around it still hold together."""

import pytest

from empathy_coach.domain import Span
from empathy_coach.rules.edits import applied, swap

FITS = {
    "You need to|please|You need to send the form.": "Please send the form.",
    "kindly|please|Could you kindly send it?": "Could you please send it?",
    "you have to|please|Open it and you have to sign it.": "Open it and please sign it.",
    "Rest assured that||Rest assured that it is safe.": "It is safe.",
    "Please note that||Please note that iPhones work.": "iPhones work.",
    "to be honest||It is, to be honest, late.": "It is late.",
    # no click
    "kindly|please|We would kindly ask you to wait.": None,
    "kindly|please|Thank you for kindly waiting.": None,
    "you need to|please|Do you need to send it back?": None,
    "You have to|please|You have to be kidding.": None,
    "We would like to inform you||We would like to inform you about the delay.": None,
    "This letter serves as||This letter serves as confirmation.": None,
    "We regret to inform you that||We regret to inform you that it is lost.": None,
    "I mean||I mean the second parcel.": None,
    "Honestly I||Honestly I do not know.": None,
    "rest assured||Can you rest assured?": None,
    "please note that||The lift is closed, please note that the stairs are open.": None,
}


@pytest.mark.parametrize(("case", "expected"), FITS.items(), ids=list(FITS))
def test_a_swap_fits(case: str, expected: str | None) -> None:
    words, new, text = case.split("|")
    start = text.index(words)
    made = swap(text, start, start + len(words), new, Span(0, len(text), text))
    assert (applied(text, made) if made else None) == expected
