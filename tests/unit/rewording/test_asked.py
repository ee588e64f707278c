"""Which questions of the customer's still want a prompt, and how they stand in it."""

from __future__ import annotations

import pytest

from empathy_coach.rewording.asked import apart, in_slot, parts, rhetorical, settled
from empathy_coach.rules.ruleset import RuleSet


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Can somebody come this week or not?", "Paul can be with you on Thursday after 2pm."),
        ("Is there somebody above you I can talk to?", "Ruth here, I'm the duty manager."),
        ("is there a spare shelf peg?", "I'll pop a peg in the post on Monday."),
        ("do the coaches run on Sundays?", "The last coach goes at ten on a Sunday."),
        ("can my name go on the bell?", "Go for it."),
        ("how often?", "Twice in the first year, then annually."),
        ("I want to speak with somebody senior", "Ritika here, supervisor."),
    ],
)
def test_what_the_draft_speaks_of_is_settled(question: str, statement: str, rules: RuleSet) -> None:
    assert settled(question, [statement], rules.lexicon, -0.5)
    assert not settled(question, ["Our office is in Mill Lane."], rules.lexicon, -0.5)


def test_again_is_not_against(rules: RuleSet) -> None:
    assert not settled("Will it count against me?", ["Looks like the proxy again."], rules.lexicon, -0.5)


@pytest.mark.parametrize("question", ["Did you read any of it?", "What's next, 'engineer thinking of you'?"])
def test_who_mocks_expects_no_answer(question: str) -> None:
    assert rhetorical(question)


def test_two_questions_joined_in_a_hurry_are_two() -> None:
    assert parts("how much is the first 5 n do u do weekends") == ["how much is the first 5", "do u do weekends"]


def test_two_sentences_read_as_one_are_two() -> None:
    asked = "Please confirm the amount at 15p. I would also like to know why it was late"
    assert [in_slot(part) for part in parts(asked)] == ["confirm the amount at 15p", "why it was late"]


def test_a_choice_between_yes_and_no_is_one_question() -> None:
    assert parts("Is it safe or is it no?") == ["Is it safe or is it no?"]


def test_a_long_question_ends_where_it_can() -> None:
    asked = "Will the bus be there on time this Friday, yes or no, and if not can we get another one by ten?"
    assert in_slot(asked) == "Will the bus be there on time this Friday, yes or no?"


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ("I want my wife written to, by hand, please", "I want my wife written to, by hand"),
        ("I should be grateful to know who will repair the chair", "who will repair the chair"),
        ("it's perfect, ty for chasing it \U0001f970 do i need to close the case?", "do I need to close the case?"),
        ("Please pass on my thanks", "pass on my thanks"),
        ("whats the fee on yen", "what's the fee on yen"),
        ("How much?", "How much?"),
        ("If I tick the wrong one can I change it?", "If I tick the wrong one can I change it?"),
        ("he will bring it home?", "he will bring it home?"),
        ("can he stay in the small tank until then??", "can he stay in the small tank until then?"),
        ("Kindly do the needful and waive off the same", "do the needful and waive off the same"),
        ("i would expect tea in the tea tin???", "I would expect tea in the tea tin"),
    ],
)
def test_what_is_asked_in_any_form_can_stand_in_a_slot(asked: str, stands: str) -> None:
    assert in_slot(asked) == stands


@pytest.mark.parametrize(
    "told",
    [
        "it says excess 900 AND age excess 1250?",
        "I need to go now, tonight or tomorrow",
        "I would just like to know",
        "why",
        "If there is another room",
        "Please can you just tell me",
        "don't tell me to run the tap",
    ],
)
def test_what_only_tells_stands_in_none(told: str) -> None:
    assert in_slot(told) is None


def test_a_doubtful_question_is_open_where_the_draft_has_none_of_its_words(rules: RuleSet) -> None:
    asked = "should he carry on with the new tablets until he's seen?"
    assert apart(asked, ["The 22nd was cancelled because the consultant is away."], rules.lexicon)
    assert not apart(asked, ["He can carry on as he is."], rules.lexicon)
    assert not apart("is it too late?", ["Your parcel is in Leeds."], rules.lexicon)  # too few words to tell


def test_what_only_seems_to_answer_counts_less_the_surer_the_reading_is(rules: RuleSet) -> None:
    for asked, said in (
        ("where do I put the toner order?", "You should have had a mail in the autumn."),
        ("what do I do?", "Please mind the doors."),
    ):
        assert settled(asked, [said], rules.lexicon, -0.5)
        assert not settled(asked, [said], rules.lexicon, -2.0)


def test_who_shouts_is_quoted_in_a_calm_voice() -> None:
    assert in_slot("WHEN IS IT BACK") == "when is it back"
    assert in_slot("I WANT IT BACK OR IM GOING TO THE BANK") == "I want it back or I'm going to the bank"
