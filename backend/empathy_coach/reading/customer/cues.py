"""What patterns cannot say: capitals, repeated marks, amounts, ages, days and dates."""

from __future__ import annotations

import re

from empathy_coach.reading.customer.clauses import Parsed

_NUMBER = "(?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten|several|many)"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SPELL = "(?:days?|weeks?|wks?|months?|hours?|hrs?|years?)"

# RE2 expressions on folded text that stand next to the lexicon's patterns: kind, strength (0: not that kind), expression.
SHAPES: tuple[tuple[str, float, str], ...] = (
    ("money_impact", 0.35, r"[$] ?[0-9][0-9.,]*k?"),
    ("money_impact", 0.35, r"\b[0-9][0-9.,]*k? ?(?:[$]|(?:quid|pounds?|euros?|dollars?|bucks|eur|gbp|usd|pence)\b)"),
    (
        "vulnerable",
        0.7,
        r"\b(?:i'?m|i am|is|she'?s|he'?s|was|aged?|being) (?:only |nearly |almost |just )?(?:[6-9][0-9]|10[0-9])(?:[.,;!?)]|$| and | years old| yrs| & )",
    ),
    ("vulnerable", 0.7, r"\b(?:i'?m|she'?s|i am|she is) [0-9]{1,2} weeks\b"),
    ("vulnerable", 0.7, r"\b(?:a|my|our|an|and) (?:[a-z]+ )?[0-9]{1,2}[- ](?:year|month|week|day)s?[- ]old\b"),
    (
        "vulnerable",
        0.0,
        r"\b(?:year|month|week|day)s?[- ]old (?:phone|laptop|router|account|tv|car|order|invoice|ticket|printer)",
    ),
    ("vulnerable", 0.7, r"\b(?:he|she|who) is (?:only )?(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"),
    ("deadline", 0.35, r"\b(?:on|by|before|until|till) (?:the )?[0-9]{1,2}(?:st|nd|rd|th)\b"),
    (
        "deadline",
        0.35,
        rf"\b(?:is|starts?|due|goes|by|before|on) (?:on )?(?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}",
    ),
    ("deadline", 0.6, r"\b(?:at|by) [0-9]{1,2}(?:[:.][0-9]{2})? ?(?:am|pm)? (?:today|tomorrow|tonight)\b"),
    ("deadline", 0.6, r"\b(?:today|tomorrow|tonight) at [0-9]"),
    (
        "frustration",
        0.35,
        rf"\b(?:for|since|after|over|nearly|almost|been) (?:[a-z]+ ){{0,2}}{_NUMBER} (?:whole |working |full )?{_SPELL}\b",
    ),
    ("frustration", 0.35, rf"\b{_NUMBER} {_SPELL} (?:now|later|late|ago|on hold|without)\b"),
    ("problem", 0.35, rf"\b{_NUMBER} {_SPELL} (?:now|later|late|on hold|without)\b"),
)

# Praise that stands alone, or for what nobody praises: irony where something went wrong next to it ("Splendid. It broke.").
PRAISE = "praise"
_FINE = (
    "lovely|splendid|charming|brilliant|great|fantastic|marvellous|wonderful|superb|excellent|perfect|genius|classy|impressive|"
    "delightful|fabulous|awesome|amazing|terrific|magnificent|nice|bravo|congratulations|congrats|good job|nice one|nice work|"
    "great job|good work|great work|well done|well played|top marks|ten out of ten|10/10|slow clap|how thoughtful|how kind"
)
SHAPES += (
    (
        PRAISE,
        1.0,
        rf"(?:^|[.!?,;:]\s+|\n)(?:oh,? |wow,? |well,? |just |how |really |truly |absolutely |simply |so,? )?(?:{_FINE})(?:[.,!]|$)",
    ),
    (
        PRAISE,
        1.0,
        r"\b(?:so |just )?(?:love|loving|loved|adore|enjoy|enjoyed|enjoying|thrilled|delighted|overjoyed) (?:how|when|it when|that you|to be told|to learn|paying|waiting|being|sitting|standing)\b",
    ),
)

_SHOUT = re.compile("[A-Z][A-Z'][A-Z']+")
_MARKS = re.compile(r"[!?]{2,}")


def shouts(parsed: Parsed) -> list[tuple[int, int]]:
    """Words in capitals as offsets of the text as written; short ones may be abbreviations and do not count."""
    text = parsed.original
    return [
        (start, end)
        for start, end in (found.span() for found in _SHOUT.finditer(text))
        if end - start > 3
        and not (start and text[start - 1].isalnum())
        and not (end < len(text) and (text[end].isalnum() or text[end] in "-_/"))
    ]


def marks(parsed: Parsed) -> int:
    """How many runs of repeated exclamation and question marks there are."""
    return len(_MARKS.findall(parsed.folded.text))
