"""What is asked of a text before its patterns are tried may let in too many, and must never keep one out that matches."""

from __future__ import annotations

import random

import pytest
import re2

from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.gate import needs, opening
from empathy_coach.reading.pattern_set import PatternSet
from empathy_coach.reading.patterns import compile_pattern


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("you should have", {"should"}),
        ("(really)? sorry", {"really", "sorry"}),
        ("sorry ... delay(s|ed)?", {"sorry"}),
        ("you ... delay(s|ed)?", {"delay", "delays", "delayed"}),
        ("follow-up", {"followup", "follow"}),
    ],
)
def test_the_rarest_words_are_asked_for(pattern: str, words: set[str]) -> None:
    assert needs(compile_pattern(pattern))[0] == words


@pytest.mark.parametrize("expression", [r"x?", r"[a-z]+ed\b", r"a|b?", r"(?:free|\w+)", r"in[^a]to"])
def test_where_no_whole_word_is_sure_nothing_is_asked_for(expression: str) -> None:
    assert needs(expression) == ()


@pytest.mark.parametrize(
    ("pattern", "lone", "places"),
    [
        ("you should have", set(), ({"you"}, {"should"}, {"have"})),
        ("(so)? sorry", {"sorry"}, ({"so"}, {"sorry"}, None)),
        ("(thanks|thank you)", {"thanks"}, ({"thank"}, {"you"}, None)),
        ("(thanks|thanks to you)", set(), ({"thanks"}, None, None)),
        ("don't", {"dont"}, ({"don"}, {"t"}, None)),
        ("you ... late", None, None),
        ("parcel ... late", set(), ({"parcel"}, None, None)),
        ("'ll be", None, None),
    ],
)
def test_how_matches_begin(pattern: str, lone: set[str] | None, places: tuple[set[str] | None, ...]) -> None:
    assert opening(compile_pattern(pattern)) == (None if lone is None else (lone, places))


EXPRESSIONS = [
    *(
        compile_pattern(pattern)
        for pattern in (
            "you (should|must|ought to) have",
            "(i'm|we are)? (so|very)? sorry (for|about) (the|this|any)?",
            "not ... (refund(ed|s)?|pay(ing)?) ... back",
            "(re)sen(d|t)-out",
            "'ll (do|be)",
            "thanks!",
            "(a|an)? (big)? (ask|thing) ... you",
            "(1|2)(am|pm)",
        )
    ),
    r"\b(?:for|in) [0-9]{1,2} ?(?:days?|weeks?)\b",
    r"[$] ?[0-9][0-9.,]*k?",
    r"^(?:hi|hello)?[^.!?]{0,30}?\b(?:yes|no)\b",
    r"\b(?:refund|pay)\w*|\bfree\b(?: of)?",
    r"back$|^you",
    r"(?:so){2,3} sorry|\bvery+ sorry",
]
WORDS = """you should must ought to have i'm we are so very sorry for about the this any not refund refunded refunds pay paying
back resend resent-out send-out i'll 'll do be thanks! a an big ask thing 1am 2pm 12 in 3 days week $ 5 $5.20k hi hello yes no
free of , . ! ? - ' soso verry x""".split()


def test_no_match_is_left_out_and_none_is_elsewhere() -> None:
    chance = random.Random(11)
    patterns = PatternSet(EXPRESSIONS)
    each = [re2.compile(expression) for expression in EXPRESSIONS]
    matched = 0
    for _ in range(1500):
        glue = chance.choice((" ", " ", ", ", "  ", ""))
        folded = fold(glue.join(chance.choices(WORDS, k=chance.randint(0, 9))))
        there = [(n, *found.span()) for n, one in enumerate(each) for found in one.finditer(folded.text)]
        assert patterns.matches(folded) == there, folded.text
        matched += len(there)
    assert matched > 1000
