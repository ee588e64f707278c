"""A rule as its authors wrote it, checked. What a rule does lives in ``kinds``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from empathy_coach.domain import Act, DraftKind, Element, Fault, Severity, SignalKind

Where = Literal["anywhere", "opening", "ending"]
Shape = Literal["abbreviations", "capitals", "exclamation-marks", "question-marks"]
Edge = Literal["greeting", "sign_off"]
Turn = Literal["any", "first", "later"]
Given = Literal["number", "email", "phone", "address", "version", "steps"]


@dataclass(frozen=True, slots=True)
class Example:
    """A draft on which a rule must fire or be silent. ``marks`` are the exact spans that must be highlighted."""

    draft: str
    fires: bool
    line: int
    customer: str | None = None
    kind: DraftKind | None = None
    marks: tuple[tuple[int, int], ...] = ()
    becomes: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file. Its ``id`` is its path without ``packs/`` and ``.yaml``; ``kind`` names the way it looks."""

    id: str
    pack: str
    kind: str
    file: str
    title: str
    element: Element
    why: str
    source: str
    severity: Severity = "hint"
    weight: int = 2
    fault: Fault | None = None
    drafts: frozenset[DraftKind] = frozenset({"reply"})
    turn: Turn = "any"
    find: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    also_in: frozenset[Edge] = frozenset()
    unless_sentence_says: tuple[str, ...] = ()
    unless_it_says_when: bool = False
    starts_sentence: bool = False
    whole_sentence: bool = False
    unless_customer_said_it: bool = False
    more_than: int = 0
    shape: Shape | None = None
    replace_with: str | None = None
    advise: tuple[str, ...] = ()
    expect: tuple[str, ...] = ()
    expect_act: frozenset[Act] = frozenset()
    expect_in: Where = "anywhere"
    when_draft_says: tuple[str, ...] = ()
    unless_draft_says: tuple[str, ...] = ()
    when_customer_shows: frozenset[SignalKind] = frozenset()
    unless_customer_shows: frozenset[SignalKind] = frozenset()
    when_customer_says: tuple[str, ...] = ()
    unless_customer_says: tuple[str, ...] = ()
    when_customer_gave: frozenset[Given] = frozenset()
    examples: tuple[Example, ...] = ()
