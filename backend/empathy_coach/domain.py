"""The words of the product, as types. Imports nothing of ours.

Offsets are code points of the text a span belongs to; the API's edge turns them into UTF-16 code units.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, get_args

Role = Literal["customer", "agent"]
DraftKind = Literal["reply", "note", "escalation"]
Element = Literal["feeling", "need", "order", "action", "rapport", "tone"]
State = Literal["given", "missing", "not_needed"]
Severity = Literal["hint", "warn", "stop"]
Fault = Literal[
    "blame",
    "curt",
    "minimising",
    "command",
    "jargon",
    "bureaucratic",
    "condescending",
    "empty_promise",
    "over_apology",
    "stock_phrase",
    "sarcasm",
]
SignalKind = Literal[
    "anger",
    "frustration",
    "worry",
    "sadness",
    "confusion",
    "disappointment",
    "gratitude",
    "urgency",
    "repeat_contact",
    "churn_threat",
    "money_impact",
    "deadline",
    "vulnerable",
]
Act = Literal[
    "greeting",
    "thanks",
    "acknowledgement",
    "apology",
    "explanation",
    "question",
    "refusal",
    "instruction",
    "promise",
    "next_step",
    "closing",
    "sign_off",
    "statement",
]
SkippedKind = Literal["quote", "code", "signature", "placeholder", "gap", "link"]

ELEMENTS: tuple[Element, ...] = get_args(Element)
FAULTS: tuple[Fault, ...] = get_args(Fault)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
SIGNAL_KINDS: tuple[SignalKind, ...] = get_args(SignalKind)
ACTS: tuple[Act, ...] = get_args(Act)


class Span(NamedTuple):
    """A piece of a text: ``text[start:end] == quote``."""

    start: int
    end: int
    quote: str


def span_of(text: str, start: int, end: int) -> Span:
    """The span of ``text`` from ``start`` up to ``end``, with its quote."""
    return Span(start, end, text[start:end])


class Message(NamedTuple):
    """One public message of a conversation."""

    role: Role
    author: str
    text: str
    at: str | None = None


@dataclass(frozen=True)  # no slots: it keeps what it has worked out of itself
class Conversation:
    """The public messages so far, oldest first. Stays while the draft changes: much is remembered for it."""

    messages: tuple[Message, ...] = ()
    agent_name: str | None = None
    customer_name: str | None = None
    channel: str | None = None

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Conversation], tuple[object, ...]]:
        """Without its hash, which is another one in another process."""
        return Conversation, (self.messages, self.agent_name, self.customer_name, self.channel)

    @cached_property
    def _hash(self) -> int:
        return hash((self.messages, self.agent_name, self.customer_name, self.channel))

    @cached_property
    def customer_texts(self) -> tuple[str, ...]:
        """What the customer has written, oldest first."""
        return tuple(m.text for m in self.messages if m.role == "customer")

    @cached_property
    def agent_texts(self) -> tuple[str, ...]:
        """What agents have written, oldest first."""
        return tuple(m.text for m in self.messages if m.role == "agent")


class Draft(NamedTuple):
    """The agent's unsent text."""

    text: str
    kind: DraftKind = "reply"


