"""What a rule does to each of its examples, to be shown beside it while somebody writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.edits import applied
from empathy_coach.rules.rule import Example, Rule
from empathy_coach.rules.ruleset import RuleSet, only
from empathy_coach.rules.selftest import example_faults, reading_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """One example: ``spans`` are what the rule marks in it, ``after`` is the text after the click, if it offers one.

    ``also`` are other rules that mark some of these words: of two, an agent sees only the graver.
    """

    example: Example
    faults: tuple[str, ...]
    fired: bool
    spans: tuple[tuple[int, int], ...]
    after: str | None
    also: tuple[Rule, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the rule does what the example says."""
        return not self.faults


def verdicts(rule: Rule, rule_set: RuleSet, replaces: str | None = None) -> list[Verdict]:
    """All examples of ``rule``, tried beside the other rules of ``rule_set``, of which it may replace one."""
    alone = only(rule_set, rule)
    return [_verdict(rule, example, rule_set, alone, {rule.id, replaces}) for example in rule.examples]


def _verdict(rule: Rule, example: Example, rule_set: RuleSet, alone: RuleSet, own: set[str | None]) -> Verdict:
    reading = reading_of(rule, example, rule_set)
    findings = apply_rules(reading, alone)
    faults = tuple(example_faults(rule, example, findings, rule_set))
    click = next((f.suggestions[0] for f in findings if f.suggestions), None)
    spans = tuple((f.span.start, f.span.end) for f in findings if f.span)
    others = apply_rules(reading, rule_set) if example.fires and spans else ()
    also: set[str] = {f.rule for f in others if f.span and any(f.span.start < e and s < f.span.end for s, e in spans)}
    return Verdict(
        example,
        faults,
        fired=bool(findings),
        spans=spans,
        after=applied(example.draft, click) if click else None,
        also=tuple(rule_set.by_id[name] for name in sorted(also - own)),
    )


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """``text`` cut at ``spans``: each piece, and whether it lies in one. Overlapping spans count once."""
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        if start > at:
            found.append((text[at:start], False))
        found.append((text[start:end], True))
        at = end
    if at < len(text):
        found.append((text[at:], False))
    return found
