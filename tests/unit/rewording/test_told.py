"""What a customer has been through, in clauses that can be said back: shortened, completed, named."""

import pytest

from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.reading.read import read
from empathy_coach.rewording.told import best_of, clauses, places_of
from empathy_coach.rules.ruleset import RuleSet

TOLD = {
    "My boyfriend spent last night in A&E because your pesto had cashew in it.": (
        "trouble",
        "your boyfriend spent last night in A&E",
    ),
    "Your battery went up in flames in our hallway.": ("heard", "the battery went up in flames in your hallway"),
    "locked out AGAIN. please please someone": ("trouble", "you're locked out again"),
    "My lad is eight. He's been crying all night.": ("trouble", "your lad has been crying all night"),
    "Our eSIM won't move over to the new phone.": ("trouble", "your eSIM doesn't move over to the new phone"),
    "meter ate my top up and nobody cares": ("trouble", "the meter ate your top up"),
    "My driving test it was cancelled today.": ("trouble", "your driving test was cancelled today"),
    # who "he" and "his" are, where one person only can be meant
    "My son Zayd is six. His operation has been cancelled three times.": (
        "trouble",
        "your son's operation has been cancelled three times",
    ),
    "LINE DOWN SINCE 10.50.": ("trouble", "the line has been down since 10.50"),
    "Second spin the same. Floor's ruined.": ("trouble", "the floor is ruined"),
    "Since April there is black mould on the wall beside my bed.": (
        "trouble",
        "there is black mould on the wall beside your bed",
    ),
    # an afterthought without a verb goes, and so does a second sentence behind a comma
    "Three of our members can't come now, two hospital.": ("trouble", "three of your members can't come now"),
    "We've been sitting on cold garden chairs since.": ("trouble", "you've been sitting on cold garden chairs"),
    # nothing that can be said back
    "code doesnt open 38 says invalid": None,
    "waiting loop 50 minutes, then thrown out": None,
    "The banking app is not showing anything either.": None,
    "NOBODY CARRIES CASH HERE.": None,
    "The church was torn down in 1998.": None,
    "The old one 15 years with Eskom never died.": None,
    "The wife doesn't know about the last one.": None,
    "I can't stop thinking about it.": None,
    "Can you send me the invoice?": None,
}


@pytest.mark.parametrize(("message", "expected"), TOLD.items(), ids=list(TOLD))
def test_told(message: str, expected: tuple[str, str] | None, rules: RuleSet) -> None:
    conversation = Conversation((Message("customer", "Ana", message),))
    best = best_of(clauses(read(conversation, Draft("It is done."), rules.lexicon, rules.cues)))
    if expected is None:
        assert best is None
    else:
        assert best is not None
        assert places_of(best)[expected[0]] == expected[1]
