"""The customer takes an answer for one, however it is worded; and what only sounds like one, for none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from empathy_coach.practice.answering import answer_in
from empathy_coach.practice.library import Library
from empathy_coach.practice.play import Play, played
from empathy_coach.practice.scenario import Question, Scenario
from empathy_coach.rules.ruleset import RuleSet

ANSWERS = yaml.safe_load((Path(__file__).parent / "answers.yaml").read_text(encoding="utf-8"))
SENTENCE = re.compile(r"(?<=[.!?]) ")


def say(library: Library, rules: RuleSet, name: str, *replies: str) -> Play:
    return played(library.scenarios[name], 1, replies, library.words, rules)


def question(scenario: Scenario, about: str) -> Question:
    hidden = (scenario.hidden.question,) if scenario.hidden else ()
    return next(q for q in (*scenario.questions, *scenario.later, *hidden) if q.about == about)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_answers_are_taken_however_they_are_worded(name: str, library: Library) -> None:
    scenario = library.scenarios[name]
    missed = [
        text
        for about, texts in ANSWERS[name].items()
        for text in texts
        if not answer_in(scenario, question(scenario, about), parts := SENTENCE.split(text), parts, parts)
    ]
    assert missed == []


def test_finding_out_is_no_answer_and_a_time_for_it_buys_patience(library: Library, rules: RuleSet) -> None:
    heard = "Four degrees outside, and two calls cut off. I'm so sorry."
    bare = say(
        library, rules, "cold-flat-in-january", f"{heard} I am checking with the team why the credit is missing."
    )
    assert not [m for m in bare.turns[0].moves if m.name == "answered"]
    assert bare.turns[0].answer.endswith(("And when will you know?", "How long is that going to take?"))
    timed = say(
        library, rules, "cold-flat-in-january", f"{heard} I don't know yet why. I will write to you by half past ten."
    )
    assert [m.name for m in timed.turns[0].moves if m.name in ("answered", "comes_back")] == ["comes_back"]
    assert "wait" in timed.turns[0].answer or "look out" in timed.turns[0].answer


def test_promises_are_no_answer(library: Library, rules: RuleSet) -> None:
    play = say(
        library, rules, "rings-in-frankfurt", "I can see how awful this is, Aoife. I'll do all I can to get you there."
    )
    assert not [m for m in play.turns[0].moves if m.name == "answered"]


def test_an_offer_gets_a_yes_and_a_question_its_answer(library: Library, rules: RuleSet) -> None:
    flight = "Stuck with the rings, that is hard. There is a seat over Lisbon at 6.50. Shall I book it for you?"
    said = say(library, rules, "rings-in-frankfurt", flight).turns[0].answer
    assert any(yes in said for yes in library.words.lines["accepts"])
    desk = say(library, rules, "locked-out-monday", "It's switched on, 15 minutes. Which desk do you sit at?")
    assert "desk by the plant" in desk.turns[0].answer


def test_nobody_leaves_before_a_second_reply(library: Library, rules: RuleSet) -> None:
    for scenario in library.scenarios.values():
        assert say(library, rules, scenario.id, "No. You should have read the terms. Not our problem.").end is None


def test_a_need_met_before_it_is_told_need_not_be_told(library: Library, rules: RuleSet) -> None:
    flat = "Four times nobody came, I'm sorry. Mr Doyle comes on Thursday. Until then flat 9 is empty and dry for you."
    play = say(library, rules, "mould-in-the-bedroom", flat, "A quarter of the rent comes back to you.")
    assert "met" in [m.name for m in play.turns[0].moves]
    assert "She minds" not in play.turns[1].answer
