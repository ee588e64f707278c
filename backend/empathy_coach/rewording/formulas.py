"""Sentences that are nothing but a formula: what fits any letter, puts somebody in their place, or cheers without cause."""

from __future__ import annotations

import re
from functools import lru_cache

CHEER = re.compile(
    r"^(?:have an? (?:great|nice|lovely|blessed|fab|fabulous|fantastic|amazing|wonderful|good|super|brilliant|awesome) "
    r"(?:day|one|week|weekend|evening|rest of .{3,20})|"
    r"enjoy (?:the rest of )?your (?:day|week|weekend|evening)|happy \w+ing|stay (?:strong|positive|safe),?|good "
    r"luck(?: with .{3,30})?|cheers|(?:we|i) (?:really )?(?:hope to|look forward to) (?:see|seeing|welcome|welcoming"
    r"|serve|serving) you\b[^.!?]{0,40})\s*[!.…\s\W]*$",
    re.IGNORECASE,
)
HOLLOW_ALONE = re.compile(
    r"^(?:(?:we|i)(?:'m| am|'re| are)? ?(?:truly |sincerely |very |so |do |really |deeply |also )*(?:apologi[sz]e"
    r"|sorry|regret)\b[^.!?,]{0,10}(?:for |about )?(?:any|the|this|all)? ?(?:inconvenience|upset|trouble"
    r"|disappointment|frustration|delay|confusion|distress|experience|issues?)?(?: (?:this|that|it) "
    r"(?:may|might|has|have)[^.!?,]{0,30})?(?: caused| experienced| you (?:may )?have experienced)?"
    r"|(?:sorry|apologies|my apologies|our apologies|sincere apologies)(?: again| once again| once more)?(?: for "
    r"(?:any|the|this|all|everything)(?: the)?(?: inconvenience| upset| trouble| delay| confusion)?(?: "
    r"caused)?)?"
    r"|(?:we|i) (?:completely |totally |fully |truly |really |do |can )*(?:understand|appreciate|hear)(?: (?:your"
    r"|how|that|the)\b[^.!?,]{0,60}| you)?"
    r"|(?:thank you|thanks|many thanks)(?: so much| very much)? for (?:reaching out|contacting|your (?:patience"
    r"|understanding|message|email|enquiry|feedback|lovely feedback|kind feedback|custom|detailed "
    r"message)|getting in touch|writing|bringing this|taking the time|being a valued)[^.!?,]{0,60}"
    r"|your (?:satisfaction|feedback|custom|business|happiness|comfort|safety|experience)[^.!?,]{0,20} (?:is|are) "
    r"(?:very |extremely |so )?(?:important|valued)[^.!?,]{0,30}"
    r"|we know how (?:important|much|hard)[^.!?]{0,60}|we(?:'re| are) here (?:to help|for you)[^.!?,]{0,50}"
    r"|(?:thank you|thanks)(?: so much| very much)? for your (?:kind|lovely|nice|warm) [^.!?,]{0,30}"
    r"|we value you[^.!?,]{0,40}|we(?:'d| would) (?:really |absolutely )?hate to (?:see you go|lose you)"
    r"|serial "
    r"caller|(?:please )?rest assured[^.!?,]{0,70}|we are committed to[^.!?,]{0,60}|we have noted your "
    r"comments|(?:wow, )?charming|lovely manners|how observant of you[^.!?]{0,40}|(?:we|i) (?:sincerely "
    r"|truly |really )*empathi[sz]e[^.!?,]{0,60}|your feelings are [^.!?,]{0,20}valid|we hear you|we see "
    r"you|(?:we|i) (?:truly |really )?thank you for (?:taking the time|sharing|your patience)[^.!?]{0,60}"
    r"|(?:we|i) take [^.!?,]{0,40} (?:very |extremely )?seriously(?: here)?|(?:we|i)(?:'d| would) (?:like "
    r"to )?(?:re)?assure you (?:that )?[^.!?]{0,40} at the heart of everything we do"
    r"|(?:please )?(?:do not|don't) hesitate to [^.!?]{0,50}"
    r"|we(?:'re| are) (?:so )?sorry to (?:hear|see) (?:that )?you(?:'d like to leave|(?: are|'re)? leaving| go)"
    r"|(?:please )?(?:watch|mind) your language[^.!?]{0,50}|please refrain from (?:using )?(?:abusive|offensive"
    r"|foul)[^.!?]{0,60}"
    r"|we(?:'re| are) thrilled[^.!?]{0,60}|this is (?:totally |completely |absolutely |simply )?unacceptable"
    r"|(?:and )?(?:we|i)(?:'re|'m| are| am) (?:absolutely |truly |so |honestly |really )*(?:devastated"
    r"|mortified|horrified|heartbroken)[^.!?,]{0,40}"
    r"|(?:oh,? )?my heart (?:truly |really |absolutely )?(?:breaks|goes out)[^.!?,]{0,30}"
    r"|i (?:really )*feel for you|i hate (?:it )?when this happens"
    r"|i can only imagine[^.!?,]{0,60})[\s.!,\W]*$",
    re.IGNORECASE,
)
_JOINS = re.compile(r",? (?:and|so|but) (?=(?:i|we|please|rest)\b)|, (?=(?:i|we|please)\b)|; ?", re.IGNORECASE)
# Whole sentences that only put the customer in their place.
_ASIDE = re.compile(
    r"^(?:\w+,? eh|(?:just|only) (?:kidding|joking)|easy peasy|noted with thanks"
    r"|(?:he+y+|hiya|heya|yo|howdy) [^.!?\d]{2,20}|(?:ouch\w*|oops\w*|whoops\w*|uh oh|oh no)\b[^.!?\d]{0,30}"
    r"|aw+,? (?:no|love|bless)[^.!?\d]{0,40}|(?:poor|bless) [^.!?\d]{0,40}|kids (?:are|bounce)[^.!?\d]{0,90}"
    r"|[^.!?\d]{0,60}\b(?:haha|lol)\b[^.!?\d]{0,20}|[^.!?\d]{0,80}grass (?:is|isn't)[^.!?\d]{0,40}greener[^.!?\d]{0,20}"
    r"|[^.!?\d]{0,80}\bbe nice(?:r)? to us\b[^.!?\d]{0,20}"
    r"|(?:maybe|perhaps|why not|you could) ask (?:a|your|someone|somebody)\b[^.!?\d]{0,100}"
    r"|you (?:clearly|obviously|evidently) [^.!?\d]{3,60}|you (?:really )?should be more careful\b[^.!?\d]{0,60}"
    r"|(?:you (?:just )?(?:need|have|will have) to|you must|please) (?:just )?be patient\b[^.!?\d]{0,30})[.!?\s]*$",
    re.IGNORECASE,
)


