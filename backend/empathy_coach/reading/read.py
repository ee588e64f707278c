"""Reading: what the customer says, and what the draft does."""

from __future__ import annotations

from empathy_coach.domain import Conversation, Draft, Reading
from empathy_coach.reading.cues import Cues
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.reader import read_customer
from empathy_coach.reading.draft import read_draft
from empathy_coach.reading.layout import without_gaps
from empathy_coach.reading.same import known


def read(conversation: Conversation, draft: Draft, lexicon: Lexicon, cues: Cues) -> Reading:
    """Read the conversation and the draft together."""
    conversation = known(conversation)
    return Reading(
        conversation,
        draft,
        read_customer(conversation, without_gaps(draft.text), lexicon),
        read_draft(draft, conversation, cues),
    )
