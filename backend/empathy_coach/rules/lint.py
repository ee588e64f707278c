"""What the examples cannot show: rules that never fire on real drafts, and rules that say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import orjson

from empathy_coach.domain import Conversation, Draft, Message, Reading
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import places
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.ruleset import RuleSet

_SHARE = 0.8  # of the rarer rule's places, from which on two rules overlap
_FEW = 3  # places below which nothing is said about overlap


def lint(rules_dir: Path, sample: Path) -> list[str]:
    """Messages on the rules in ``rules_dir``, tried on ``sample``: a JSONL file, or a folder of them.

    Each line holds ``conversation`` (a list of role, author, text) and ``draft`` or ``drafts`` (each with ``text``).
    """
    rule_set = load_rule_set(rules_dir)
    fired: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    files = sorted(sample.rglob("*.jsonl")) if sample.is_dir() else [sample]
    for reading in _readings(files, rule_set):
        hits = places(reading, rule_set)
        found = [(rule.id, hit.start, hit.end) for rule, hit in hits if hit.place is None]
        fired.update(rule.id for rule, _ in hits)
        marked.update(name for name, *_ in found)
        for one, other in combinations(sorted(found), 2):
            if one[0] != other[0] and one[1] < other[2] and other[1] < one[2]:
                together[one[0], other[0]] += 1
    return [*_never(rule_set, fired), *_overlaps(together, marked)]


def _never(rule_set: RuleSet, fired: Counter[str]) -> Iterator[str]:
    for rule in rule_set.rules:
        if not fired[rule.id]:
            yield f"{rule.file}: never fires on the sample conversations"


def _overlaps(together: Counter[tuple[str, str]], marked: Counter[str]) -> Iterator[str]:
    for (one, other), count in sorted(together.items()):
        rarer = min(marked[one], marked[other])
        if rarer >= _FEW and count >= _SHARE * rarer:
            yield f"{one} and {other} mark the same words {count} times of {rarer}: one rule may do"


def _readings(files: Iterable[Path], rule_set: RuleSet) -> Iterator[Reading]:
    for file in files:
        for line in file.read_bytes().splitlines():
            row: dict[str, Any] = orjson.loads(line)
            messages = tuple(Message(m["role"], m.get("author", ""), m["text"]) for m in row["conversation"])
            conversation = Conversation(messages, row.get("agent_name"), row.get("customer_name"))
            drafts = [d["text"] for d in row["drafts"]] if "drafts" in row else [row["draft"]]
            for text in drafts:
                draft = Draft(text, row.get("kind", "reply"))
                yield read(conversation, draft, rule_set.lexicon, rule_set.cues)
