"""Questions as the customer put them: which of them wait for an answer, and how they stand in a slot."""

from __future__ import annotations

import re

_LEAD = re.compile(
    r"^(?:(?:and|but|so|or|also|then|first|firstly|second|secondly|third|finally|\d[).]|hi|hello|hey|please|pls|well"
    r"|ok|okay|honestly|one straight answer|and then|plus)\b[\s,:;)-]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]+(?:please|pls|thanks|thank you|if ever|at all|even|or what|or not|lol|tbh|then|ta|x+))?[\s?!.]*$",
    re.IGNORECASE,
)
# "Who keeps a receipt for a mattress?", "where do I even start?": nobody expects an answer.
_RHETORICAL = re.compile(
    r"\beven\b(?! if)|^(?:would|do) (?:you|u) (?:like to|want to|think|expect)\b|^who (?:keeps|does|would|wants"
    r"|needs|has)\b|^(?:who|which) (?:is|was|are) "
    r"\w+$",
    re.IGNORECASE,
)
# Without a question mark only what asks for something: "I need it for work" is no question to answer.
_ASKS = re.compile(
    r"^(?:please|can|could|would|will|give|send|tell|let|i want|i'd like|i would like|we want|we'd like|we would like|i wish to"
    r"|who|what|when|where|why|how|which|whether|if|is|are|do|does|did|has|am|may|shall|should|was|were|cancel|refund|ask)\b"
    r"(?!.*\bwould not like\b)",
    re.IGNORECASE,
)
_LONGEST = 110  # characters of a question in a slot
_BRACKETS = re.compile(r"[\[\]{}<>%]")


def rhetorical(question: str) -> bool:
    """Whether a question expects no answer."""
    return bool(_RHETORICAL.search(_TAIL.sub("", _LEAD.sub("", question.strip()))))


def in_slot(question: str) -> str | None:
    """A question, or a request, short enough to be recognised in a slot; None when it cannot stand there."""
    text = _LEAD.sub("", re.sub(r"\s+", " ", question).strip()).strip(" .,;:-")
    if _BRACKETS.search(text) or len(text.split()) < 3 or not (text.endswith("?") or _ASKS.match(text)):
        return None
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " ..."
    return text
