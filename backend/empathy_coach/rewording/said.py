"""What the agent has said already: whether they have acknowledged anything, and whether it fits only this customer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from empathy_coach.domain import Conversation, Finding, Reading, Scores, Sentence
from empathy_coach.reading.same import CONVERSATIONS
from empathy_coach.rewording.facts import facts
from empathy_coach.rewording.formulas import is_vague
from empathy_coach.rewording.guard import names_of
from empathy_coach.rewording.sets import word_set

FEELS = re.compile(
    r"\b(?:sorry|apolog\w+|understand|can see|appreciate|must|know|no wonder|awful|horrible|miserable|frustrating"
    r"|upsetting|annoying|makes sense|far too|too long|shouldn't|should not|deserv\w+|good enough|fair"
    r"|right|hard|difficult|disappoint\w+|worr\w+|stress\w+)\b",
    re.IGNORECASE,
)
# Words of feeling: an acknowledgement in words of one's own ("I felt sick reading about the crack").
_MOVED = re.compile(
    r"\b(?:felt sick|awful|horrible|rotten|dreadful|miserable|heartbreaking|no wonder|makes it worse|must have been"
    r"|rough|grim|"
    r"humiliating|upsetting|a real blow|ashamed)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # most sentences of one draft are those of the draft before
def _moved(text: str) -> bool:
    return bool(_MOVED.search(text))


def opens(reading: Reading, gone: Sequence[tuple[int, int]]) -> bool:
    """Whether the draft begins with an apology of some length that stays: a second one in front would be one too many."""
    first = next((s for s in reading.own.sentences if (s.span.start, s.span.end) not in gone), None)
    return first is not None and apologises(first)


def apologises(sentence: Sentence) -> bool:
    """Whether it is an apology of some length."""
    text = sentence.span.quote
    return "apology" in sentence.acts and len(text.split()) > 4 and not is_vague(text)


# "I'm so very sorry that you and your partner have lost your baby": a cue reaches a few words only.
_OF_A_DEATH = re.compile(
    r"\bsorry\b[^.!?]*\b(?:lost|losing) (?:your|his|her|their)\b|\bsorry\b[^.!?]*\b(?:died|passed away|death)\b",
    re.IGNORECASE,
)
_OF_A_THING = re.compile(
    r"\b(?:order|account|data|files?|work|money|place|luggage|bags?|parcel|photos?|access)\b", re.IGNORECASE
)


def condoles(sentence: Sentence) -> bool:
    """Whether it is said for a death."""
    text = sentence.span.quote
    return any(cue.name == "condolence" for cue in sentence.cues) or bool(
        _OF_A_DEATH.search(text) and not _OF_A_THING.search(text)
    )


def general_opening(reading: Reading, gone: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A regret at the beginning that fits any letter: nothing of what this customer wrote is in it."""
    kept = [s for s in reading.own.sentences if (s.span.start, s.span.end) not in gone]
    theirs = _told_by_them(reading.conversation)
    names = names_of(reading.draft.text, reading.conversation)
    for sentence in kept[:1]:
        text = sentence.span.quote
        if (
            "apology" in sentence.acts
            and sentence.acts <= {"apology", "acknowledgement", "statement"}
            and len(kept) > 1
            and 4 < len(text.split()) <= 20
            and REGRETS.match(text)
            and not _told(text) & theirs
            and not _OWNS.search(text)
            and all(f.kind in {"modal"} for f in facts(text, names))
        ):
            return [(sentence.span.start, sentence.span.end)]
    return []


# A fault that the agent owns up to is no general regret.
_OWNS = re.compile(
    r"\b(?:we|I) (?:made|got|should|let|missed|forgot|lost|sent|gave|took|left|didn|did not)|\bour (?:mistake|fault|error|end)\b",
    re.IGNORECASE,
)


_TO_THEM = re.compile(r"\byour?\b", re.IGNORECASE)


def acknowledged(
    reading: Reading, gone: Sequence[tuple[int, int]], scores: Scores, findings: Sequence[Finding]
) -> bool:
    """Whether the agent has already named what this customer wrote, in words that no rule calls hollow."""
    value = next(e.value for e in scores.elements if e.element == "feeling")
    theirs = _told_by_them(reading.conversation)
    for sentence in reading.own.sentences:
        if (sentence.span.start, sentence.span.end) in gone or not (
            sentence.acts & {"acknowledgement"} or _moved(sentence.span.quote)
        ):
            continue
        shared = len(_told(sentence.span.quote) & theirs)
        if not shared and any(
            f.fault and f.span and f.span.start < sentence.span.end and sentence.span.start < f.span.end
            for f in findings
        ):
            continue
        felt = bool(FEELS.search(sentence.span.quote)) or bool(sentence.acts & {"apology"})
        if felt and (
            shared >= 2
            or (
                value >= 0.5
                and (shared or (_TO_THEM.search(sentence.span.quote) and len(sentence.span.quote.split()) > 9))
            )
        ):
            return True
    return False


_EMPTY = word_set(
    """
    your that this with have been from were would could about there their they when what which them then than will
    just very some please thank thanks sorry understand know appreciate order account email message issue problem
    service customer time back here hope need want like
    """
)


@lru_cache(maxsize=4096)
def _told(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in _EMPTY)


@lru_cache(maxsize=CONVERSATIONS)
def _told_by_them(conversation: Conversation) -> frozenset[str]:
    return frozenset().union(*map(_told, conversation.customer_texts))


REGRETS = re.compile(
    r"(?:(?:I|we)(?:['\u2019]m|['\u2019]re| am| are) (?:so |very |really |truly )?sorry\b|I apologi"
    r"|we apologi)",
    re.IGNORECASE,
)
