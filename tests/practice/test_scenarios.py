"""Every scenario that ships is played by scripted agents, and the engine of role play behaves as its rules say."""

from __future__ import annotations

from pathlib import Path

import pytest

from empathy_coach.practice.debrief import debrief
from empathy_coach.practice.library import Library, load_library
from empathy_coach.practice.play import TURNS, Play, played
from empathy_coach.practice.trial import problems
from empathy_coach.rules.problems import RulesError
from empathy_coach.rules.ruleset import RuleSet

FOLDER = Path(__file__).parents[2] / "coach_rules"
NAMES = sorted(path.stem for path in (FOLDER / "practice").glob("*.yaml"))


def test_there_are_enough_and_some_take_a_case_over(library: Library) -> None:
    assert len(library.scenarios) >= 24
    assert len({s.domain for s in library.scenarios.values()}) >= 18
    assert sum(s.taking_over for s in library.scenarios.values()) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_scripted_agents_end_where_they_should(name: str, library: Library, rules: RuleSet) -> None:
    assert problems(library.scenarios[name], library, rules) == []


def test_on_another_day_too(library: Library, rules: RuleSet) -> None:
    for scenario in library.scenarios.values():
        good, curt = (played(scenario, 7, scenario.agents[a], library.words, rules) for a in ("good", "curt"))
        assert good.end == "thanks" and curt.end != "thanks"


def say(library: Library, rules: RuleSet, name: str, *replies: str, seed: int = 1) -> Play:
    return played(library.scenarios[name], seed, replies, library.words, rules)


def moved(play: Play, turn: int = -1) -> list[str]:
    return [m.name for m in play.turns[turn].moves]


HEARD = "Hello Ingrid,\n\nGoing from door to door on crutches for the changing table, with the baby due on the 19th: I'm sorry.\n\n"
FIX = "It went to the wrong building. A new one leaves the warehouse today and reaches you on Thursday the 12th.\n\nMarcus"


def test_the_same_seed_plays_the_same(library: Library, rules: RuleSet) -> None:
    replies = library.scenarios["changing-table"].agents["curt"]
    assert say(library, rules, "changing-table", *replies) == say(library, rules, "changing-table", *replies)


def test_a_solution_without_acknowledgement_is_half_heard(library: Library, rules: RuleSet) -> None:
    alone = say(library, rules, "changing-table", FIX)
    whole = say(library, rules, "changing-table", HEARD + FIX)
    assert "half_heard" in moved(alone) and "named" in moved(whole)
    assert alone.temper < whole.temper


def test_what_was_told_is_not_asked_again(library: Library, rules: RuleSet) -> None:
    play = say(library, rules, "changing-table", "Hi Ingrid, have you checked with your neighbours?")
    assert "asked_again" in moved(play)
    assert "every door" in play.turns[0].answer
    assert play.temper < play.scenario.temper


def test_an_open_question_comes_back(library: Library, rules: RuleSet) -> None:
    play = say(library, rules, "changing-table", HEARD + "A new one will be with you on Thursday the 12th.\n\nMarcus")
    assert [m.what for m in play.turns[0].moves if m.name == "left_open"] == ["where it is"]
    assert "where is it" in play.turns[0].answer.lower()


def test_a_hidden_need_comes_out_only_when_asked(library: Library, rules: RuleSet) -> None:
    closed = say(library, rules, "changing-table", HEARD + FIX)
    asked = say(
        library,
        rules,
        "changing-table",
        HEARD + FIX.replace("\n\nMarcus", "\n\nHow will you manage with it?\n\nMarcus"),
    )
    assert "fourth floor" not in closed.turns[0].answer
    assert "fourth floor" in asked.turns[0].answer


def test_the_same_reply_twice_is_noticed(library: Library, rules: RuleSet) -> None:
    play = say(
        library,
        rules,
        "changing-table",
        "We are looking into this with the courier now.",
        "We are looking into this with the courier now.",
    )
    assert "repeated" in moved(play)


def test_keywords_are_no_sentence(library: Library, rules: RuleSet) -> None:
    heap = "sorry changing table baby due date crutches every door wrong building thursday before 19th neighbours collect carry"
    play = say(library, rules, "changing-table", heap)
    assert "hollow" in moved(play)
    assert play.temper < play.scenario.temper


def test_nobody_writes_for_ever(library: Library, rules: RuleSet) -> None:
    play = say(library, rules, "thesis-printer", *(f"Let me see what I can find out about page {n}." for n in range(9)))
    assert len(play.turns) <= TURNS
    assert play.end == "leaves"


def test_the_debrief_names_what_turned_it(library: Library, rules: RuleSet) -> None:
    scenario = library.scenarios["changing-table"]
    good = debrief(say(library, rules, scenario.id, *scenario.agents["good"]), library.words)
    assert good.curve[0] == scenario.temper and good.curve[-1] > 62
    assert good.works and not good.turning and good.unasked is None
    curt = debrief(say(library, rules, scenario.id, *scenario.agents["curt"]), library.words)
    assert curt.turning and curt.turning[0].move.quote
    assert curt.unasked == "she cannot carry or build it"


def test_no_reply_at_all_is_survived(library: Library, rules: RuleSet) -> None:
    for reply in ("", " ", "?", "\u200b", "😀" * 4000, "a " * 4000):
        assert 0 <= say(library, rules, "thesis-printer", reply).temper <= 100


def test_mistakes_name_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    (folder / "shared").mkdir(parents=True)
    shared = (FOLDER / "practice" / "shared" / "temper.yaml").read_text(encoding="utf-8")
    (folder / "shared" / "temper.yaml").write_text(shared, encoding="utf-8")
    text = (FOLDER / "practice" / "changing-table.yaml").read_text(encoding="utf-8")
    wrong = (
        text.replace("temper: 36", "tempre: 36")
        .replace("- thursday ... 12", "- thursday ... (12")
        .replace("Where is it\n", "Where are they\n")
    )
    (folder / "mine.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(RulesError) as told:
        load_library(tmp_path)
    said = str(told.value)
    assert 'practice/mine.yaml:5: unknown key "tempre". Did you mean "temper"?' in said
    assert '"thursday ... (12": "(" without ")"' in said
    assert '"Where are they" does not stand in the opening message' in said
