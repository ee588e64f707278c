"""Facts of a text: whatever no rewording may change, drop or invent.

A fact is a pair of kind and normalised value. Numbers, amounts, dates, times, links, addresses, ids, codes,
quotations and placeholders are compared letter by letter; names, negations, conditions and modals by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.words import is_word


class Fact(NamedTuple):
    """One fact: its kind, its value (lower case, plain apostrophes), and where it stands."""

    kind: str
    value: str
    start: int


PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{0,200}\}\}|\[\[[^\[\]\n]{0,200}\]\]|<<[^<>\n]{0,200}>>|<%[^%\n]{0,200}%>|\$\{[^{}\n]{0,200}\}"
    r"|%[A-Za-z_][\w.]{0,60}%|\{[A-Za-z_][\w. ]{0,60}\}"
)

SLOT = re.compile(r"\[[^\[\]\n]{2,120}\]")

_NUMBER_WORDS = word_set(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen
    half twice third fourth fifth
    """
)
_TIME_WORDS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight yesterday noon midnight
    january february march april june july august september october november december
    """
)
_NEGATIONS = {
    "not": "not", "cannot": "not", "no": "no", "never": "never", "nobody": "nobody", "none": "none",
    "nothing": "nothing", "neither": "neither", "nor": "nor", "without": "without",
    "nowhere": "nowhere",
}  # fmt: skip
_CONDITIONS = word_set(
    """
    if unless until till only except before after provided otherwise once whether unlike instead
    """
)
_MODALS = word_set(
    """
    can could may might must shall should will would
    """
)
_SHORT_MODALS = {"won't": "will", "can't": "can", "shan't": "shall", "cannot": "can", "unable": "can"}
# "you failed to reply" says "not"; "failure to reply" says "if not".
_FAILS = re.compile(r"\b(?:failed|fails|fail|failing|neglected|forgot|omitted) to\b|\bfailure to\b", re.IGNORECASE)

_TOKEN = re.compile(
    r"(?P<placeholder>" + PLACEHOLDER.pattern + r"|\[[^\[\]\n]{1,120}\])"
    r"|(?P<code>```.*?```|`[^`\n]{1,200}`|(?m:^[ ]{4,}\S[^\n]*$))"
    r"|(?P<link>(?:https?://|www\.)[^\s<>\"]{1,300}[^\s<>\".,;:!?)\]]|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
    r"|(?P<quote>\"[^\"\n]{1,300}\"|\u201c[^\u201d\n]{1,300}\u201d|«[^»\n]{1,300}»"
    r"|(?<![\w])[\u2018'][^\u2018\u2019'\n]{1,200}(?:[\u2019'][a-z][^\u2018\u2019'\n]{0,200}){0,3}[\u2019'](?!\w)"
    r"|(?m:^>[^\n]*$))"
    r"|(?P<number>[#£$€¥+]*[\w./:+#-]*\d[\w.,:/%+°£$€¥-]*)"
    r"|(?P<path>(?:/[\w.-]{1,40}){2,8}|(?![Ss]ir/[Mm]adam)[A-Za-z]{2,30}(?:[_/\\][A-Za-z]{1,30}){1,6})"
    r"|(?P<word>[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*)"
    r"|(?P<sign>[£$€¥%&@#=<>|+])",
    re.DOTALL,
)
_GIVEN = re.compile(r"\b(?:was|were|is|are|be|been|not|being|have|has|had|\w+['\u2019]ve) provided\b", re.IGNORECASE)
_REQUEST = re.compile(r"\b(?:could|would|can|will|may) (?:you|i ask you)\b", re.IGNORECASE)
_START = re.compile(r"(?:^|[.!?:;…\n\"\u201c(>*•]|[-\u2013\u2014])[\s\"'\u201c\u2018(>*•]*$")
# Little words are never names, however they are written: "the vase 😞 It was", "I DID NOT".
_LITTLE = word_set(
    """
    a an the it its this that these those he she they we you i me my our your his her their us them is are was were be
    been am do did does has have had and or but so if of in on at to for from by with not no yes oh so as just please
    all any some when where what who why how then now there here one hate love thank thanks sorry really very clearly
    """
)
_COMMON_NAMES = word_set(
    """
    i i'm i've i'll i'd ok hi hello dear good sir madam customer policyholder guest valued user member all team kind
    best warm yours regards support policyholder subscriber passenger tenant resident client sirs there applicant
    claimant cardholder patient accountholder everyone folks
    """
)


def _plain(word: str) -> str:
    return word.lower().replace("\u2019", "'").replace("\u2018", "'")


def names_in(text: str) -> frozenset[str]:
    """Words that are written with a capital where no sentence begins: names, lower case."""
    found = set()
    for token in _TOKEN.finditer(text):
        word = token.group("word")
        if word is None or not word[0].isupper() or _plain(word) in _COMMON_NAMES or _plain(word) in _LITTLE:
            continue
        if word.isupper() and len(word) > 4 and is_word(word.lower()):
            continue  # shouting
        if not _START.search(text[max(0, token.start() - 12) : token.start()] or "") and token.start() > 0:
            found.add(_name(word))
    return frozenset(found)


def _name(word: str) -> str:
    plain = _plain(word)
    return plain[:-2] if plain.endswith("'s") else plain


@lru_cache(maxsize=4096)  # most sentences of one draft are those of the draft before
def facts(text: str, names: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """The facts of a text, in order. ``names`` are the words that count as names (see ``names_in``)."""
    requests = {m.start() for m in _REQUEST.finditer(text)}
    fails = {m.start() for m in _FAILS.finditer(text)}
    requests |= {m.end() - len("provided") for m in _GIVEN.finditer(text)}
    return tuple(_facts(text, names, requests, fails))


def _facts(text: str, names: frozenset[str], requests: set[int], fails: set[int]) -> Iterator[Fact]:
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup or "word"
        value = token.group()
        at = token.start()
        if kind == "number":
            yield Fact(kind, _plain(value.rstrip(".,:;/-")), at)
        elif kind != "word":
            yield Fact(kind, value.strip(), at)
        elif at in fails:
            if value.lower() == "failure":
                yield Fact("condition", "if", at)
            yield Fact("negation", "not", at)
        else:
            yield from _word_facts(value, at, names, requests)


def _word_facts(word: str, at: int, names: frozenset[str], requests: set[int]) -> Iterator[Fact]:
    plain = _plain(word)
    if plain in _NUMBER_WORDS:
        yield Fact("number", plain, at)
    elif plain in _TIME_WORDS:
        yield Fact("time", plain, at)
    elif plain in _SHORT_MODALS:
        yield Fact("modal", _SHORT_MODALS[plain], at)
        yield Fact("negation", "not", at)
    elif plain in _NEGATIONS:
        yield Fact("negation", _NEGATIONS[plain], at)
    elif plain.endswith("n't"):
        if plain[:-3] in _MODALS:
            yield Fact("modal", plain[:-3], at)
        yield Fact("negation", "not", at)
    elif plain in _CONDITIONS and at not in requests:
        yield Fact("condition", "until" if plain == "till" else plain, at)
    elif plain in _MODALS:
        if at not in requests:
            yield Fact("modal", plain, at)
    elif plain.endswith("'ll"):
        yield Fact("modal", "will", at)
    elif _name(word) in names:
        yield Fact("name", _name(word), at)
