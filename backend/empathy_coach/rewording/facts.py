"""Facts of a text: whatever no rewording may change, drop or invent.

A fact is a pair of kind and normalised value. Numbers, amounts, dates, times, links, addresses, ids, codes,
quotations and placeholders are compared letter by letter; names, negations, conditions and modals by word.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
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
_DAYS_CUT = {"tues": "tuesday", "weds": "wednesday", "thurs": "thursday"}
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

# Words in small letters that may be facts by themselves, or begin one of ``_FAILS``.
_TELLING = frozenset(
    {*_NUMBER_WORDS, *_TIME_WORDS, *_DAYS_CUT, *_NEGATIONS, *_CONDITIONS, *_MODALS, *_SHORT_MODALS}
    | set("failed fails fail failing neglected forgot omitted failure".split())
)
_LETTERS = re.compile("[a-z]+")
_WORD_ENDS = r"(?=[ \n,;!?]|[.:](?:\s|\Z)|\Z)"
_TOKEN = re.compile(
    # Most of a text is plain words: known by what follows, they need not be tried as anything else.
    rf"(?P<run>[a-z]+(?:,? [a-z]+)+{_WORD_ENDS})|(?P<plain>[A-Za-z]+{_WORD_ENDS})"
    r"|(?P<placeholder>" + PLACEHOLDER.pattern + r"|\[[^\[\]\n]{1,120}\])"
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
# "Is there anything else I can help you with today": no day is told.
_COURTESY = re.compile(
    r"\b(?:help|assist\w*|helping|reach\w* out|contact\w*|touch|us)(?: (?:you|with|to|us))* today\b", re.IGNORECASE
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


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of the lines, which no token reaches across, save a fenced block: an edit costs one line."""
    at = 0
    for line in (text,) if "```" in text else text.split("\n"):
        yield at, line
        at += len(line) + 1


@lru_cache(maxsize=4096)  # the same lines are looked through for names and for facts
def _tokens(text: str) -> tuple[tuple[str, str, int], ...]:
    """Kind, text and place of each token of a line; words in small letters come as whole runs."""
    return tuple(
        ("word" if token.lastgroup == "plain" else str(token.lastgroup), token.group(), token.start())
        for token in _TOKEN.finditer(text)
    )


def names_in(text: str) -> frozenset[str]:
    """Words that are written with a capital where no sentence begins: names, lower case."""
    return frozenset().union(*[_names_in_line(line) for _, line in lines_of(text) if line])


@lru_cache(maxsize=4096)
def _names_in_line(line: str) -> frozenset[str]:
    found = set()
    for kind, word, at in _tokens(line):
        if kind == "word" and at > 0 and _may_name(word) and not _START.search(line[max(0, at - 12) : at]):
            found.add(_name(word))
    return frozenset(found)


@lru_cache(maxsize=20_000)  # enough for a language, and bounded
def _may_name(word: str) -> bool:
    if not word[0].isupper() or _plain(word) in _COMMON_NAMES or _plain(word) in _LITTLE:
        return False
    return not (word.isupper() and len(word) > 4 and is_word(word.lower()))  # shouting


def _name(word: str) -> str:
    plain = _plain(word)
    return plain[:-2] if plain.endswith("'s") else plain


def facts(text: str, names: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """The facts of a text, in order. ``names`` are the words that count as names (see ``names_in``)."""
    if "\n" not in text:
        return _facts_in_line(text, names)
    return tuple(
        [
            Fact(kind, value, at + start)
            for at, line in lines_of(text)
            if line
            for kind, value, start in _facts_in_line(line, names)
        ]
    )


@lru_cache(maxsize=8192)  # most sentences of one draft are those of the draft before
def _facts_in_line(text: str, names: frozenset[str]) -> tuple[Fact, ...]:
    low = text.lower()
    asked = {m.start() for m in _REQUEST.finditer(text)} if " you" in low or " i ask" in low else set()
    if " provided" in low:
        asked |= {m.end() - len("provided") for m in _GIVEN.finditer(text)}
    if "today" in low:
        asked |= {m.end() - len("today") for m in _COURTESY.finditer(text)}
    fails = {m.start() for m in _FAILS.finditer(text)} if " to" in low else ()
    return tuple(_facts(text, names, asked, fails))


def _facts(text: str, names: frozenset[str], asked: Container[int], fails: Container[int]) -> Iterator[Fact]:
    for kind, value, at in _tokens(text):
        if kind in ("run", "word"):
            for word, place in _words_of(value, at, names) if kind == "run" else ((value, at),):
                yield from _facts_of_word(word, place, names, asked, fails)
        elif kind == "number":
            yield Fact(kind, _plain(value.rstrip(".,:;/-")), at)
        else:
            yield Fact(kind, value.strip(), at)


def _words_of(run: str, start: int, names: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The words of a run and their places; none where no fact can be among them, as in most runs."""
    said = run.replace(",", "").split(" ")
    if not (_TELLING.isdisjoint(said) and names.isdisjoint(said)):
        yield from ((found.group(), start + found.start()) for found in _LETTERS.finditer(run))


def _facts_of_word(
    word: str, at: int, names: frozenset[str], asked: Container[int], fails: Container[int]
) -> Iterator[Fact]:
    if at in fails:
        if word.lower() == "failure":
            yield Fact("condition", "if", at)
        yield Fact("negation", "not", at)
        return
    known, name = _word_facts(word)
    if known and not (at in asked and _plain(word) in _CONDITIONS | _MODALS | _TIME_WORDS):
        for sort, said in known:
            yield Fact(sort, said, at)
    elif name in names and _plain(word) not in _MODALS:
        yield Fact("name", name, at)


@lru_cache(maxsize=20_000)
def _word_facts(word: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Kind and value of the facts that a word is by itself, and what it is called if it is a name."""
    return tuple(_known_facts(_plain(word))), _name(word)


def _known_facts(plain: str) -> Iterator[tuple[str, str]]:
    if plain in _NUMBER_WORDS:
        yield "number", plain
    elif plain in _TIME_WORDS or plain in _DAYS_CUT:
        yield "time", _DAYS_CUT.get(plain, plain)
    elif plain in _SHORT_MODALS:
        yield "modal", _SHORT_MODALS[plain]
        yield "negation", "not"
    elif plain in _NEGATIONS:
        yield "negation", _NEGATIONS[plain]
    elif plain.endswith("n't"):
        if plain[:-3] in _MODALS:
            yield "modal", plain[:-3]
        yield "negation", "not"
    elif plain in _CONDITIONS:
        yield "condition", "until" if plain == "till" else plain
    elif plain in _MODALS:
        yield "modal", plain
    elif plain.endswith("'ll"):
        yield "modal", "will"
