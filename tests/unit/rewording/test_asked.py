"""Which questions of the customer's still want a prompt, and how they stand in it."""

from __future__ import annotations

import pytest

from empathy_coach.rewording.asked import in_slot, parts, rhetorical, settled
from empathy_coach.rules.ruleset import RuleSet


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Can somebody come this week or not?", "Paul can be with you on Thursday after 2pm."),
        ("Is there somebody above you I can talk to?", "Ruth here, I'm the duty manager."),
        ("is there a spare shelf peg?", "I'll pop a peg in the post on Monday."),
        ("do the coaches run on Sundays?", "The last coach goes at ten on a Sunday."),
        ("can my name go on the bell?", "Go for it."),
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


def test_a_long_question_ends_where_it_can() -> None:
    asked = "Will the bus be there on time this Friday, yes or no, and if not can we get another one by ten?"
    assert in_slot(asked) == "Will the bus be there on time this Friday, yes or no?"
