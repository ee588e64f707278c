from __future__ import annotations

import click
import pytest

from empathy_coach.cli.printing import WIDTH, columns, lines
from empathy_coach.domain import (
    ELEMENTS,
    CustomerReading,
    Edit,
    ElementScore,
    Finding,
    Place,
    Report,
    Suggestion,
    span_of,
)


def shown(draft: str, finding: Finding) -> list[str]:
    elements = tuple(ElementScore(element, "given", 1, "Fine.") for element in ELEMENTS)
    report = Report(50, elements, (finding,), CustomerReading(), None, "0123456789abcdef")
    return [click.unstyle(line) for line in lines(report, draft, "draft")]


def on(draft: str, words: str) -> Finding:
    start = draft.index(words)
    return Finding("tone", "core/tone/x", "warn", "Why.", span=span_of(draft, start, start + len(words)))


@pytest.mark.parametrize(
    "draft", ["We told you so.", "日本 told you so.", "😀 é told you so.", "\ttold you so.", "x\r\ny told you so."]
)
def test_the_carets_stand_under_the_words(draft: str) -> None:
    _, source, carets, *_ = shown(draft, on(draft, "told you"))
    before = columns(source[: source.index("told you")])
    assert carets == " " * before + "^" * len("told you")


def test_a_long_line_is_cut_around_the_words() -> None:
    draft = "word " * 100 + "told you" + " word" * 100
    _, source, carets, *_ = shown(draft, on(draft, "told you"))
    assert len(source) <= WIDTH
    assert source[carets.index("^") :].startswith("told you")
    assert source.strip().startswith("…") and source.endswith("…")


def test_words_over_two_lines_are_marked_on_the_first() -> None:
    draft = "We told\nyou so."
    _, source, carets, *_ = shown(draft, on(draft, "told\nyou"))
    assert (source, carets) == ("    We told", "       ^^^^")


@pytest.mark.parametrize(
    ("place", "where"),
    [(Place("start"), "1:1"), (Place("end"), "2:6"), (Place("before", span_of("One.\nTwo. ", 5, 9)), "2:1")],
)
def test_what_is_missing_has_a_place(place: Place, where: str) -> None:
    finding = Finding("feeling", "core/feeling/x", "hint", "Why.", place=place)
    assert shown("One.\nTwo. ", finding)[0] == f"draft:{where}: hint core/feeling/x"


@pytest.mark.parametrize(
    ("label", "text", "line"),
    [
        ("Greet them", "Hi Maria,\n", "    -> Greet them: “Hi Maria,”"),
        ("Say “Please” instead", "Please", "    -> Say “Please” instead"),
        ("Leave this out", "", "    -> Leave this out"),
    ],
)
def test_a_suggestion_says_once_what_it_does(label: str, text: str, line: str) -> None:
    finding = Finding(
        "tone",
        "core/tone/x",
        "warn",
        "Why.",
        span=span_of("One.", 0, 3),
        suggestions=(Suggestion(label, (Edit(0, 3, text),)),),
    )
    assert line in shown("One.", finding)
