from __future__ import annotations

from pathlib import Path

from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.reading.read import read
from empathy_coach.rules.loader import load_rule_set

RULES = load_rule_set(Path(__file__).parents[3] / "coach_rules")
ASKED = Conversation(
    (Message("customer", "Ana", "Where is my parcel? When will the driver come with it?"),), "Tom", "Ana"
)


def test_what_is_still_to_be_filled_in_answers_nothing() -> None:
    def likely(draft: str) -> list[float]:
        found = read(ASKED, Draft(draft), RULES.lexicon, RULES.cues).customer.questions
        return [question.likely for question in found]

    bare = likely("Hi Ana, the depot has been told. Tom")
    assert len(bare) == 2
    assert likely("Hi Ana, the depot has been told. [When will the driver come with it?] Tom") == bare
    told = likely("Hi Ana, the driver will come with your parcel at 5. The depot has been told. Tom")
    assert told[1] > bare[1]