# --- what was read -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that the customer's words show.

    ``span`` lies in the text of message number ``message``. ``strength`` is 0..1. ``about`` is the clause that
    says what it is about, in the customer's own words ("my parcel still hasn't arrived"), where one was found.
    """

    kind: SignalKind
    message: int
    span: Span
    strength: float = 0.5
    about: Span | None = None


class Question(NamedTuple):
    """A question or request of the customer's that is still open when the draft is written.

    ``likely`` holds the log-odds that the draft answers it.
    """

    message: int
    span: Span
    answered: bool
    request: bool = False
    likely: float = 0.0


class CustomerReading(NamedTuple):
    """What the customer's messages show.

    ``upset`` is 0..1. ``problem`` lists the clauses that state what went wrong or what burdens them, in their own
    words, the most telling first: pairs of message index and span. ``thanks`` says that the last message is a
    happy or thankful one; ``routine`` that nothing in it asks for an acknowledgement. ``given`` are the facts the
    customer has stated already (order numbers, e-mail addresses, versions, steps they tried). ``brief`` says that
    they write few words at a time, as in a chat.
    """

    upset: float = 0.0
    signals: tuple[Signal, ...] = ()
    questions: tuple[Question, ...] = ()
    problem: tuple[tuple[int, Span], ...] = ()
    given: tuple[tuple[int, Span], ...] = ()
    thanks: bool = False
    routine: bool = True
    brief: bool = False


class Cue(NamedTuple):
    """A way of speaking (an entry of ``cues.yaml``) at offsets of the sentence it stands in."""

    name: str
    start: int
    end: int


class Sentence(NamedTuple):
    """One sentence of the agent's own prose. ``paragraph`` counts from 0; ``acts`` is what the sentence does."""

    span: Span
    paragraph: int
    acts: frozenset[Act] = frozenset()
    cues: tuple[Cue, ...] = ()


class Skipped(NamedTuple):
    """A part of the draft that is left out of judgement."""

    kind: SkippedKind
    span: Span


class DraftReading(NamedTuple):
    """What the draft is made of: the sentences that are judged, and what is left out of judgement."""

    sentences: tuple[Sentence, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    greeting: Span | None = None
    sign_off: Span | None = None


class Reading(NamedTuple):
    """What the backend understood of the conversation and the draft."""

    conversation: Conversation
    draft: Draft
    customer: CustomerReading
    own: DraftReading


# --- what is answered ----------------------------------------------------------------------------


class Edit(NamedTuple):
    """Replace ``draft[start:end]`` with ``text``."""

    start: int
    end: int
    text: str


class Suggestion(NamedTuple):
    """An edit of the draft that one click applies. ``label`` says what the click will do."""

    label: str
    edits: tuple[Edit, ...]


class Place(NamedTuple):
    """Where something should stand that is not there yet."""

    at: Literal["start", "end", "before"]
    before: Span | None = None


class Finding(NamedTuple):
    """One observation on the draft: exactly one of ``span`` and ``place`` is set.

    ``weight`` (1..5) orders findings and scales what they cost; it is not part of the API.
    """

    element: Element
    rule: str
    severity: Severity
    why: str
    span: Span | None = None
    place: Place | None = None
    fault: Fault | None = None
    suggestions: tuple[Suggestion, ...] = ()
    weight: int = 2


class ElementScore(NamedTuple):
    """One element of the rubric: its state, and how much of it the draft shows (0..1).

    ``chance`` is how sure the state is: the probability that the element is given, were it needed.
    """

    element: Element
    state: State
    value: float
    why: str
    evidence: tuple[Span, ...] = ()
    chance: float = 0.0


class Strength(NamedTuple):
    """Something that already works, and the words that do it."""

    text: str
    span: Span


class Scores(NamedTuple):
    """What the rubric says of a draft. ``score`` is 0..100; ``questions`` are the reading's, judged together with it."""

    score: int
    elements: tuple[ElementScore, ...]
    strengths: tuple[Strength, ...] = ()
    next_step: str | None = None
    questions: tuple[Question, ...] = ()

    def state(self, element: Element) -> State:
        """The state of one element."""
        return next(e.state for e in self.elements if e.element == element)


class Rewording(NamedTuple):
    """The whole draft anew. ``edits`` lead from the draft to ``text``; ``slots`` are spans of ``text``."""

    text: str
    edits: tuple[Edit, ...]
    slots: tuple[Span, ...] = ()
    author: Literal["built-in", "model"] = "built-in"


class Report(NamedTuple):
    """The answer to one draft."""

    score: int
    elements: tuple[ElementScore, ...]
    findings: tuple[Finding, ...]
    customer: CustomerReading
    rewording: Rewording | None
    rule_set: str
    strengths: tuple[Strength, ...] = ()
    next_step: str | None = None
