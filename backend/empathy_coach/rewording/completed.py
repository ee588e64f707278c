"""What a hurry leaves out of a clause: the "I", the "the", the verb, and who "she" is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_coach.rewording.persons import KIN_NAMES, SUBJECTS
from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.words import AUX, BASE_OF, PARTICIPLE, base_of, tag_of

# "Locked out again", "been waiting three weeks", "lost my job": the "I" that a hurry leaves out.
_LEFT_OUT: tuple[tuple[re.Pattern[str], dict[str, str], str], ...] = (
    (
        re.compile(r"(?:still |now )?(?:been|had|lost|missed|waited|spent|tried)\b(?! by\b)", re.IGNORECASE),
        {"been": "I've "},
        "I ",
    ),
    (
        re.compile(
            r"(?:still |now |completely |totally )?(?:locked out|logged out|shut out|cut off|stuck|stranded|out of pocket"
            r"|waiting(?! (?:loop|list|room|area|line|queue|period|time)\b)|without)\b",
            re.IGNORECASE,
        ),
        {},
        "I'm ",
    ),
    (
        re.compile(
            r"(?:charged|billed|overcharged|debited|fined) (?:twice|again|double|\S*\d|three|two|for)", re.IGNORECASE
        ),
        {},
        "I was ",
    ),
)


_NO_ARTICLE = word_set(
    "production work access customer service life money time people traffic school work mum's dad's mine yours"
)


# "My driving test it was cancelled"
_ONCE_MORE = re.compile(
    r"^((?:my|our|the|your) (?:\w+ ){1,2})(?:it|he|she|they) (?=(?:was|is|has|were|are|had|did)\b)", re.IGNORECASE
)


_DOWN_SINCE = re.compile(r"[a-z]+ (?:down|dead|off|out) since\b", re.IGNORECASE)  # "Line down since 10.50"
# "Floor's ruined"
_STATES = word_set("ruined broken gone dead down flooded wrecked smashed cracked soaked closed shut frozen")


def with_subject(text: str) -> str:
    """The clause with the "I" or the "the" that a hurry left out."""
    text = _ONCE_MORE.sub(r"\1", text)
    words = text.split()
    for pattern, special, usual in _LEFT_OUT:
        if pattern.match(text):
            return special.get(words[0].lower(), usual) + _small(text)
    low = [w.lower().replace("\u2019", "'") for w in words[:5]]
    if len(low) > 2 and _DOWN_SINCE.match(text) and tag_of(low[0]) == "NN":
        return f"the {low[0]} has been {low[1]} {' '.join(words[2:])}"
    if len(low) > 1 and low[0].endswith("'s") and tag_of(low[0][:-2]) == "NN" and low[1] in _STATES:
        return f"the {low[0][:-2]} is {' '.join(words[1:])}"
    noun = len(low) > 2 and low[0].isalpha() and tag_of(low[0]) in {"NN", "NNS"}
    if noun and low[0] not in SUBJECTS | KIN_NAMES | _NO_ARTICLE and any(_finite(low, i) for i in (1, 2)):
        return "the " + _small(text)
    return text


# Past forms that are no participles: "warranty ended", as against "laptop bought in May".
_HAPPENED = word_set(
    "ended expired died stopped crashed bounced failed broke came went fell disappeared vanished froze"
)


def _finite(low: Sequence[str], i: int) -> bool:
    """Whether a finite verb stands there, after a noun."""
    word = low[i]
    noun = i == 1 or tag_of(low[1]) in {"NN", "NNS", "JJ"}
    past = word in BASE_OF and word not in PARTICIPLE  # "ate", "came"
    verb = past or word in AUX | _HAPPENED or (tag_of(word) == "VBZ" and word not in {"says", "tells", "reads"})
    return noun and verb and low[1].isalpha()


def _small(text: str) -> str:
    first = text.split()[0]
    return (first.lower() if first.isupper() else first[0].lower() + first[1:]) + text[len(first) :]


_MEN = "husband dad father son lad grandson brother uncle grandad grandfather boy boyfriend"
_WOMEN = "wife mum mom mother daughter grandmother granddaughter sister aunt nan gran girl girlfriend"
_PERSON = {
    pronoun: re.compile(rf"\b(?:my|our) ({'|'.join(sorted(kin, key=len, reverse=True))})\b(?!'s)", re.IGNORECASE)
    for pronoun, kin in (("he", [*_MEN.split(), "little boy"]), ("she", [*_WOMEN.split(), "little girl"]))
}
_BY_NAME = {"he": re.compile(r"\b(?:Dad|Grandad|Grandpa)\b"), "she": re.compile(r"\b(?:Mum|Mom|Nan|Gran|Grandma)\b")}
_PRONOUN = re.compile(r"(?:and |but |now )?(he|she)('s|\u2019s|'d|\u2019d)?\s+(\w+)", re.IGNORECASE)
_WHOSE = re.compile(r"(?:and |but |now )?(his|her)\s+(?=[a-z])", re.IGNORECASE)


def named(clause: str, before: str) -> str:
    """ "She died at Easter" as "my mum died at Easter", where one person only can be meant; so with "his operation"."""
    whose = _WHOSE.match(clause)
    if whose:
        person = _meant("he" if whose[1].lower() == "his" else "she", before)
        return f"{person}'s {clause[whose.end() :]}" if person else clause
    found = _PRONOUN.match(clause)
    if not found or (found[2] and found[2][-1] == "d"):
        return clause
    person = _meant(found[1].lower(), before)
    if person is None:
        return clause
    short = ""
    if found[2]:
        short = " has" if base_of(found[3].lower()) or found[3].lower() in {"been", "not", "had"} else " is"
    return person + short + clause[found.start(3) - 1 :]


def _meant(pronoun: str, before: str) -> str | None:
    """The one person of the customer's that the pronoun can mean; None when there are more, or none."""
    people = {m.group().lower() for m in _PERSON[pronoun].finditer(before)}
    people |= {"my " + m.group().lower() for m in _BY_NAME[pronoun].finditer(before)}
    return people.pop() if len(people) == 1 else None
