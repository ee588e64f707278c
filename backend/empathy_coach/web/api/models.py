"""The contract of the API, as types. The OpenAPI document and the extension's types are made from this file.

Offsets are UTF-16 code units, ``end`` is exclusive, and ``quote`` is the text between them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from empathy_coach.domain import DraftKind, Element, Fault, Role, Severity, SignalKind, State
from empathy_coach.rules.team_life import Weekday

DRAFT_CHARACTERS = 50_000
MESSAGES = 500

#: What can happen to a finding.
Verdict = Literal["shown", "applied", "dismissed", "wrong"]


def _without_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("must not hold the character U+0000")
    return value


# Behind the limit of length, which pydantic checks much faster as long as no function of ours stands before it.
_NO_NUL = AfterValidator(_without_nul)
_Name = Annotated[str, Field(max_length=200), _NO_NUL]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{8,64}$")]
_Offset = Annotated[int, Field(ge=0)]


class _Asked(BaseModel):
    # Fields we do not know are left out, so that a newer extension can talk to an older backend.
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", use_attribute_docstrings=True)


class _Answered(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", use_attribute_docstrings=True)


# --- what is asked -------------------------------------------------------------------------------


class Message(_Asked):
    """One public message of the conversation."""

    role: Role
    """Who wrote it."""
    author: _Name = ""
    """The name shown with it; may be empty."""
    text: Annotated[str, Field(max_length=200_000), _NO_NUL]
    """What it says."""
    at: _Name | None = None
    """When it was written, as the desk says it."""


class CoachRequest(_Asked):
    """A draft, and the conversation that it answers."""

    draft: Annotated[str, Field(max_length=DRAFT_CHARACTERS), _NO_NUL]
    """The agent's unsent text."""
    conversation: Annotated[list[Message], Field(max_length=MESSAGES)] = []
    """The public messages so far, oldest first."""
    agent_name: _Name | None = None
    """The agent's name as the customer sees it."""
    customer_name: _Name | None = None
    """The customer's name."""
    channel: _Name | None = None
    """Where the reply goes, such as email or chat."""
    kind: DraftKind = "reply"
    """What the draft is for."""
    rule_set: Annotated[str, Field(max_length=128), _NO_NUL] | None = None
    """The rule set that the client saw last. Informative: the current one is used."""


class PairRequest(_Asked):
    """A pairing code, to be exchanged for a token."""

    code: Annotated[str, Field(max_length=40), _NO_NUL]
    """The code that `coach pair` shows; dashes, spaces and case do not matter."""
    label: Annotated[str, Field(max_length=80), _NO_NUL] = "A paired browser"
    """What the client is called in `coach tokens`."""


class Feedback(_Asked):
    """What happened to a finding. Holds no text, and is counted without a name."""

    rule: Annotated[str, Field(max_length=200, pattern=r"^[a-z0-9][a-z0-9_/.-]*$")]
    """The finding's rule."""
    element: Element
    """The finding's element."""
    verdict: Verdict
    """What happened."""
    rule_set: _Hash | None = None
    """The rule set that made the finding."""


# --- what is answered ----------------------------------------------------------------------------


class Span(_Answered):
    """A piece of a text."""

    start: _Offset
    end: _Offset
    quote: str


class Edit(_Answered):
    """Replace what stands between `start` and `end` of the draft with `text`."""

    start: _Offset
    end: _Offset
    text: str


class Suggestion(_Answered):
    """An edit of the draft that one click applies."""

    label: str
    """What the click will do."""
    edits: list[Edit]


class Place(_Answered):
    """Where something should stand that is not there yet."""

    at: Literal["start", "end", "before"]
    before: Span | None = None
    """The words that it should stand before; there when `at` is `before`."""


class Finding(_Answered):
    """One observation on the draft: exactly one of `span` and `place` is there."""

    element: Element
    rule: str
    fault: Fault | None = None
    severity: Severity
    why: str
    span: Span | None = None
    place: Place | None = None
    suggestions: list[Suggestion]


class ElementScore(_Answered):
    """One element of the rubric."""

    element: Element
    state: State
    value: Annotated[float, Field(ge=0, le=1)]
    """How much of it the draft shows, whether or not it is needed here."""
    why: str
    evidence: list[Span]


class Strength(_Answered):
    """Something that already works, and the words that do it."""

    text: str
    span: Span


class Signal(_Answered):
    """One thing that the customer's words show. `span` lies in the text of message number `message`."""

    kind: SignalKind
    message: Annotated[int, Field(ge=0)]
    span: Span


class Question(_Answered):
    """A question or request of the customer's. `span` lies in the text of message number `message`."""

    message: Annotated[int, Field(ge=0)]
    span: Span
    answered: bool


class Customer(_Answered):
    """What the customer's messages show."""

    upset: Annotated[float, Field(ge=0, le=1)]
    signals: list[Signal]
    questions: list[Question]


class Rewording(_Answered):
    """The whole draft anew. `edits` lead from the draft to `text`; `slots` are spans of `text`."""

    text: str
    edits: list[Edit]
    slots: list[Span]
    author: Literal["built-in", "model"]


class Rewritten(_Answered):
    """What the second author made of a draft, if one is set up and its words passed."""

    rewording: Rewording | None
    """The model's rewording; the fact guard and the score have let it through."""
    reason: Literal["off", "unreachable", "timeout", "bad_answer", "unchanged", "too_long", "facts", "score"] | None
    """Why there is none."""
    dropped: dict[str, int]
    """How many were dropped since the start, by reason."""


class ModelReply(_Answered):
    """How somebody in the team would say it, as the team lead chose it for this rule or situation."""

    by: str
    says: str


class Report(_Answered):
    """The answer to one draft."""

    score: Annotated[int, Field(ge=0, le=100)]
    next_step: str | None
    """The one most useful thing to do now."""
    strengths: list[Strength]
    elements: Annotated[list[ElementScore], Field(min_length=6, max_length=6)]
    """All six, always."""
    findings: list[Finding]
    """Most useful first."""
    customer: Customer
    rewording: Rewording | None
    """Null when nothing needs to change."""
    model_reply: ModelReply | None
    """Null when the team has none for this."""
    rule_set: str
    """The hash of the rule set that was used."""
    took_ms: Annotated[float, Field(ge=0)]


class Health(_Answered):
    """The backend answers."""

    status: Literal["ok"]


class Paired(_Answered):
    """The token of a newly paired client. It is shown only here."""

    token: str


class PracticeLink(_Answered):
    """The way into the practice pages, good once within ten minutes."""

    path: str


class Rhythm(_Answered):
    """When the team practises: from this day of each week on, so many minutes."""

    every: Weekday
    minutes: int


class Me(_Answered):
    """Who is asking, which rules they get, and when their team practises."""

    label: str
    rule_set: str
    practise: Rhythm | None


class FieldError(_Answered):
    """What is wrong with one field."""

    field: str
    """Such as `conversation[2].role`, or `body`."""
    message: str


class Problem(_Answered):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None
