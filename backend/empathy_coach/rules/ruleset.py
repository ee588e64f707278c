"""A rule set: everything that tuning can change, frozen, known by the hash of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

import orjson

from empathy_coach.reading.cues import Cues
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.rules.index import Index
from empathy_coach.rules.phrasing import Phrasing
from empathy_coach.rules.rule import Rule


@dataclass(frozen=True)
class RuleSet:
    """Packs plus a team's choices. ``hash`` is 16 hex digits over all content, the same on every machine."""

    rules: tuple[Rule, ...]
    hash: str
    lexicon: Lexicon
    cues: Cues
    rubric: Mapping[str, Any]
    phrasing: Phrasing = field(repr=False, compare=False)
    index: Index = field(repr=False, compare=False)
    team: str | None = None
    tables_hash: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rules}


def content_hash(rules: tuple[Rule, ...], tables_hash: str) -> str:
    """The hash of what the rules and the other files say; comments, order of keys and examples do not count."""
    said = []
    for rule in rules:
        body = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in asdict(rule).items()}
        del body["examples"], body["file"]  # where a rule was read from is not what it says
        said.append(body)
    return hash_of([said, tables_hash])


def hash_of(data: Any) -> str:
    """16 hex digits that are the same for the same data, whatever the order of its keys."""
    return hashlib.sha256(orjson.dumps(data, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def with_rules(base: RuleSet, rules: Sequence[Rule], team: str | None) -> RuleSet:
    """The set with other rules and the same tables. Raises PatternError when the rules together are too large."""
    frozen = tuple(rules)
    hashed = content_hash(frozen, base.tables_hash)
    return replace(base, rules=frozen, hash=hashed, index=Index(frozen), team=team)


def only(rule_set: RuleSet, *rules: Rule) -> RuleSet:
    """The same set with only these rules in it: what they find when no others compete for the words."""
    return replace(rule_set, rules=rules, index=Index(rules))
