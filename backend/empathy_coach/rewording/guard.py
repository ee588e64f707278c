"""The fact guard: the only door out of the rewording.

A candidate is a row of pieces. A piece is taken from the draft (``start``, ``end``; its text the same or mended) or
new. What the agent wrote keeps its facts, each piece by itself and in order; what is left out bore none; what is new
brings none that is in neither the draft nor the conversation, save visible slots such as
``[when will you write again?]``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from empathy_coach.domain import Conversation
from empathy_coach.reading.same import CONVERSATIONS
from empathy_coach.rewording.facts import PLACEHOLDER, SLOT, facts, lines_of, names_in


class Piece(NamedTuple):
    """A part of the new text. ``start`` is -1 for what is new, else the part of the draft that it stands for."""

    text: str
    start: int = -1
    end: int = -1

    @property
    def new(self) -> bool:
        """Whether nothing in the draft stands behind it."""
        return self.start < 0


# Formulas of courtesy: dropping one loses nothing, though it may hold a "not", an "if" or a "will".
_FORMULA = re.compile(
    r"(?:if you (?:have|require|need|should have) (?:any|further|more)\b[^.!?\n]{0,60}?,? ?)?(?:please )?"
    r"(?:do not|don['\u2019]t) hesitate to [^.!?\n]{0,60}"
    r"|(?:should|if) you (?:have|require|need) any (?:further|other|more) [^.!?\n]{0,30}"
    r"|(?:i|we) (?:can|could) (?:only|truly|just) imagine|(?:can|could) (?:not|only) imagine|can(?:['\u2019]t|not) "
    r"apologi[sz]e enough"
    r"|(?:any|all) inconvenience (?:that )?this (?:may|might|will) have caused|this (?:may|might|must) (?:be|have been)"
    r"|(?:this|it|that|you) (?:must|can|may|might) (?:be|feel|have been)|how (?:\w+ ){1,5}(?:must|can|may|might) "
    r"(?:be|feel|have been)"
    r"|we value your|is there anything else i can[^.!?\n]{0,40}|how (?:may|can) (?:i|we) help|no worries",
    re.IGNORECASE,
)

# What may be dropped with a hollow sentence, and may stand in a new one; everything else is a hard fact.
_SOFT = frozenset({"negation", "condition", "modal"})
# What must stay letter by letter, in one piece.
_SOLID = frozenset({"placeholder", "code", "link", "quote", "number", "path"})
_UNITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
          "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "third": "3", "fourth": "4", "fifth": "5",
          "twice": "2", "3rd": "3", "4th": "4", "5th": "5"}  # fmt: skip
_MISSPELT_TOMORROW = re.compile(r"\b(?:tom+or+ow|tmrw)\b", re.IGNORECASE)


class Guard:
    """The guard of one draft in one conversation; ``check`` says why a candidate must not leave."""

    def __init__(self, draft: str, conversation: Conversation) -> None:
        self.draft = draft
        self.names = names_of(draft, conversation)
        self._conversation = conversation
        self._known: tuple[_Known, _Known] | None = None
        self._seen: dict[str, tuple[tuple[str, str], ...]] = {}
        self._solid = [(f.start, f.start + len(f.value)) for f in facts(draft) if f.kind in _SOLID]

    def check(self, pieces: Sequence[Piece], hollow: Iterable[tuple[int, int]] = ()) -> list[str]:
        """Why the candidate must not leave; empty when it may.

        ``hollow`` are parts of the draft that may be dropped although they hold a negation, a condition or a modal,
        because they are nothing but a fault of tone. Hard facts are never dropped.
        """
        return [*self._torn(pieces), *self._mended(pieces), *self._dropped(pieces, tuple(hollow)), *self._new(pieces)]

    def facts_of(self, text: str) -> tuple[tuple[str, str], ...]:
        """Kind and value of each fact, in order."""
        if text not in self._seen:
            self._seen[text] = tuple((f.kind, f.value) for f in facts(text, self.names))
        return self._seen[text]

    def _torn(self, pieces: Sequence[Piece]) -> list[str]:
        """Nothing may be put into the middle of a link or a placeholder."""
        if not self._solid:
            return []
        cuts = sorted([at for _, start, end in pieces if start >= 0 for at in (start, end)])
        after = [(a, b, bisect_right(cuts, a)) for a, b in self._solid]
        return [f"torn: {self.draft[a:b]}" for a, b, at in after if at < len(cuts) and cuts[at] < b]

    def _mended(self, pieces: Sequence[Piece]) -> list[str]:
        reasons = []
        for piece in pieces:
            before = self.draft[piece.start : piece.end]
            if piece.new or before == piece.text:
                continue
            old, now = self.facts_of(before), self.facts_of(piece.text)
            if old != now:
                changed = sorted((Counter(old) - Counter(now)) + (Counter(now) - Counter(old))) or sorted(set(old))
                reasons.append("changed: " + ", ".join(f"{kind} {value}" for kind, value in changed))
        return reasons

    def _dropped(self, pieces: Sequence[Piece], hollow: tuple[tuple[int, int], ...]) -> list[str]:
        reasons = []
        at = 0
        covered = sorted((p.start, p.end) for p in pieces if not p.new)
        for start, end in [*covered, (len(self.draft), len(self.draft))]:
            if start < at:
                reasons.append("used twice: " + self.draft[start:at].strip()[:40])
            if start > at and self.draft[at:start].strip():
                reasons += self._lost(at, start, hollow)
            at = max(at, end)
        return reasons

    def _lost(self, start: int, end: int, hollow: tuple[tuple[int, int], ...]) -> list[str]:
        gone = self.draft[start:end]
        formulas = _formulas(gone)
        reasons = []
        for kind, value, at in facts(gone, self.names):
            free = any(a <= at < b for a, b in formulas) or any(a <= start + at < b for a, b in hollow)
            if kind not in _SOFT or not free:
                reasons.append(f"lost: {kind} {value}")
        return reasons

    def _new(self, pieces: Sequence[Piece]) -> list[str]:
        reasons: list[str] = []
        for piece in pieces:
            if piece.new and piece.text.strip():
                reasons += self._invented(piece.text)
        return reasons

    def _invented(self, text: str) -> list[str]:
        if self._known is None:
            self._known = _known_in_all((self.draft,)), _known_in_messages(self._conversation)
        own, theirs = self._known
        bare = SLOT.sub(" ", text)
        reasons = ["invented: placeholder"] if PLACEHOLDER.search(bare) else []
        for fact in facts(bare, self.names | names_in(bare)):
            if fact.kind in _SOFT:
                if fact.value == "will" and not SLOT.search(text):
                    reasons.append("invented: promise " + text.strip()[:40])
                continue
            value = _UNITS.get(fact.value, fact.value).strip("£$€ ")
            if fact.kind == "name" and fact.value in self.names:
                continue
            if fact.kind == "quote":
                quote = fact.value.strip("\"\u201c\u201d'\u2018\u2019")
                if quote in own.text or quote in theirs.text:
                    continue
            if not own.has(fact.kind, value, fact.value) and not theirs.has(fact.kind, value, fact.value):
                reasons.append(f"invented: {fact.kind} {fact.value}")
        return reasons


@lru_cache(maxsize=1024)
def _formulas(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in _FORMULA.finditer(text))


class _Known(NamedTuple):
    """Facts, words and text of the draft, or of the conversation."""

    facts: frozenset[tuple[str, str]]
    words: frozenset[str]
    text: str

    def has(self, kind: str, value: str, written: str) -> bool:
        """Whether a fact is known, or said in other words."""
        return (kind, value) in self.facts or value in self.words or written in self.words


@lru_cache(maxsize=CONVERSATIONS)
def _known_in_messages(conversation: Conversation) -> _Known:
    return _known_in_all([m.text for m in conversation.messages])


def _known_in_all(texts: Sequence[str]) -> _Known:
    known: set[tuple[str, str]] = set()
    words: set[str] = set()
    for text in texts:
        for _, line in lines_of(text):
            more, said = _known_in(line)
            known |= more
            words |= said
    return _Known(frozenset(known), frozenset(words), "\n".join(texts))


@lru_cache(maxsize=8192)  # an edit costs one line
def _known_in(text: str) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    known = frozenset((f.kind, _UNITS.get(f.value, f.value).strip("£$€ ")) for f in facts(text))
    words = frozenset(re.findall(r"[^\W_]+", text.lower()))
    return known, words | {"tomorrow"} if _MISSPELT_TOMORROW.search(text) else words


@lru_cache(maxsize=CONVERSATIONS)  # asked for again and again for one draft
def names_of(draft: str, conversation: Conversation) -> frozenset[str]:
    """All names in the draft and the conversation."""
    own, theirs = names_in(draft), _names_in_messages(conversation)
    # Mostly the same names as before the last keystroke: as the same object they are compared at once.
    return theirs if own <= theirs else _same(own | theirs)


@lru_cache(maxsize=CONVERSATIONS)
def _same(names: frozenset[str]) -> frozenset[str]:
    return names


@lru_cache(maxsize=CONVERSATIONS)
def _names_in_messages(conversation: Conversation) -> frozenset[str]:
    names: set[str] = set()
    for name in (conversation.customer_name, conversation.agent_name):
        names |= {part.lower() for part in re.findall(r"[^\W\d_]{2,}", name or "")}
    return _same(frozenset(names.union(*(_names_in_message(m.text) for m in conversation.messages))))


_names_in_message = lru_cache(maxsize=2048)(names_in)  # messages stay while the draft changes
