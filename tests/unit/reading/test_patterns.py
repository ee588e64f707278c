from __future__ import annotations

import pytest

from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.pattern_set import PatternSet
from empathy_coach.reading.patterns import PatternError, compile_pattern


def found(pattern: str, text: str) -> list[str]:
    folded = fold(text)
    matches = PatternSet([compile_pattern(pattern)]).matches(folded)
    return [text[slice(*folded.back(start, end))] for _, start, end in matches]


@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        (
            "you (should|ought to) have",
            "You, should have. You ought to have!",
            ["You, should have", "You ought to have"],
        ),
        ("(really)? sorry", "Really sorry. Sorry.", ["Really sorry", "Sorry"]),
        ("sorry ... delay(s|ed)?", "Sorry for the very long delays", ["Sorry for the very long delays"]),
        ("sorry ... delay", "Sorry. There was a delay", []),
        ("sorry ... delay", "sorry one two three four five delay", []),
        ("don't", "Don’t and dont and do n't", ["Don’t", "dont"]),
        ("you (have|'ve)? lost", "you've lost, you have lost", ["you've lost", "you have lost"]),
        ("we (are|'re) off", "We're off. Were off. We are off", ["We're off", "We are off"]),
        ("(is|was) (not|n't) mine", "It isn't mine, was not mine", ["isn't mine", "was not mine"]),
        ("follow-up", "follow up, followup, follow-up", ["follow up", "followup", "follow-up"]),
        ("thanks!", "thanks! thanks", ["thanks!"]),
        ("art", "start article art", ["art"]),
    ],
)
def test_the_three_marks(pattern: str, text: str, spans: list[str]) -> None:
    assert found(pattern, text) == spans


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("", "empty"),
        ("(a", '"(" without ")"'),
        ("a)", '")" without "("'),
        ("... a", "between two words"),
        ("a ...", "between two words"),
        ("(a|)", "empty or wholly optional"),
        ("(a)? (b)?", "match anything"),
        ("(" * 10 + "a" + ")" * 10, "brackets"),
        ("x" * 3000, "characters"),
    ],
)
def test_a_mistake_is_told_in_words(pattern: str, words: str) -> None:
    with pytest.raises(PatternError, match=words.replace("(", r"\(").replace(")", r"\)")):
        compile_pattern(pattern)


def test_find_all_is_capped() -> None:
    assert len(found("a", "a " * 1000)) == 20