_VAGUE = re.compile(
    r"^(?:(?:i|we) (?:can |do |really |quite )*(?:see|understand|appreciate|know) (?:why|how|that)? ?(?:you(?:'re| "
    r"are)|this|that|it)\b[^.!?,]{0,45}"
    r"|(?:i'm|we're|i am|we are)? ?(?:so |very |really |truly )*sorry (?:to hear|to read|about|for) (?:this|that"
    r"|about this|about that|it|you've been through this|the (?:delay|trouble|wait|inconvenience|mix-up"
    r"|confusion)|your loss))[.!]*$",
    re.IGNORECASE,
)


_WISHES = re.compile(r"\b(?:congratulat|well done|get well|good luck with|happy birthday|feels? better)", re.IGNORECASE)
_ADDRESSED = re.compile(r",\s*(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'-]+(?=[.!]*$)")  # "Sorry about that, Kath."


@lru_cache(maxsize=4096)  # most sentences of one draft are those of the draft before
def is_formula(plain: str) -> bool:
    """Whether every part of it is a formula, or the whole an aside; never where they are wished something of their own."""
    if _WISHES.search(plain):
        return False
    return all(HOLLOW_ALONE.match(part) for part in _JOINS.split(plain)) or bool(_ASIDE.match(plain))


@lru_cache(maxsize=4096)
def is_vague(text: str) -> bool:
    """Whether it acknowledges without naming anything."""
    plain = _ADDRESSED.sub("", text.strip().replace("\u2019", "'"))
    return bool(_VAGUE.match(plain) or is_formula(plain))
