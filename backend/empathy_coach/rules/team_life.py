"""What a team's file holds besides rules: replies to learn from, and the rhythm in which the team practises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from empathy_coach.domain import SIGNAL_KINDS, Conversation, Report, SignalKind
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.pattern_set import PatternSet
from empathy_coach.reading.patterns import compile_pattern
from empathy_coach.rules.document import Block
from empathy_coach.rules.schema import Checker
from empathy_coach.rules.written import pair

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
LEAST_MINUTES, MOST_MINUTES = 2, 60
MAX_MODELS = 100
_KEYS = ("by", "rule", "when_customer_shows", "when_customer_says", "says")
_LONGEST_NAME = 60
_WORD = re.compile(r"[^\W\d_]{5,}")  # the shorter ones are in every letter


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Practise for so many minutes, once a week, from this day on until it is done or the week is over."""

    every: Weekday
    minutes: int


@dataclass(frozen=True, slots=True)
class ModelReply:
    """How somebody in the team would say it: shown where ``rule`` finds something, or where the customer is like this."""

    by: str
    says: str
    rule: str | None = None
    when_customer_shows: frozenset[SignalKind] = frozenset()
    when_customer_says: tuple[str, ...] = ()

    def suits(self, shown: frozenset[SignalKind], said: str) -> bool:
        """Whether the situation is the one it was written for. ``said`` is folded text of the customer's."""
        if not (self.when_customer_shows or self.when_customer_says):
            return False
        if not self.when_customer_shows <= shown:
            return False
        return not self.when_customer_says or _says(self.when_customer_says, said)


def in_words(rhythm: Rhythm | None) -> str:
    """A rhythm as people say it."""
    return f"{rhythm.minutes} minutes every {rhythm.every.capitalize()}" if rhythm else "no rhythm"


def fitting(models: Mapping[str, ModelReply], report: Report, conversation: Conversation) -> ModelReply | None:
    """The one model reply to show beside a draft: by the most useful finding that has one, else by the situation.

    Of several that fit equally, the one that shares most words with what the customer wrote; then the oldest.
    """
    if not models:
        return None
    said = "\n".join(message.text for message in conversation.messages if message.role == "customer")
    ruled = {model.rule for model in models.values() if model.rule}
    rule = next((f.rule for f in report.findings if f.rule in ruled), None)
    if rule is not None:
        return max((model for model in models.values() if model.rule == rule), key=lambda m: _shared(m, said))
    shown = frozenset(signal.kind for signal in report.customer.signals)
    suiting = [model for model in models.values() if model.rule is None and model.suits(shown, said)]
    return max(
        suiting,
        key=lambda m: (bool(m.when_customer_says), len(m.when_customer_shows), _shared(m, said)),
        default=None,
    )


def _shared(model: ModelReply, said: str) -> int:
    return len(_words(model.says) & _words(said))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _says(patterns: tuple[str, ...], said: str) -> bool:
    found = PatternSet([compile_pattern(pattern) for pattern in patterns]).matches(fold(said))
    return next(iter(found), None) is not None


def read_rhythm(check: Checker, block: Block) -> Rhythm | None:
    """What stands under ``practise``."""
    body = block.get("practise")
    if body is None:
        return None
    line = block.lines["practise"]
    if not isinstance(body, Block):
        check.note(line, 'practise: must hold "every:" (a day of the week) and "minutes:"')
        return None
    check.unknown_keys(body, ("every", "minutes"))
    word = check.word(body, "every", WEEKDAYS)
    every = next((day for day in WEEKDAYS if day == word), None)
    minutes = check.number(body, "minutes", LEAST_MINUTES, MOST_MINUTES)
    for key in ("every", "minutes"):
        if key not in body:
            check.note(line, f'practise: "{key}" is missing')
    return Rhythm(every, minutes) if every and minutes else None


def read_model(check: Checker, body: Any, line: int, name: str) -> ModelReply | None:
    """One entry under ``models``."""
    if not isinstance(body, Block):
        check.note(line, f'models: "{name}" must hold "by:", "says:", and where it belongs')
        return None
    before = len(check.problems)
    check.unknown_keys(body, _KEYS)
    for key in ("by", "says"):
        if key not in body:
            check.note(line, f'models: "{name}": "{key}" is missing')
    by = check.text(body, "by") or ""
    if len(by) > _LONGEST_NAME or "\n" in by:
        check.note(body.lines["by"], f"by: a name of up to {_LONGEST_NAME} characters, on one line")
    model = ModelReply(
        by,
        check.text(body, "says") or "",
        check.text(body, "rule"),
        check.words(body, "when_customer_shows", SIGNAL_KINDS),
        check.patterns(body, "when_customer_says"),
    )
    situation = model.when_customer_shows or model.when_customer_says
    if len(check.problems) == before and bool(model.rule) == bool(situation):
        check.note(
            line, f'models: "{name}": say where it belongs: "rule", or what the customer shows or says, not both'
        )
    return model if len(check.problems) == before else None


def as_lines(models: Mapping[str, ModelReply], rhythm: Rhythm | None) -> Iterator[str]:
    """Both as they stand in a team's file."""
    if rhythm:
        yield from ("practise:", f"  every: {rhythm.every}", f"  minutes: {rhythm.minutes}")
    if models:
        yield "models:"
    for name, model in models.items():
        yield f"  {name}:"
        values = (model.by, model.rule, sorted(model.when_customer_shows), list(model.when_customer_says), model.says)
        yield from (pair(key, value, "    ").rstrip("\n") for key, value in zip(_KEYS, values, strict=True) if value)
