"""A customer's message as clauses: the pieces a colleague would quote back ("my parcel still hasn't arrived").

All offsets are those of the folded text; quoted history and signatures are blanked out first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from empathy_coach.reading.cleaning import Folded, fold

_QUOTED = re.compile(
    r"^[ \t]*>.*$"  # quoted lines
    r"|^[ \t]*on [^\n]{4,90}\n?[^\n]{0,60}(?:wrote|schreef|schrieb|ecrit|escribio):[ \t]*$(?:[ \t]*\n(?:[ \t]*>.*\n?)*)?"  # "On Tuesday, Ann wrote:"
    r"|^-{2,} ?(?:original|forwarded) message[\s\S]*\Z"
    r"|^-- ?\n[\s\S]*\Z"  # the signature mark of mail and news
    r"|^sent from my [^\n]{2,40}$|^get outlook for [^\n]{2,20}$",
    re.MULTILINE,
)
_QUOTE_SIGNS = (">", "wrote:", "schreef", "schrieb", "--", "sent from my ", "get outlook for ")
# A sentence ends at its mark, at a blank line, before a list item, or at a line that is clearly over.
_STOP = re.compile(r"(?P<mark>[.!?]+[\"')]*)(?=\s|$)|\n\s*\n|\n(?=[ \t]*(?:[-*]|\d{1,2}[.)])[ \t])|(?<=[,:;])\n|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|nr|vs|e\.g|i\.e|etc|approx|ref|tel|ext|inc|ltd|dept|prof|p\.s)|(?<![a-z'])[a-z])\.$"
)
_NUMBER_NEXT = re.compile(r"\bno\.\s+\d")  # "order no. 12", not "No. Third time."
# "My late wife and I": one subject, not two clauses.
_PAIR = re.compile(r"(?:my|our)(?: [a-z'-]+){1,2}")
_SUBJECT = (
    r"(?:i|im|ive|id|ill|i'm|i've|i'd|i'll|we|we're|we've|we'd|we'll|you|u|you're|you've|youve|he|he's|she|she's|it|it's|its|"
    r"they|they're|they've|there|there's|theres|this|that|that's|thats|nobody|nothing|no one|noone|everyone|someone|somebody|"
    r"(?:my|our|your|his|her|their|the) [a-z'-]+)"
)
_QUESTION_WORD = r"(?:please|pls|can|could|would|will|do|does|did|is|are|am|was|should|shall|may|might|has|have|what|when|where|who|why|how|which)"
# Inside a sentence: hard marks, or a conjunction that is followed by a new subject or a question.
_BREAK = re.compile(
    r"(?P<hard>;|:(?=\s)|\s-{1,3}\s|(?<=\w)--?(?=\s)|[()]|\s\.{2,}\s?|\.{3,})"
    rf"|(?P<comma>,\s*(?:(?P<lead1>and|but|so|because|cos|cuz|yet|or|although|though|since|while|which|who|as|then)\s+)?(?={_SUBJECT}\b|{_QUESTION_WORD}\s+(?:i|you|u|we|it|he|she|they|the|my|someone|there|is|are|do|does)\b))"
    rf"|(?P<comma2>,\s*(?P<lead2>but|and then|because|which|who|where|although|though|so)\s+)"
    rf"|(?P<bare>\s+(?P<lead3>and|but|so|because|cos|cuz|although|though|yet|n|&)\s+(?={_SUBJECT}\b|(?:please|pls)\b|{_QUESTION_WORD}\s+(?:i|you|u|we|it|he|she|they|the|my|a|an|someone|somebody|there|is|are|do|does)\b))"
    rf"|(?P<sub>\s+(?P<lead4>because|cos|although|though|but|even though)\s+)"
    rf"|(?P<who>\s+(?P<lead5>who|which)\s+(?=(?:has|have|had|is|are|was|were|passed|died|i|we)\b))"
)
# Where a break can begin at all; trying the dear expression everywhere costs most of the reading.
_MAYBE = re.compile(
    r"[\s,;:()\-.](?:(?<=[,;:()-])|(?=\.)|(?=\s*(?:and|but|so|because|cos|cuz|although|though|yet|even|who|which|n|&|-{1,3}|\.\.)[\s.]))"
)
# In a question: "when do I get it back and who's paying", two questions.
_NEXT_QUESTION = re.compile(
    r",?\s+(?P<lead>and|or)\s+(?:also\s+)?(?=(?:what|when|where|who|why|how)(?:'?s)?\s+(?!to\b|not\b|if\b)[a-z])"
)
_WORD = re.compile(r"[a-z0-9$][a-z0-9'$]*")


class Clause(NamedTuple):
    """``start`` to ``end`` without leading conjunction and closing marks; ``lead`` is that conjunction or ``""``.

    ``mark`` is the mark that closes the sentence ("?", "!", "." or ""), ``sentence`` counts from 0.
    """

    start: int
    end: int
    sentence: int
    mark: str
    lead: str = ""


class Sentence(NamedTuple):
    """A sentence with its closing mark: ``start`` to ``end``."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """One message, cut up."""

    original: str
    folded: Folded
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    starts: tuple[int, ...]

    def number_at(self, position: int) -> int | None:
        """The number of the clause in which a position of the folded text lies (or of the one just before it)."""
        number = bisect_right(self.starts, position) - 1
        return number if number >= 0 else None


def may_quote(folded: Folded) -> bool:
    """Whether quoted history or a signature could be in it."""
    return any(sign in folded.text for sign in _QUOTE_SIGNS)


def own_words(folded: Folded) -> Folded:
    """The same text with quoted history and signatures blanked out; offsets stay."""
    if not may_quote(folded):
        return folded
    return Folded(_QUOTED.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), folded.text), folded.origin)


def parse(text: str) -> Parsed:
    """Blank out what is not the customer's own new words, and cut the rest into sentences and clauses."""
    folded = own_words(fold(text))
    own = folded.text
    sentences = tuple(_sentences(own))
    clauses = tuple(clause for number, sentence in enumerate(sentences) for clause in _clauses(own, number, sentence))
    return Parsed(text, folded, sentences, clauses, tuple(clause.start for clause in clauses))


