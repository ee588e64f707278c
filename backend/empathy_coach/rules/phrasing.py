"""Ways of saying it, from ``phrasing.yaml``: situations with their sentences, and prompts for the agent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from empathy_coach.reading.pattern_set import PatternSet
from empathy_coach.reading.patterns import PatternError, compile_pattern

# The customer's words that a sentence may ask for; see phrasing.yaml.
_CLAUSES = {
    "clause",
    "Clause",
    "trouble",
    "Trouble",
    "heard",
    "doing",
    "Doing",
}
_DETAILS = {"thing", "who", "pet", "person", "child", "event", "Event", "times", "nth", "task", "Task", "when"}
_SUMS = {"duration", "Duration", "amount", "Amount", "lost", "Lost"}
NEEDS = frozenset(_CLAUSES | _DETAILS | _SUMS)
SHORT_KINDS = frozenset({"worry", "repeat_contact", "sadness", "anger", "any"})
SLOT_KINDS = frozenset(
    {
        "acknowledge",
        "acknowledge_with_sorry",
        "answer",
        "next_step",
        "carry_over",
        "hand_over",
        "plain_words",
        "kind_words",
        "leave_out",
        "given",
        "instead",
        "step",
    }
)
_KEYS = {"situations", "plain", "slots", "short", "empty", "leave_out", "greeting", "formal_greeting"}
_FIELD = re.compile(r"\{(\w+)\}")
_NUM = re.compile(r"(?<![a-z])num(?![a-z])")
# "NUM" in a pattern stands for a number in figures or words.
_NUMBER = (
    r"(?:[0-9]+(?:[.,:][0-9]+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|ninety)"
)


@dataclass(frozen=True, slots=True)
class Way:
    """One sentence, and the words of the customer's that it needs."""

    text: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Situation:
    """What has happened to a customer, and ways of saying so."""

    name: str
    ways: tuple[Way, ...]
    needs: str | None = None
    refusal: bool = False
    loose: bool = False


@dataclass(frozen=True, eq=False)  # a key of caches: one object, one hash
class Phrasing:
    """The whole file. ``owner[i]`` is the number of the situation that pattern ``i`` belongs to."""

    situations: tuple[Situation, ...] = ()
    patterns: PatternSet = field(default_factory=lambda: PatternSet(()))
    owner: tuple[int, ...] = ()
    plain: tuple[Way, ...] = ()
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    leave_out: frozenset[str] = frozenset()
    short: Mapping[str, tuple[Way, ...]] = field(default_factory=dict)
    greeting: tuple[str, ...] = ("Hi {name},",)
    formal_greeting: tuple[str, ...] = ("Dear {name},",)

    @staticmethod
    def build(data: Mapping[str, Any]) -> Phrasing:
        """Check and compile. Raises ValueError that begins with the key at fault."""
        unknown = set(data) - _KEYS
        if unknown:
            raise ValueError(f"{sorted(unknown)[0]}: not known here")
        situations = []
        expressions = []
        owner = []
        for number, (name, body) in enumerate(dict(data.get("situations") or {}).items()):
            key = f"situations.{name}"
            if not isinstance(body, Mapping) or set(body) - {"find", "say", "needs", "refusal", "loose"}:
                raise ValueError(f"{key}: may have find, say, needs, refusal and loose")
            for pattern in _texts(body.get("find"), f"{key}.find"):
                try:
                    expressions.append(_NUM.sub(lambda _: _NUMBER, compile_pattern(pattern)))
                except PatternError as error:
                    raise ValueError(f"{key}.find: {pattern!r}: {error}") from error
                owner.append(number)
            needs = body.get("needs")
            if needs is not None and needs not in NEEDS:
                raise ValueError(f"{key}.needs: {needs!r} is not one of {', '.join(sorted(NEEDS))}")
            flags = body.get("refusal") is True, body.get("loose") is True
            situations.append(Situation(name, _ways(body.get("say"), f"{key}.say"), needs, *flags))
        slots = dict(data.get("slots") or {})
        for kind in slots:
            if kind not in SLOT_KINDS:
                raise ValueError(f"slots.{kind}: not one of {', '.join(sorted(SLOT_KINDS))}")
        short = dict(data.get("short") or {})
        for kind in short:
            if kind not in SHORT_KINDS:
                raise ValueError(f"short.{kind}: not one of {', '.join(sorted(SHORT_KINDS))}")
        return Phrasing(
            tuple(situations),
            PatternSet(expressions),
            tuple(owner),
            _ways(data.get("plain"), "plain") if data.get("plain") else (),
            {kind: _texts(lines, f"slots.{kind}") for kind, lines in slots.items()},
            _rules(data.get("empty"), "empty"),
            _rules(data.get("leave_out"), "leave_out"),
            {kind: _ways(lines, f"short.{kind}") for kind, lines in short.items()},
            _texts(data.get("greeting", ["Hi {name},"]), "greeting"),
            _texts(data.get("formal_greeting", ["Dear {name},"]), "formal_greeting"),
        )


def _texts(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise ValueError(f"{key}: must be a list of texts")
    for item in value:
        if not isinstance(item, str) or not item.strip():
            raise ValueError(f"{key}: every item must be a text")
    return tuple(value)


def _rules(value: Any, key: str) -> frozenset[str]:
    return frozenset(_texts(value, key)) if value else frozenset()


def _ways(value: Any, key: str) -> tuple[Way, ...]:
    ways = []
    for text in _texts(value, key):
        needs = frozenset(_FIELD.findall(text))
        if needs - NEEDS:
            raise ValueError(f"{key}: {{{sorted(needs - NEEDS)[0]}}} is not one of {', '.join(sorted(NEEDS))}")
        ways.append(Way(text, needs))
    return tuple(ways)
