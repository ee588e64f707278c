"""Names to greet with and to sign with: a first name where there is one, else nothing; who says who they are."""

from __future__ import annotations

import re
from functools import lru_cache

from empathy_coach.domain import Sentence

_TITLE = re.compile(
    r"^(?:mr|mrs|ms|mx|miss|dr|prof|sir|dame|rev|lord|lady|madame|herr|frau|professor)\.?$", re.IGNORECASE
)
_NOT_A_PERSON = re.compile(
    r"\b(?:people|ops|relations|guest|safety|moderation|team|desk|office|service|services|support|care|reception"
    r"|retention|accounts?|officer|department|dept"
    r"|billing|sales|"
    r"licensing|moderation|registry|payroll|customer|help|admin|company|ltd|limited|inc|llc|gmbh|plc|corp|group|shop"
    r"|store|"
    r"hotel|clinic|school|council|surgery|records|privacy|trust|security|fraud|front|operations|squad|bot|system"
    r"|noreply|info|unit|clerk|lettings|agent|agents|adviser|advisor|bookings?|reservations|admissions|revenues|tax|complaints|dispatch"
    r"|logistics|finance|legal|compliance|hr|maintenance|repairs|enquiry|hotline|"
    r"parking|claims|complaints|library|university|housing|enquiries|response)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset("anon anonymous guest unknown user visitor customer client none null n/a".split())
_NAME = re.compile(r"^[^\W\d_][^\W\d_'\u2019-]*(?:['\u2019-][^\W\d_]+)*$")
_INTRODUCES = re.compile(
    r"(?:(?:I['\u2019]m|I am|this is|my name is|my name['\u2019]s) (?!sorry|glad|afraid|writing|pleased)[^.!?\n]*\b(?:supervisor|manager|lead"
    r"|head|from|registrar|director|in charge|taken (?:this|over)|colleague|owner)\b"
    r"|(?:this is|my name is|my name['\u2019]s) [A-Z]"
    r"|(?!(?:Click|Look|Press|See|Tap|Sign|Log|Book|Start|Come|Go|Right|Just|From|Not|I|We|You|It) )[A-Z][\w'-]+(?: [A-Z][\w'-]+)? here\b)"
)


def introduces(sentence: Sentence) -> bool:
    """Whether it says who writes: "Morag here, I'm the team manager", "My name is Tom"."""
    return bool(_INTRODUCES.match(sentence.span.quote))


@lru_cache(maxsize=1024)
def greeting_name(name: str | None, formal: bool = False) -> str | None:
    """How to address a customer: "Marguerite", "Mrs Whitlock"; None for handles, addresses, initials, companies."""
    words = (name or "").strip().split()
    if (
        not words
        or words[0].lower() in _NOBODY
        or len(words) > 5
        or _NOT_A_PERSON.search(name or "")
        or re.search(r"[@\d_/\\<>{}\[\]]", name or "")
    ):
        return None
    if _TITLE.match(words[0]):
        last = words[-1]
        return f"{words[0]} {last}" if len(words) > 1 and _proper(last) else None
    if any(w in {"&", "and", "+"} for w in words):
        return (
            " ".join(words).replace("&", "and")
            if all(_proper(w) for w in words if w not in {"&", "and", "+"}) and len(words) == 3
            else None
        )
    first = words[0]
    if first.endswith(("'s", "\u2019s")):
        return None  # "Yusuf's dad"
    if first[0].islower() and not first.islower():
        return None  # a handle: "xVortex"
    if not _proper(first) or len(first.rstrip(".")) < 2 or first.endswith("."):
        return None
    if first.isupper() and len(first) > 3:
        first = first.capitalize()
    # Two names in a script without capitals: the whole is safer than half of it.
    return (
        first
        if first[0].isupper()
        else (" ".join(words) if first[0].upper() == first[0].lower() else first.capitalize())
    )


def _proper(word: str) -> bool:
    return bool(_NAME.match(word))


@lru_cache(maxsize=1024)
def signing_name(name: str | None) -> str | None:
    """The agent's name to sign with, None where it names a team or a desk."""
    text = (name or "").strip()
    if not text or _NOT_A_PERSON.search(text) or re.search(r"[@\d_/\\<>{}\[\]]", text) or len(text) > 40:
        return None
    words = text.split()
    return text if len(words) <= 3 and all(_NAME.match(w.rstrip(".")) for w in words) else None
