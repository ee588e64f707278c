"""Turning a customer's clause around, for the agent to say: "my parcel is late" -> "your parcel is late".

Pure rules over one clause. Whatever is not plainly clean is refused (None): silence is better than a parroted insult,
a riddle, or broken English in the agent's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from empathy_coach.rewording.clean import is_clean, tokens_of
from empathy_coach.rewording.persons import COMPANY, DAYS, DETERMINERS, KIN_NAMES, PEOPLE, PRONOUNS
from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.words import (
    AUX,
    PREPOSITIONS,
    PRESENT,
    STARTERS,
    STATIVE,
    TRANSITIVE,
    base_of,
    ing,
    participle,
)


@dataclass(frozen=True, slots=True)
class Turned:
    """A clause turned around, to stand after "that"; no capital at the start unless a name, no stop at the end.

    ``own`` says that its subject is the customer ("you lost your job"); ``doing`` is then its -ing form ("losing your
    job"), where one can be made. ``ours`` says that the company is named in it: it may say that the company did wrong.
    ``heard`` says that its subject is somebody or something of the company's ("the driver"): the customer's word for it,
    so "sorry to read that".
    """

    text: str
    own: bool = False
    doing: str | None = None
    ours: bool = False
    heard: bool = False


def turn(clause: str) -> str | None:
    """The clause as the agent would say it after "that", or None when it is not clean enough."""
    turned = turned_clause(clause)
    return turned.text if turned else None


@lru_cache(maxsize=2048)
def turned_clause(clause: str) -> Turned | None:
    """Turn one clause around; None when in doubt."""
    if len(clause) > 200 or "?" in clause:
        return None
    tokens = tokens_of(clause)
    if not is_clean(tokens):
        return None
    return _swap(tokens)


_AT_HOME = word_set("wife husband missus kids granddaughter grandson")  # "the wife" is theirs


def _swap(tokens: list[str]) -> Turned | None:
    """Exchange the persons and mend the verbs that follow them."""
    out: list[str] = []
    ours = False
    low = [t.lower() for t in tokens]
    for i, token in enumerate(tokens):
        word = low[i]
        before = low[i - 1] if i else ""
        after = low[i + 1] if i + 1 < len(low) else ""
        if word in PRONOUNS:
            out.append(PRONOUNS[word])
        elif word in {"am", "was"} and before in {"i"}:
            out.append("are" if word == "am" else "were")
        elif word == "wasn't" and before == "i":
            out.append("weren't")
        elif word == "you":
            seen = _we_or_us(low, i)
            if seen is None:
                return None
            out.append(seen)
            ours = True
        elif word in COMPANY:
            if word == "your" and after in {"own"}:
                return None
            out.append("the" if word == "your" and i == 0 else COMPANY[word])
            ours = True
        elif word == "the" and after.removesuffix("'s") in _AT_HOME:
            out.append("your")
        elif word.removesuffix("'s") in KIN_NAMES and (i == 0 or token[0].isupper()) and before not in DETERMINERS:
            out += ["your", word]
        else:
            out.append(token)
    turned = _passive(out) if out[0] in {"we", "we've"} else out
    if turned is None:
        return None
    own = turned[0].split("'")[0] == "you" or (
        turned[0] == "your"
        and len(turned) > 1
        and turned[1].split("'")[0].lower() in PEOPLE
        and not {"was", "were", "been"} & {t.lower() for t in turned}
    )
    named = {"we", "us", "our", "ours", "we've", "we're", "ourselves"}
    text = _join(turned)
    doing = _doing(turned) if turned[0].split("'")[0] == "you" else None
    heard = low[0] == "your" and not any(t.lower() in named for t in turned)
    return Turned(text, own, doing, ours and any(t.lower() in named for t in turned), heard)


def _we_or_us(low: list[str], i: int) -> str | None:
    before = low[i - 1] if i else ""
    after = low[i + 1] if i + 1 < len(low) else ""
    verb = (
        after in AUX
        or after in PRESENT
        or bool(base_of(after))
        or after in {"just", "still", "never", "only", "keep", "then", "have", "did"} | STATIVE
    )
    if i == 0 or before in STARTERS or before in {",", "then"}:
        return "we" if verb else None
    if before in PREPOSITIONS and before not in {"before", "after", "since", "like"}:
        return "us"
    if before in {"before", "after", "since"}:
        return "we" if verb else None
    if before in TRANSITIVE or base_of(before) in {
        "call",
        "tell",
        "email",
        "contact",
        "send",
        "ask",
        "pay",
        "ring",
        "phone",
        "message",
        "trust",
        "give",
    }:
        return None if verb and after not in PREPOSITIONS and after in AUX else "us"
    return "we" if verb and (after in AUX or base_of(after)) else None


# "you charged me twice" -> "you were charged twice": what happened, without owning up for the company.
_TO_ME = word_set(
    """
    charge tell give send bill promise ask offer pass transfer put refuse ignore overcharge debit fine invoice lock
    block leave
    """
)


_TO_THING = word_set(
    """
    cancel delete lose take charge remove close block lock reset change move miss damage break send stop suspend
    reject refuse decline freeze double raise increase merge ship substitute swap email publish share print misplace
    downgrade bump ignore withhold deduct throw scratch crack ruin spoil forget shut ban deactivate disconnect post
    """
)


def _passive(out: list[str]) -> list[str] | None:
    """A clause with the company as its subject, said from the customer's side; None when that cannot be done."""
    words = [w.lower() for w in out]
    i = 1
    perfect = words[0] == "we've"
    if not perfect and i < len(words) and words[i] in {"have", "has"}:
        perfect, i = True, 2
    adverb = ""
    if i < len(words) and words[i] in {"just", "now", "already", "still", "only", "also"}:
        adverb, i = words[i], i + 1
    if i >= len(words):
        return None
    verb = words[i]
    base = base_of(verb)
    if base is None or verb in AUX:
        return None
    done = participle(base)
    rest = out[i + 1 :]
    if rest and rest[0].lower() == "you" and base in _TO_ME:
        be = ["you've", "been"] if perfect else ["you", "were"]
        return [*be, *([adverb] if adverb else []), done, *rest[1:]]
    if rest and base in _TO_THING and (rest[0].lower() in {"your", "the"} or rest[0][0] in "£$€"):
        noun, tail = _noun_phrase(rest)
        if not noun:
            return None
        many = noun[-1].lower().endswith("s") and not noun[-1].lower().endswith("ss")
        be = (["have", "been"] if many else ["has", "been"]) if perfect else (["were"] if many else ["was"])
        if noun[0][0] in "£$€":
            be = ["has", "been"] if perfect else ["was"]
        return [*noun, *be, *([adverb] if adverb else []), done, *tail]
    return None


def _noun_phrase(rest: list[str]) -> tuple[list[str], list[str]]:
    """The noun phrase at the start and what follows it: "your flight | without telling anybody"."""
    for i, word in enumerate(rest):
        low = word.lower()
        if i and (
            low in PREPOSITIONS
            or low in STARTERS
            or low
            in {
                ",",
                "twice",
                "again",
                "yesterday",
                "today",
                "this",
                "last",
                "three",
                "two",
                "a",
                "the",
                "four",
                "out",
                "off",
                "up",
            }
            or low in DAYS
            or low.endswith("ly")
        ):
            return rest[:i], rest[i:]
    return rest, []


def _doing(turned: list[str]) -> str | None:
    """The -ing form of a clause whose subject is "you": "you've lost your work" -> "losing your work"."""
    low = [t.lower() for t in turned]
    head, i = low[0], 1
    if "," in turned or re.search(
        r" (?:and|but|so|because) (?:\w+ ){0,2}?(?:you|we|nobody|somebody|someone|it|he|she|they|there|the|your|our"
        r"|no|a) ",
        " ".join(low[1:]) + " ",
    ):
        return None
    perfect = head == "you've"
    negative = False
    if head == "you're":
        return (
            _rest(turned, 1)
            if low[1:2] and low[1].endswith("ing")
            else ("being " + _rest(turned, 1) if low[1:2] and low[1] not in {"not", "going"} else None)
        )
    if head in {"you'd", "you'll"}:
        return None
    while i < len(low) and low[i] in {"just", "also", "now", "still", "already", "only", "even", "then"}:
        i += 1
    if i >= len(low):
        return None
    word = low[i]
    if (
        word in {"have", "had", "haven't", "hadn't"}
        and not perfect
        and i + 1 < len(low)
        and (base_of(low[i + 1]) or low[i + 1] in {"been", "not", "already", "now", "just"})
    ):
        perfect, negative, i = True, word.endswith("n't"), i + 1
    elif word in {"didn't", "don't"} or (word in {"did", "do"} and low[i + 1 : i + 2] == ["not"]):
        i += word in {"did", "do"}
        base = low[i + 1] if i + 1 < len(low) else ""
        if not base or base in STATIVE - {"know", "hear", "get"}:
            return None
        return "not " + ing(base) + _tail(turned, i + 2)
    elif word in {"can't", "couldn't", "cannot"}:
        return "not being able to " + _rest(turned, i + 1) if i + 1 < len(low) else None
    elif word in {"are", "were", "weren't", "aren't"}:
        if word.endswith("n't") or i + 1 >= len(low):
            return None
        return _rest(turned, i + 1) if low[i + 1].endswith("ing") else "being " + _rest(turned, i + 1)
    while perfect and i < len(low) and low[i] in {"just", "also", "now", "still", "already", "only", "even", "not"}:
        negative = negative or low[i] == "not"
        i += 1
    if i >= len(low):
        return None
    word = low[i]
    if perfect and word == "been":
        if low[i + 1 : i + 2] and low[i + 1].endswith("ing"):
            return _rest(turned, i + 1)
        return "being " + _rest(turned, i + 1)
    if word in {"have", "had"}:
        return ("not " if negative else "") + "having" + _tail(turned, i + 1)
    stem = base_of(word)
    if stem is None or stem in STATIVE or stem == "be":
        return None
    return ("not " if negative else "") + ing(stem) + _tail(turned, i + 1)


def _rest(turned: list[str], i: int) -> str:
    return _join(turned[i:])


def _tail(turned: list[str], i: int) -> str:
    rest = _join(turned[i:])
    return " " + rest if rest else ""


def _join(words: list[str]) -> str:
    return re.sub(r"([£$€]) (?=\d)", r"\1", " ".join(words)).replace(" ,", ",").replace(" %", "%")
