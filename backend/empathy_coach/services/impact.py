"""What other rules would do to replies: which findings come and go, which scores move. Nothing of it is stored.

Only replies that a changed rule touches, in its old form or its new one, are judged in full: for all others both rule
sets say the same, because they share everything but those rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from empathy_coach.domain import Finding, Reading, Severity
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import findings_at, may_fire, places, places_in
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.ruleset import RuleSet, only
from empathy_coach.rules.view import View
from empathy_coach.scoring.score import score
from empathy_coach.services.uploads import Sample
from empathy_coach.services.work import Work

_KEPT = 2_000  # differences that can be looked at; all are counted


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes for one reply."""

    sample: Sample
    comes: tuple[Finding, ...]
    goes: tuple[Finding, ...]
    before: int
    after: int
    altered: tuple[tuple[Severity, Finding], ...] = ()  # the severity that was, and the finding now

    @property
    def false_alarm(self) -> bool:
        """A new finding on a reply that is known to be good."""
        return self.sample.good and bool(self.comes)


class Comparison:
    """Two rule sets that differ in rules only, ready to be compared on replies."""

    def __init__(self, before: RuleSet, after: RuleSet) -> None:
        """Prepare; compiles the rules that differ."""
        self.before, self.after = before, after
        old = {_essence(rule) for rule in before.rules}
        new = {_essence(rule) for rule in after.rules}
        going = [rule for rule in before.rules if _essence(rule) not in new]
        coming = [rule for rule in after.rules if _essence(rule) not in old]
        self._going, self._coming = set(map(id, going)), set(map(id, coming))
        self._changed = only(before, *going, *coming)

    def __reduce__(self) -> tuple[type[Comparison], tuple[RuleSet, RuleSet]]:
        """What another process makes the same comparison of: it knows rules by what they are, not by what they say."""
        return Comparison, (self.before, self.after)

    def effect(self, sample: Sample) -> Effect | None:
        """What changes for a reply; None when nothing does."""
        if not self._changed.rules or not may_fire(sample.draft, self._changed):
            return None  # most replies, and a reading is the larger part of the work
        reading = read(sample.conversation, sample.draft, self.before.lexicon, self.before.cues)
        changed = places(reading, self._changed)
        if not changed:
            return None
        # The rules in both sets are looked for once, and a draft is judged twice only when there is something to see.
        view = View(reading, self.before.index)
        found = places_in(view)
        stay = [place for place in found if id(place[0]) not in self._going]
        found_before = findings_at(view, found)
        found_after = findings_at(view, stay + [place for place in changed if id(place[0]) in self._coming])
        if found_before == found_after:
            return None
        old, before = _judged(reading, found_before, self.before)
        new, after = _judged(reading, found_after, self.after)
        was, now = {_key(f) for f in old}, {_key(f) for f in new}
        comes = tuple(f for f in new if _key(f) not in was)
        goes = tuple(f for f in old if _key(f) not in now)
        severities = {_key(f): f.severity for f in old}
        altered = tuple((severities[_key(f)], f) for f in new if severities.get(_key(f), f.severity) != f.severity)
        if not comes and not goes and not altered and before == after:
            return None
        return Effect(sample, comes, goes, before, after, altered)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where one rule speaks up among samples: how many there are, and the ones it speaks up on."""

    total: int
    fires: tuple[Sample, ...]

    @property
    def good(self) -> int:
        """How many of them are known to be good replies."""
        return sum(sample.good for sample in self.fires)


class Glance:
    """A quick look at what a rule does to a few samples, while somebody writes it. Readings are made once."""

    def __init__(self, samples: Sequence[Sample], rule_set: RuleSet) -> None:
        """Read the samples."""
        self.rule_set = rule_set
        self._readings = [(s, read(s.conversation, s.draft, rule_set.lexicon, rule_set.cues)) for s in samples]

    def reach(self, rule: Rule) -> Reach:
        """Where ``rule`` alone would speak up."""
        alone = only(self.rule_set, rule)
        return Reach(len(self._readings), tuple(s for s, reading in self._readings if places(reading, alone)))


def _essence(rule: Rule) -> Rule:
    return replace(rule, examples=(), file="", title="", source="", advise=())


def _judged(reading: Reading, found: tuple[Finding, ...], rule_set: RuleSet) -> tuple[tuple[Finding, ...], int]:
    scores, findings = score(reading, found, rule_set)
    return tuple(f for f in findings if f.rule in rule_set.by_id), scores.score


def _key(finding: Finding) -> tuple[object, ...]:
    span = finding.span
    return finding.rule, (span.start, span.end) if span else finding.place


@dataclass
class Trial(Work[Effect | None]):
    """A comparison, counted while it goes on."""

    comes: int = 0
    goes: int = 0
    altered: int = 0
    rises: int = 0
    falls: int = 0
    false_alarms: int = 0
    touched: int = 0
    effects: list[Effect] = field(default_factory=list)
    titles: Mapping[str, str] = field(default_factory=dict)  # of the rules, by their ids
    own: str = ""  # the name of the team's rule that is tried
    packed: str = ""  # the id of the rule of a pack that is tried

    def add(self, result: Effect | None) -> None:
        """Count one reply."""
        if result is None:
            return
        self.touched += 1
        self.comes += len(result.comes)
        self.goes += len(result.goes)
        self.altered += len(result.altered)
        self.rises += result.after > result.before
        self.falls += result.after < result.before
        self.false_alarms += result.false_alarm
        if len(self.effects) < _KEPT:
            self.effects.append(result)
