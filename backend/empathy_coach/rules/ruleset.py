"""A rule set: everything that tuning can change, frozen, known by the hash of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rules}


def content_hash(rules: tuple[Rule, ...], *tables: Mapping[str, Any]) -> str:
    """The hash of what the rules and the other files say; comments, order of keys and examples do not count."""
    said = []
    for rule in rules:
        body = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in asdict(rule).items()}
        body.pop("examples")
        said.append(body)
    data = orjson.dumps([said, tables], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(data).hexdigest()[:16]


def only(rule_set: RuleSet, rule: Rule) -> RuleSet:
    """The same set with one rule in it: what that rule finds when no other competes for the words."""
    return replace(rule_set, rules=(rule,), index=Index((rule,)))
