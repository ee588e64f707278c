"""A practice scenario as types: who the customer is, what they need, and how they answer to what is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from empathy_coach.domain import DraftKind, Message
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.pattern_set import PatternSet
from empathy_coach.reading.patterns import compile_pattern

End = Literal["thanks", "settles", "escalates", "leaves"]
Mood = Literal["heard", "half_heard", "stock", "cold", "blamed", "accepts"]
Mark = Literal["feels", "needs", "asks", "told", "between"]
Script = Literal["good", "curt"]
Wanted = Literal["time", "yes-or-no"]

ENDS: tuple[End, ...] = get_args(End)
MOODS: tuple[Mood, ...] = get_args(Mood)
#: A voice may leave these to the lines that all customers share.
SHARED_MOODS: tuple[Mood, ...] = ("accepts",)
WANTED: tuple[Wanted, ...] = get_args(Wanted)
MARKS: tuple[Mark, ...] = get_args(Mark)


@dataclass(frozen=True, slots=True)
class Says:
    """Patterns that are looked for in one sentence of a reply."""

    patterns: tuple[str, ...]
    _set: PatternSet = field(repr=False, compare=False)

    @classmethod
    def of(cls, patterns: tuple[str, ...]) -> Says:
        """Compile the patterns. Raises PatternError."""
        return cls(patterns, PatternSet([compile_pattern(p) for p in patterns]))

    def found_in(self, text: str) -> str | None:
        """The first words of ``text`` that match, as they were written."""
        folded = fold(text)
        hit = next(iter(self._set.matches(folded)), None)
        if hit is None:
            return None
        start, end = folded.back(*hit[1:])
        return text[start:end]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that an acknowledgement can name, and the words that name it."""

    what: str
    named: Says


@dataclass(frozen=True, slots=True)
class Told:
    """Something the customer has said already; ``says`` is what they answer when they are asked for it again."""

    what: str
    asked_again: Says
    says: str


@dataclass(frozen=True, slots=True)
class Known:
    """Something the customer can tell when asked, and does not mind telling."""

    asked: Says
    says: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something the customer wants to know. ``asks`` brings it up when the opening message does not.

    ``again`` are the words for asking once more: the first civil, the last pointed. ``wants`` "time": any point or
    stretch of time answers it; "yes-or-no": so does a sentence that begins with one of them, when nothing else is open
    that could be meant.
    """

    about: str
    answered: Says
    again: tuple[str, ...]
    asks: str | None = None
    wants: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Hidden:
    """A need that comes out only when it is asked for. ``hint`` is what slips out before they go."""

    need: str
    asked: Says
    hint: str
    question: Question


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of the opening message with what they show, as the scenario's author reads them."""

    mark: Mark
    quote: str
    why: str | None = None


@dataclass(frozen=True)
class Scenario:
    """One role play. ``temper`` is 0 (at the end of their patience) to 100 (at ease) when it starts."""

    id: str
    file: str
    title: str
    domain: str
    customer: str
    agent: str
    temper: int
    opens: str
    you_know: tuple[str, ...]
    matters: tuple[Matter, ...]
    questions: tuple[Question, ...]
    voice: Mapping[Mood, tuple[str, ...]]
    endings: Mapping[End, str]
    agents: Mapping[Script, tuple[str, ...]]
    told: tuple[Told, ...] = ()
    knows: tuple[Known, ...] = ()
    later: tuple[Question, ...] = ()
    hidden: Hidden | None = None
    earlier: tuple[Message, ...] = ()
    listening: tuple[Marked, ...] = ()
    kind: DraftKind = "reply"
    thin_skin: int = 100

    @property
    def lost(self) -> End:
        """How this customer goes when nothing helps."""
        return "escalates" if "escalates" in self.endings else "leaves"

    @property
    def taking_over(self) -> bool:
        """Whether the player takes a case over from a colleague."""
        return bool(self.earlier)
