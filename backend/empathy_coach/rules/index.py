"""The patterns of all rules as one RE2 set, and which rule each pattern belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from empathy_coach.domain import Conversation
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.pattern_set import PatternSet
from empathy_coach.reading.patterns import PatternError, compile_pattern, program_size
from empathy_coach.reading.same import CONVERSATIONS
from empathy_coach.rules.rule import Rule

_MAX_SIZE = 8_000  # instructions of RE2 in one rule of a team's own; the largest of the packs needs 2,400


@dataclass(frozen=True)
class Ready:
    """A rule with the numbers of its patterns: in the draft's set, and (``*_customer``) in the customer's."""

    rule: Rule
    find: tuple[int, ...]
    unless: tuple[int, ...]
    unless_sentence: tuple[int, ...]
    expect: tuple[int, ...]
    when_draft: tuple[int, ...]
    unless_draft: tuple[int, ...]
    when_customer: frozenset[int]
    unless_customer: frozenset[int]

    @cached_property
    def unconditional(self) -> bool:
        """Whether the rule is meant in any draft of its kinds, whoever wrote before and whatever else stands there."""
        rule = self.rule
        conditions = (self.when_draft, self.unless_draft, self.when_customer, self.unless_customer)
        shown = (rule.when_customer_shows, rule.unless_customer_shows, rule.when_customer_gave)
        return rule.turn == "any" and not any(conditions) and not any(shown)


class Index:
    """Everything that is compiled once, when rules are loaded. Immutable afterwards."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Compile the patterns of ``rules``. Raises PatternError when RE2 refuses one."""
        draft: dict[str, int] = {}
        customer: dict[str, int] = {}
        self.ready: tuple[Ready, ...] = tuple(
            Ready(
                rule,
                _numbers(rule.find, draft),
                _numbers(rule.unless, draft),
                _numbers(rule.unless_sentence_says, draft),
                _numbers(rule.expect, draft),
                _numbers(rule.when_draft_says, draft),
                _numbers(rule.unless_draft_says, draft),
                frozenset(_numbers(rule.when_customer_says, customer)),
                frozenset(_numbers(rule.unless_customer_says, customer)),
            )
            for rule in rules
        )
        self.draft = PatternSet(list(draft))
        self.said_in = _reader(PatternSet(list(customer)))
        """The numbers of the customer's set that match any of the customer's messages."""
        self.always: tuple[Ready, ...] = tuple(r for r in self.ready if not (r.find or r.when_draft))
        """Rules that can fire on a draft which matches nothing."""
        self.called_by: dict[int, tuple[Ready, ...]] = {}
        """Rules to look at when a pattern of the draft's set matched."""
        for ready in self.ready:
            for number in ready.find or ready.when_draft:
                self.called_by[number] = (*self.called_by.get(number, ()), ready)

    def __reduce__(self) -> tuple[type[Index], tuple[Sequence[Rule]]]:
        """What another process makes the same index of."""
        return Index, (tuple(ready.rule for ready in self.ready),)


def _reader(patterns: PatternSet) -> Callable[[Conversation], frozenset[int]]:
    """Knows nothing of its index, so that an old index is gone once nobody uses it."""

    @lru_cache(maxsize=1024)  # messages stay while the draft changes
    def in_message(message: str) -> frozenset[int]:
        return patterns.look(fold(message)).numbers

    @lru_cache(maxsize=CONVERSATIONS)
    def said_in(conversation: Conversation) -> frozenset[int]:
        return frozenset().union(*map(in_message, conversation.customer_texts))

    return said_in


def check_size(rule: Rule) -> None:
    """Refuse a rule whose patterns are so many or so open that every reply would wait for them. Raises PatternError."""
    patterns = (*rule.find, *rule.unless, *rule.unless_sentence_says, *rule.expect)
    patterns += (*rule.when_draft_says, *rule.unless_draft_says, *rule.when_customer_says, *rule.unless_customer_says)
    if program_size([compile_pattern(pattern) for pattern in patterns]) > _MAX_SIZE:
        raise PatternError(
            'the patterns together are too large: use shorter lists or fewer "...", or make it two rules'
        )


def _numbers(patterns: Sequence[str], known: dict[str, int]) -> tuple[int, ...]:
    return tuple(known.setdefault(compile_pattern(pattern), len(known)) for pattern in patterns)
