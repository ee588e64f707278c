"""Turns of phrase that change how the rest is meant: hedges, denials, closings, pointed questions and mock praise.

Fixed RE2 expressions, tried at once on a whole message; only those that match are searched for their places.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from empathy_coach.reading.customer.clauses import Parsed
from empathy_coach.reading.pattern_set import FewPatterns

_FEELING = r"(?:angry|cross|mad|upset|annoyed|unhappy|worried|complain(?:ing)?|disappointed|bothered|offended|fussed|frustrated|furious)"
# "a bit annoying" is half as annoying; "not angry" is not angry.
_SOFT = (
    r"\b(?:a (?:bit|little|tad|touch|shade)|(?:a )?little bit|slight(?:ly)?|somewhat|kind of|kinda|sort of|minor|mildly|small thing|"
    r"no biggie|not (?:a )?(?:big|huge) (?:deal|thing)|not the end of the world|nothing major)\b"
)
_DENIED = (
    rf"\b(?:not|never|no|isn't|wasn't|aren't|without being) (?:at all |really |even |that |so |too |in the least )?{_FEELING}\b"
    r"|\b(?:not|isn't|wasn't) (?:really )?(?:a |meant as a |to )?complain(?:t|ing)?\b"
)
_CLOSING = (
    r"\b(?:no (?:need to|reply|answer|response|action|rush|hurry|worries|problem|issue)|never mind|nevermind|all (?:good|sorted|fine|done|well)|"
    r"(?:is|are|it's|works|working|up|fixed|sorted|fine) (?:fine |sorted |fixed |working |running )?(?:now|again)|did the trick|"
    r"nothing (?:is |was )?(?:wrong|bad|urgent|to do with)|you can close|no longer (?:need|use|require)|don't need (?:it|this|them) any ?more|"
    r"just (?:wanted to|to) (?:say|let you know)|got it|that's (?:fine|great|perfect)|whenever you (?:have|can|get)|not urgent|just curious)\b"
)
# Questions that are complaints, and praise that is none.
_POINTED = (
    r"\b(?:why (?:is|are|am|was|were|has|have|did|do|does|would|can't|won't) (?:you|it|this|we|i|nobody|no one|my|there)(?: guys)? (?:so|still|not|n't|always|never|keep|even|now)?"
    r"|how (?:hard|difficult|long|many times|much longer|is (?:this|it) (?:possible|even|still|acceptable))\b(?: (?:can|is|does|do|must|should|will) (?:it|this|i|we)\b)"
    r"|is (?:anyone|anybody|someone) (?:even|actually|there|awake|working|reading)|what am i paying|are you (?:serious|kidding|joking|even|for real|going to)|seriously\?|really\?"
    r"|(?:great|nice|good|lovely|awesome|fantastic|brilliant|perfect|wonderful)[,.] (?:another|so|now|just|again|the same|more|yet)|(?:oh|how) (?:great|lovely|nice|wonderful|brilliant|perfect)"
    r"|thanks? (?:you )?(?:so much )?for (?:nothing|ruining|wasting|losing|leaving|ignoring|the (?:delay|silence))|just what (?:i|we) (?:needed|wanted)"
    r"|(?:nice|great|good|awesome|well) (?:job|work|done|going)[ ,](?:losing|you|on (?:the|losing|ruining)|cancel|ruin|leav|ignor|with)|so you (?:cancel|charge|los|leave|left|took|take)"
    r"|(?:would|it'd) be (?:nice|great|good) if (?:someone|somebody|anyone|you|one of)|(?:fail|epicfail|nothappy|frustrated|neveragain|unacceptable|ridiculous|disappointed|badservice|poorservice)\s*(?:[.!#\n]|$))"
)
_CLOSES = 2  # not in a question: "is it fixed now?"
_ASIDES = FewPatterns((_SOFT, _DENIED, _CLOSING, _POINTED))


class Asides(NamedTuple):
    """The numbers of the sentences in which each sort stands."""

    soft: frozenset[int]
    denied: frozenset[int]
    closing: frozenset[int]
    pointed: frozenset[int]


_NONE = Asides(frozenset(), frozenset(), frozenset(), frozenset())


def asides(parsed: Parsed) -> Asides:
    """Find them in one message."""
    places: tuple[set[int], ...] = (set(), set(), set(), set())
    starts: list[int] = []
    for pattern, start, _ in _ASIDES.matches(parsed.folded):
        starts = starts or [sentence.start for sentence in parsed.sentences]
        number = bisect_right(starts, start) - 1
        if number >= 0 and not (pattern == _CLOSES and parsed.sentences[number].mark == "?"):
            places[pattern].add(number)
    return Asides(*map(frozenset, places)) if starts else _NONE
