"""What rules do on a draft: conditions, overlaps, clicks, and the parts that are never judged."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from empathy_coach.domain import Conversation, Draft, DraftKind, Finding, Message, span_of
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.edits import applied, swap
from empathy_coach.rules.loader import load_rule_set

from .conftest import RULE, SHIPPED  # type: ignore[import-not-found]

SET = load_rule_set(SHIPPED)


def found(draft: str, customer: str = "", kind: DraftKind = "reply", rules: Path | None = None) -> list[Finding]:
    rule_set = load_rule_set(rules) if rules else SET
    conversation = Conversation((Message("customer", "Anna", customer),) if customer else ())
    return list(apply_rules(read(conversation, Draft(draft, kind), rule_set.lexicon, rule_set.cues), rule_set))


@pytest.mark.parametrize(
    "draft",
    [
        "> You should have read the terms.\nHere is the label.",
        "Here is the label.\n```\nyou should have read the terms\n```",
        "Here is the label: https://x.example/you-should-have-read",
        "Here is the label.\n-- \nYou should have read the terms.",
        "",
        "   \n\n  ",
        "😀" * 200,
    ],
)
def test_what_is_not_the_agents_prose_is_not_judged(draft: str) -> None:
    assert [f for f in found(draft) if f.fault] == []


def test_spans_are_exact_past_emoji_invisible_and_curly_characters() -> None:
    draft = "Hi 😀 Anna,\n\n“You shou\u200bld have ticked the box.”"
    finding = next(f for f in found(draft) if f.rule == "core/tone/blames-customer")
    assert finding.span == span_of(draft, draft.index("You"), draft.index(" ticked"))


def test_a_note_is_not_judged_as_a_reply() -> None:
    draft = "Kindly tick the box."
    assert found(draft)
    assert [f.rule for f in found(draft, kind="note") if f.rule == "core/tone/kindly"] == []


def test_findings_come_by_position_and_never_overlap() -> None:
    draft = (
        "We apologise for any inconvenience caused. As already stated, you should have read the terms. "
        "Please be advised that we will look into it as soon as possible. Unfortunately that is not possible."
    )
    spans = [f.span for f in found(draft) if f.span]
    assert len(spans) >= 5
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(draft[s.start : s.end] == s.quote for s in spans)


def test_where_rules_meet_the_graver_stays(folder: Path) -> None:
    stop = RULE.replace("severity: warn", "severity: stop").replace("you should have\nunless", "have ticked\nunless")
    stop = stop.replace("<<You should have>> ticked", "You should <<have ticked>>")
    (folder / "packs/core/tone/grave.yaml").write_text(stop, encoding="utf-8")
    assert [f.rule for f in found("You should have ticked it.", rules=folder)] == ["core/tone/grave"]


def test_condition_on_what_the_customer_shows() -> None:
    draft = "We're delighted you love the shop."
    rule = "core/tone/glad-when-they-are-not"
    assert rule in [f.rule for f in found(draft, "I am furious, this is the third broken cup.")]
    assert rule not in [f.rule for f in found(draft, "The cup is lovely, thank you.")]


def test_words_of_the_customer_are_not_jargon() -> None:
    rule = "core/tone/insider-letters"
    assert rule in [f.rule for f in found("We wait for the RCA.")]
    assert rule not in [f.rule for f in found("We wait for the RCA.", "When do I get the RCA?")]


@pytest.mark.parametrize(
    ("text", "words", "new", "becomes"),
    [
        ("Kindly send it.", "Kindly", "please", "Please send it."),
        ("So kindly send it.", "kindly", "please", "So please send it."),
        ("Take a fast train.", "fast", "express", "Take an express train."),
        ("An early train.", "early", "late", "A late train."),
        ("A big order.", "big", "useful", "A useful order."),
        ("Rest assured, it is safe.", "Rest assured", "", "It is safe."),
        ("It is safe, rest assured.", "rest assured", "", "It is safe."),
        ("It is, rest assured, safe.", "rest assured", "", "It is safe."),
        ("Rest assured. It is safe.", "Rest assured", "", "It is safe."),
        ("It is safe. Rest assured.", "Rest assured", "", "It is safe."),
        ("I fear it is late.", "I fear", "we think", "We think it is late."),
    ],
)
def test_a_click_keeps_the_sentence_whole(text: str, words: str, new: str, becomes: str) -> None:
    start = text.index(words)
    # The sentence that holds the words: up to the full stop on either side.
    first = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
    last = text.index(".", start) + 1
    assert applied(text, swap(text, start, start + len(words), new, span_of(text, first, last))) == becomes


def test_the_hash_follows_content_not_comments(folder: Path, put: Callable[[str], Path]) -> None:
    first = load_rule_set(folder).hash
    put("# a comment\n" + RULE)
    assert load_rule_set(folder).hash == first
    put(RULE.replace("weight: 3", "weight: 4"))
    assert load_rule_set(folder).hash != first


def test_a_team_changes_rules_and_hash(folder: Path) -> None:
    (folder / "teams").mkdir()
    (folder / "teams/north.yaml").write_text("weights:\n  core/tone/blame: 5\n", encoding="utf-8")
    plain, north = load_rule_set(folder), load_rule_set(folder, "north")
    assert (plain.rules[0].weight, north.rules[0].weight) == (3, 5)
    assert plain.hash != north.hash