def _sentences(text: str) -> list[Sentence]:
    out: list[Sentence] = []
    start = 0
    for found in _STOP.finditer(text):
        mark = found["mark"]
        if mark:
            if mark == "." and (
                _ABBREVIATION.search(text, max(start, found.start() - 8), found.end())
                or _NUMBER_NEXT.match(text, max(start, found.start() - 2))
            ):
                continue
        elif found.group() == "\n" and found.start() - text.rfind("\n", 0, found.start()) > 55:
            continue  # a wrapped line goes on
        _add(out, text, start, found.end(), mark or "")
        start = found.end()
    _add(out, text, start, len(text), "")
    return out


def _add(out: list[Sentence], text: str, start: int, end: int, mark: str) -> None:
    piece = text[start:end]
    first = len(piece) - len(piece.lstrip(" \t\r\n-*"))
    if _WORD.search(piece):
        kind = "?" if "?" in mark else "!" if "!" in mark else mark[:1]
        out.append(Sentence(start + first, start + len(piece.rstrip()), kind))


def _clauses(text: str, number: int, sentence: Sentence) -> list[Clause]:
    out: list[Clause] = []
    start, done, lead = sentence.start, sentence.start, ""
    pieces: list[tuple[int, int, str]] = []
    for maybe in _MAYBE.finditer(text, sentence.start, sentence.end):
        if maybe.start() < done or not (found := _BREAK.match(text, maybe.start(), sentence.end)):
            continue
        if (
            found["lead3"] == "and"
            and text.startswith("i ", found.end())
            and _PAIR.fullmatch(text, start, found.start())
        ):
            continue
        pieces += _asked_together(text, start, found.start(), lead, sentence.mark)
        start = done = found.end()
        lead = found["lead1"] or found["lead2"] or found["lead3"] or found["lead4"] or found["lead5"] or ""
        if lead in ("who", "which", "where"):
            start = text.rindex(lead, found.start(), found.end())  # "who died" keeps its word
    pieces += _asked_together(text, start, sentence.end, lead, sentence.mark)
    for first, last, lead in pieces:
        while first < last and not (text[first].isalnum() or text[first] in "$#'\""):
            first += 1
        while last > first and not (text[last - 1].isalnum() or text[last - 1] in "'\"%$)"):
            last -= 1
        if last > first and _WORD.search(text, first, last):
            out.append(Clause(first, last, number, sentence.mark, lead))
    return out


def _asked_together(text: str, start: int, end: int, lead: str, mark: str) -> list[tuple[int, int, str]]:
    """A piece of a sentence, cut again where a second question joins the first."""
    if mark != "?":
        return [(start, end, lead)]
    out = []
    for found in _NEXT_QUESTION.finditer(text, start, end):
        out.append((start, found.start(), lead))
        start, lead = found.end(), found["lead"]
    return [*out, (start, end, lead)]


def words(text: str) -> list[str]:
    """The words of a folded text, apostrophes kept."""
    return _WORD.findall(text)
