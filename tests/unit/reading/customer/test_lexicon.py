from __future__ import annotations

import copy
from pathlib import Path

import pytest

from empathy_coach.domain import SIGNAL_KINDS
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.rules.document import read_document

_SIGNALS = Path(__file__).resolve().parents[4] / "coach_rules" / "signals.yaml"
_DATA = read_document(_SIGNALS.read_bytes(), "signals.yaml", limit=1 << 19)
_ENTRIES = {**_DATA["signals"], "problem": _DATA["problem"]}
_FIRES = [(kind, text) for kind, entry in _ENTRIES.items() for text in entry["examples"]["fires"]]
_SILENT = [(kind, text) for kind, entry in _ENTRIES.items() for text in entry["examples"]["silent"]]


@pytest.mark.parametrize(("kind", "marked"), _FIRES)
def test_example_fires_on_the_marked_words(lexicon: Lexicon, kind: str, marked: str) -> None:
    start = marked.index("<<")
    end = marked.index(">>") - 2
    hits = [h for h in lexicon.hits(fold(marked.replace("<<", "").replace(">>", ""))) if h.kind == kind]
    assert any(h.start < end and start < h.end for h in hits), hits


@pytest.mark.parametrize(("kind", "text"), _SILENT)
def test_silent_example_is_silent(lexicon: Lexicon, kind: str, text: str) -> None:
    strong = [text[h.start : h.end] for h in lexicon.hits(fold(text)) if h.kind == kind and h.strength > 0.35]
    assert strong == []


def test_every_kind_has_an_entry_with_both_sorts_of_examples() -> None:
    assert set(_DATA["signals"]) == set(SIGNAL_KINDS)
    assert all(e["examples"]["fires"] and e["examples"]["silent"] for e in _ENTRIES.values())


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("signals", "anger", "find", "strong"), [], "signals.anger.find.strong"),
        (("signals", "anger", "find", "loud"), ["x"], 'does not know "loud"'),
        (("signals", "anger", "finds"), {}, 'signals.anger: does not know "finds"'),
        (("signals", "joy"), {}, 'signals: does not know "joy"'),
        (("signals", "worry", "unless"), ["(a|b"], 'signals.worry.unless: "(a|b"'),
        (("signals", "worry", "unless"), ["my <kim>"], 'no family "kim"; there are kin,'),
        (("families", "kin"), 3, "families.kin: must be a text"),
        (("same_words",), ["one, two", "two, three"], '"two" stands in two lines'),
        (("problem",), None, "problem: must be a mapping"),
    ],
)
def test_a_mistake_is_named(path: tuple[str, ...], value: object, words: str) -> None:
    data = copy.deepcopy(_DATA)
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(ValueError) as caught:
        Lexicon.build(data)
    assert words in str(caught.value)


def test_a_family_stands_for_any_of_its_words_and_ends_with_them(lexicon: Lexicon) -> None:
    shown = {h.kind for h in lexicon.hits(fold("My nan used to do this."))}
    assert "sadness" in shown
    assert not lexicon.hits(fold("The old one used to do this."))


def test_a_missing_kind_is_named() -> None:
    data = copy.deepcopy(_DATA)
    del data["signals"]["deadline"]
    with pytest.raises(ValueError, match="no entry for deadline"):
        Lexicon.build(data)
