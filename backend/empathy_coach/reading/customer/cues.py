"""What patterns cannot say: capitals, repeated marks, amounts, ages, days and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_coach.reading.customer.clauses import Parsed
from empathy_coach.reading.customer.lexicon import Hit

_AMOUNT = re.compile(
    r"(?:\$ ?\d[\d.,]*k?|\b\d[\d.,]*k? ?(?:\$|quid\b|pounds?\b|euros?\b|dollars?\b|bucks\b|eur\b|gbp\b|usd\b|pence\b))"
)
_SHOUT = re.compile(r"\b[A-Z]{2}[A-Z']{2,}\b")
_MARKS = re.compile(r"!{2,}|\?{2,}|[?!]{2,}")
_AGE = re.compile(
    r"\b(?:i'?m|i am|is|she'?s|he'?s|was|and|aged?|being) (?:only |nearly |almost |just )?(?:[6-9]\d|10\d)\b(?! ?(?:%|min|hour|day|week|mile|year old (?:phone|car)|percent|degree|km|euro|pound|dollar|quid))"
    r"|\b(?:i'?m|she'?s|i am|she is) \d{1,2} weeks\b"
    r"|\b(?:a|my|our|an|and) (?:\w+ )?\d{1,2}[- ](?:year|month|week|day)s?[- ]old\b(?! (?:phone|laptop|router|account|tv|car))"
    r"|\b(?:is|are) (?:only )?(?:one|two|three|four|five|six|seven|eight|nine|ten)\b(?=[.,;]|$| and (?:asthmatic|diabetic|coeliac))"
)
_DATE = re.compile(
    r"\b(?:on|by|before|until|till|from) (?:the )?\d{1,2}(?:st|nd|rd|th)\b"
    r"|\b(?:is|starts?|due|goes|by|before) (?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|\b(?:at|by) \d{1,2}(?:[:.]\d\d)? ?(?:am|pm)?(?: (?:today|tomorrow|tonight))\b|\b(?:today|tomorrow|tonight) at \d"
)
_SINCE = re.compile(
    r"\b(?:for|since|after|over|nearly|almost|in|been) (?:\w+ ){0,2}(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many) (?:whole |working |full )?(?:days?|weeks?|wks?|months?|hours?|hrs?|years?)\b"
    r"|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:days?|weeks?|wks?|months?|hours?|hrs?) (?:now|later|late|ago|before|on hold|without)\b"
)


def cues(parsed: Parsed) -> Iterator[Hit]:
    """Signals by shape, in offsets of the folded text."""
    text = parsed.folded.text
    for found in _AMOUNT.finditer(text):
        yield Hit("money_impact", found.start(), found.end(), 0.35)
    for found in _AGE.finditer(text):
        yield Hit("vulnerable", found.start(), found.end(), 0.7)
    for found in _DATE.finditer(text):
        yield Hit("deadline", found.start(), found.end(), 0.35)
    for found in _SINCE.finditer(text):
        yield Hit("frustration", found.start(), found.end(), 0.35)


def shouts(parsed: Parsed) -> list[tuple[int, int]]:
    """Words in capitals as offsets of the text as written; short ones may be abbreviations and do not count."""
    return [found.span() for found in _SHOUT.finditer(parsed.original)]


def marks(parsed: Parsed) -> int:
    """How many runs of repeated exclamation and question marks there are."""
    return len(_MARKS.findall(parsed.folded.text))
