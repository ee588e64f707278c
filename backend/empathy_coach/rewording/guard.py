"""The fact guard: the only door out of the rewording.

A candidate is a row of pieces. A piece is taken from the draft (``start``, ``end``; its text the same or mended) or
new. What the agent wrote keeps its facts, each piece by itself and in order; what is left out bore none; what is new
brings none that is in neither the draft nor the conversation, save visible slots such as
``[when will you write again?]``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from empathy_coach.domain import Conversation
from empathy_coach.rewording.facts import PLACEHOLDER, SLOT, Fact, facts, names_in


@dataclass(frozen=True, slots=True)
class Piece:
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
    r"(?:do not|don['’]t) hesitate to [^.!?\n]{0,60}"
    r"|(?:should|if) you (?:have|require|need) any (?:further|other|more) [^.!?\n]{0,30}"
    r"|(?:i|we) (?:can|could) (?:only|truly|just) imagine|(?:can|could) (?:not|only) imagine|can(?:['’]t|not) apologi[sz]e enough"
    r"|(?:any|all) inconvenience (?:that )?this (?:may|might|will) have caused|this (?:may|might|must) (?:be|have been)"
    r"|(?:this|it|that|you) (?:must|can|may|might) (?:be|feel|have been)|how (?:\w+ ){1,5}(?:must|can|may|might) (?:be|feel|have been)"
    r"|we value your|is there anything else i can[^.!?\n]{0,40}|how (?:may|can) (?:i|we) help|no worries",
    re.IGNORECASE,
)

# Ways of our own sentences that hold a word of these kinds and promise nothing.
_HARMLESS_NEW = frozenset({"negation", "condition", "modal"})


def check(draft: str, pieces: Sequence[Piece], conversation: Conversation, hollow: Iterable[tuple[int, int]] = ()) -> list[str]:
    """Why the candidate must not leave; empty when it may.

    ``hollow`` are parts of the draft that the caller wants to drop although they hold a negation, a condition or a
    modal, because a rule has found them to be nothing but a fault of tone. Hard facts are never dropped.
    """
    names = names_of(draft, conversation)
    reasons = _mended(draft, pieces, names) + _whole(draft, pieces)
    reasons += _dropped(draft, pieces, names, tuple(hollow))
    reasons += _new(pieces, draft, conversation, names)
    return reasons


def names_of(draft: str, conversation: Conversation) -> frozenset[str]:
    """All names in the draft and the conversation."""
    names = set(names_in(draft))
    for message in conversation.messages:
        names |= names_in(message.text)
    for name in (conversation.customer_name, conversation.agent_name):
        names |= {part.lower() for part in re.findall(r"[^\W\d_]{2,}", name or "")}
    return frozenset(names)


def _values(found: Iterable[Fact]) -> list[tuple[str, str]]:
    return [(f.kind, f.value) for f in found]


def _mended(draft: str, pieces: Sequence[Piece], names: frozenset[str]) -> list[str]:
    reasons = []
    for piece in pieces:
        if piece.new:
            continue
        before = draft[piece.start : piece.end]
        if before == piece.text:
            continue
        old, now = _values(facts(before, names)), _values(facts(piece.text, names))
        if old != now:
            changed = sorted((Counter(old) - Counter(now)) + (Counter(now) - Counter(old))) or sorted(set(old))
            reasons.append("changed: " + ", ".join(f"{kind} {value}" for kind, value in changed))
    return reasons


_SOLID = frozenset({"placeholder", "code", "link", "quote", "number", "path"})


def _whole(draft: str, pieces: Sequence[Piece]) -> list[str]:
    """Whatever must stay letter by letter is still there in one piece: nothing may be put into the middle of a link."""
    text = "".join(p.text for p in pieces)
    now = Counter(f.value for f in facts(text) if f.kind in _SOLID)
    gone = Counter(f.value for f in facts(draft) if f.kind in _SOLID) - now
    return [f"torn: {value}" for value in gone if value not in text]


def _dropped(draft: str, pieces: Sequence[Piece], names: frozenset[str], hollow: tuple[tuple[int, int], ...]) -> list[str]:
    covered = sorted((p.start, p.end) for p in pieces if not p.new)
    reasons = []
    at = 0
    for start, end in [*covered, (len(draft), len(draft))]:
        if start < at:
            reasons.append("used twice: " + draft[start:at].strip()[:40])
        if start > at:
            reasons += _lost(draft, at, start, names, hollow)
        at = max(at, end)
    return reasons


def _lost(draft: str, start: int, end: int, names: frozenset[str], hollow: tuple[tuple[int, int], ...]) -> list[str]:
    gone = draft[start:end]
    formulas = [m.span() for m in _FORMULA.finditer(gone)]
    reasons = []
    for kind, value, at in facts(gone, names):
        soft = kind in _HARMLESS_NEW
        if soft and any(a <= at < b for a, b in formulas):
            continue
        if soft and any(a <= start + at < b for a, b in hollow):
            continue
        reasons.append(f"lost: {kind} {value}")
    return reasons


_UNITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
          "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "third": "3", "fourth": "4", "fifth": "5",
          "twice": "2", "3rd": "3", "4th": "4", "5th": "5"}  # fmt: skip


def _same_number(value: str) -> str:
    return _UNITS.get(value, value).strip("£$€ ")


def _new(pieces: Sequence[Piece], draft: str, conversation: Conversation, names: frozenset[str]) -> list[str]:
    added = [p.text for p in pieces if p.new and p.text.strip()]
    if not added:
        return []
    known_text = "\n".join([draft, *(m.text for m in conversation.messages)])
    known = {(f.kind, _same_number(f.value)) for f in facts(known_text, names)}
    known_words = set(re.findall(r"[^\W_]+", known_text.lower()))
    if re.search(r"\b(?:tom+or+ow|tmrw)\b", known_text, re.IGNORECASE):
        known_words.add("tomorrow")
    reasons = []
    for text in added:
        bare = SLOT.sub(" ", text)
        for fact in facts(bare, names | names_in(bare)):
            if fact.kind in _HARMLESS_NEW:
                if fact.kind == "modal" and fact.value == "will" and not SLOT.search(text):
                    reasons.append("invented: promise " + text.strip()[:40])
                continue
            value = _same_number(fact.value)
            if fact.kind == "name" and (fact.value in names or fact.value in known_words):
                continue
            if fact.kind == "quote" and fact.value.strip("\"“”'‘’") in known_text:
                continue
            if (fact.kind, value) not in known and not {value, fact.value} & known_words:
                reasons.append(f"invented: {fact.kind} {fact.value}")
        if PLACEHOLDER.search(bare):
            reasons.append("invented: placeholder")
    return reasons
