"""Does a draft answer what was asked? Shared words, the kind of answer, and what the draft does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from empathy_coach.reading.cleaning import fold

_WORD = re.compile(r"[a-z0-9$][a-z0-9'$:.-]*[a-z0-9]|[a-z0-9]")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*[.!?]*")
_EMPTY = frozenset(
    "a an the i i'm im ive i've i'd me my mine we we're our us you your u ur yours he she it its it's they them their his her him this that "
    "these those there here is are am was were be been being do does did done have has had can could will would shall should may might must "
    "to of in on at for from with by about as into than then so and or but if not no yes please pls just also too very really any some "
    "what when where who why how which whether one ones thing things get got go going know tell want need like let make made "
    "hi hello hey dear thanks thank sorry now still already again out up all more much many other another anything something".split()
)
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ied", "ies", "edly", "ed", "es", "s", "ly", "er", "e")


def stem(word: str) -> str:
    """A light stem: endings off as long as three letters stay."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class DraftWords:
    """A draft, prepared once for all questions."""

    sentences: tuple[tuple[str, frozenset[str]], ...]
    all_words: frozenset[str]
    text: str


def content(text: str, synonyms: Mapping[str, int]) -> frozenset[str]:
    """Stems of the words that carry meaning; words of one group of synonyms count as one."""
    out = set()
    for word in _WORD.findall(text):
        if word not in _EMPTY:
            group = synonyms.get(word)
            out.add(stem(word) if group is None else f"#{group}")
    return frozenset(out)


def prepare(draft: str, synonyms: Mapping[str, int]) -> DraftWords:
    """Cut a draft into sentences with their content words."""
    text = fold(draft).text
    sentences = tuple((s.strip(), content(s, synonyms)) for s in _SENTENCE.findall(text) if s.strip())
    return DraftWords(sentences, frozenset().union(*(w for _, w in sentences)) if sentences else frozenset(), text)


def is_answered(question: str, request: bool, draft: DraftWords, synonyms: Mapping[str, int]) -> bool:
    """First version: enough of the question's words in sentences that state something."""
    wanted = content(question, synonyms)
    if not draft.sentences:
        return False
    stated = [words for text, words in draft.sentences if not text.endswith("?")]
    if not wanted:
        return len(stated) > 1
    covered = wanted & frozenset().union(*stated) if stated else frozenset()
    return len(covered) / len(wanted) >= 0.25
