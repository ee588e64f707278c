"""Stand-ins for what tells who somebody is, in a text that may be kept as a rule's example.

Names that somebody is greeted or signs with, addresses, and numbers of phones, orders and accounts are replaced.
Amounts, dates and times stay. It finds the obvious only: whoever keeps the text is asked to look over the rest.
"""

from __future__ import annotations

import re

from empathy_coach.reading.layout import lay_out
from empathy_coach.rewording.people import signing_name

NAME = "Taylor"  # a first name or a last one, of any gender: "Hi Taylor", "Mr Taylor"
ADDRESS = "name@example.com"
_LONG = 4  # digits; shorter numbers are of steps, rooms, hours

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_LINK = re.compile(r"((?:https?://|www\.)[^\s/<>\"]{1,253}/)[^\s<>\"]*[^\s<>\".,;:!?)\]]")
_TAIL = r"\d\w*(?:[/.,:-]\w+)*"
_NUMBER = re.compile(rf"(?<![\w.])[#+(]*(?:[A-Za-z]{{1,8}}[-/]){{0,3}}\w*{_TAIL}(?:(?:\)? |\)|-)\(?{_TAIL})*")
_STAYS = re.compile(
    r"(?:19|20)\d\d"
    r"|\d{1,4}([./-])\d{1,2}\1\d{1,4}|\d{1,2}[:.]\d{2}(?:-\d{1,2}[:.]\d{2})?(?:[ap]m)?"  # dates and times
    r"|\d{1,3}(?:[,.]\d{3})+(?:[.,]\d{2})?|\d+[.,]\d{2}"  # amounts as they are written
)
_MONEY_BEFORE = re.compile(r"[£$€¥] ?\Z|\b(?:EUR|USD|GBP) \Z")
_MONEY_AFTER = re.compile(r" ?(?:[£$€¥%]|(?:EUR|USD|GBP|euros?|pounds?|dollars?|quid)\b)")
_CONTACT = re.compile(r"[\d@]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NOT_NAMES = frozenset(
    """
    hi hiya hello hey hallo dear good morning afternoon evening day greetings again there all both everyone everybody
    team folks guys friend friends colleague colleagues customer member guest valued user neighbour sir madam sirs mr
    mrs ms mx miss dr prof and or kind kindest best warm warmest warmly many very much with regards wishes thanks thank
    you so cheers yours your sincerely faithfully truly take care speak talk soon until then have cordially kindly
    respectfully love the from sent in advance sorry please what how yes no ok okay
    """.split()
)


def names_in(*texts: str) -> frozenset[str]:
    """The names that people are greeted or sign with in these texts, word by word."""
    return frozenset(name for text in texts for name in _names(text))


def with_stand_ins(text: str, names: frozenset[str]) -> str:
    """The text with stand-ins for these names, for addresses and for long numbers. Twice is as once."""
    text = _LINK.sub(r"\1", _ADDRESS.sub(ADDRESS, text))
    text = _NUMBER.sub(_zeros, text)
    if not names:
        return text
    known = "|".join(sorted({re.escape(as_is) for n in names for as_is in (n, n[0].upper() + n[1:], n.upper())}))
    return re.sub(rf"\b(?:{known})(?: (?:{known}))*\b", NAME, text)


def _names(text: str) -> list[str]:
    lines = text.split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or _CONTACT.search(lines[-1])):
        lines.pop()  # "07700 900123", below the name
    text = "\n".join(lines)
    layout = lay_out(text, None, None)
    greeted = _named(layout.greeting.quote) if layout.greeting else []
    signed = _named(layout.sign_off.quote) if layout.sign_off else []
    if layout.sign_off and not signed:  # a team, and perhaps somebody's name above it
        above = lay_out(text[: layout.sign_off.start], None, None).sign_off
        signed = _named(above.quote) if above else []
    return greeted + signed


def _named(edge: str) -> list[str]:
    """The words of the first name in a greeting or a sign-off; what follows is a role or a house."""
    for part in re.split(r"[\n,;:|–—]", edge):
        words = [word for word in _WORD.findall(part) if len(word) > 1 and word.lower() not in _NOT_NAMES]
        found = [word for word in words if word[0].isupper()] or (words if len(words) == 1 else [])
        if found and signing_name(" ".join(found)):
            return found
    return []


def _zeros(found: re.Match[str]) -> str:
    number = found.group()
    before = found.string[max(0, found.start() - 5) : found.start()]
    money = _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(found.string, found.end())
    if money or sum(map(str.isdigit, number)) < _LONG or _STAYS.fullmatch(number.rstrip(".,:-/")):
        return number
    return re.sub(r"\d", "0", number)
