"""The agent's voice, taken from the draft: I or we, with or without contractions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_CONTRACTION = re.compile(
    r"\b\w+(?:['\u2019](?:ll|ve|re|m|d)|n['\u2019]t)\b|\b(?:it|that|there|here|what|he|she)['\u2019]s\b", re.IGNORECASE
)
_WHOLE = re.compile(
    r"\b(?:I am|I have|I will|we are|we have|we will|do not|does not|is not|are not|cannot|can not|have not|has not"
    r"|will not|it is|that is|did not|was not|would not)\b",
    re.IGNORECASE,
)
_LONG = dict(
    pair.strip().split("=")
    for pair in """
    I'm=I am; I've=I have; I'll=I will; we're=we are; we've=we have; we'll=we will; you're=you are; you've=you have;
    you'll=you will; you'd=you would; it's=it is; that's=that is; there's=there is; isn't=is not; aren't=are not;
    wasn't=was not; weren't=were not; doesn't=does not; don't=do not; didn't=did not; hasn't=has not; haven't=have
    not; hadn't=had not; can't=cannot; couldn't=could not; won't=will not; wouldn't=would not; needn't=need not;
    shouldn't=should not
    """.replace("\n    ", " ").split(";")
)
_SHORT = re.compile("|".join(rf"\b{k}\b" for k in sorted(_LONG, key=len, reverse=True)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Voice:
    """``plural``: the draft speaks as "we" alone. ``whole``: it writes "I am", never "I'm"."""

    plural: bool = False
    whole: bool = False
    curly: bool = False

    def fit(self, sentence: str) -> str:
        """The sentence in this voice."""
        if self.plural:
            sentence = re.sub(r"\bI'm\b", "we're", sentence)
            sentence = re.sub(r"\bI've\b", "we've", sentence)
            sentence = re.sub(r"\bI'll\b", "we'll", sentence)
            sentence = re.sub(r"\bI was\b", "we were", sentence)
            sentence = re.sub(r"\bI am\b", "we are", sentence)
            sentence = re.sub(r"\bI\b", "we", sentence)
            sentence = re.sub(r"\bmine\b", "ours", sentence)
            sentence = re.sub(r"(^|[.:!?] )we", lambda m: m[1] + ("We" if m[1] != ": " else "we"), sentence)
        if self.whole:
            sentence = _SHORT.sub(lambda m: _like(m.group(), _LONG[_key(m.group())]), sentence)
        if self.curly:
            sentence = sentence.replace("'", "\u2019")
        return sentence


def _key(word: str) -> str:
    return word if word in _LONG else ("I" + word[1:] if word[:2] in {"i'", "I'"} else word[0].lower() + word[1:])


def _like(old: str, new: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


def voice_of(draft: str) -> Voice:
    """The voice of a draft."""
    heard: frozenset[str] = frozenset().union(*map(_heard_in_line, draft.split("\n")))
    whole = "short" not in heard and "whole" in heard
    return Voice("we" in heard and "I" not in heard, whole, "\u2019" in draft and "'" not in draft)


_PART = re.compile(r"[^.!?]+[.!?]*")
_I, _WE = re.compile(r"\bI\b(?!\.)"), re.compile(r"\b(?:we|we're|we've|we'll)\b", re.IGNORECASE)


@lru_cache(maxsize=2048)  # an edit costs one line, and of its parts one
def _heard_in_line(line: str) -> frozenset[str]:
    return frozenset().union(*map(_heard, _PART.findall(line)))


@lru_cache(maxsize=4096)
def _heard(part: str) -> frozenset[str]:
    """What a part of a draft tells of its voice."""
    signs = [("I", _I), ("we", _WE), ("whole", _WHOLE)]
    if "'" in part or "\u2019" in part:  # looking for a word that goes on with one takes long
        signs.append(("short", _CONTRACTION))
    return frozenset([name for name, pattern in signs if pattern.search(part)])
