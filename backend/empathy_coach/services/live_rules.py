"""The rule sets in use: immutable objects, replaced all at once."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from pathlib import Path

from empathy_coach.errors import CoachError
from empathy_coach.reading.patterns import PatternError
from empathy_coach.rules.loader import load_choices, load_rule_set
from empathy_coach.rules.overlay import Choices, chosen
from empathy_coach.rules.problems import Problem, RulesError
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.ruleset import RuleSet, only, with_rules

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LiveSets:
    """What is in use at one moment. A request takes one of these and so never mixes two states.

    ``base`` is the packs alone; ``shadow`` holds only the rules that are counted and never shown.
    """

    base: RuleSet
    choices: Choices
    everyone: RuleSet
    pilot: RuleSet
    shadow: RuleSet | None

    def of(self, pilot: bool) -> RuleSet:
        """The rule set that a client meets."""
        return self.pilot if pilot else self.everyone

    def rule(self, rule_id: str) -> Rule | None:
        """A rule that a client may have met."""
        return self.everyone.by_id.get(rule_id) or self.pilot.by_id.get(rule_id)


def sets_of(base: RuleSet, choices: Choices, team: str | None, known: LiveSets | None = None) -> LiveSets:
    """The sets that a team's choices make of the packs; a set that ``known`` has already is not made again.

    Raises RulesError when the rules are too large together.
    """
    made = [base, known.everyone, known.pilot] if known and known.base is base else [base]
    try:
        everyone = _set(made, chosen(base.rules, choices, "everyone"), team)
        pilot = _set([everyone, *made], chosen(base.rules, choices, "pilot"), team)
    except PatternError as error:
        raise RulesError([Problem("rules", 1, f"the rules together are too large: {error}")]) from None
    counted = [own.rule for own in choices.rules.values() if own.stage == "shadow"]
    return LiveSets(base, choices, everyone, pilot, only(base, *counted) if counted else None)


def _set(made: list[RuleSet], rules: list[Rule], team: str | None) -> RuleSet:
    same = next((rule_set for rule_set in made if rule_set.rules == tuple(rules)), None)
    return same or with_rules(made[-1], rules, team)


class LiveRules:
    """Hands out the sets in use."""

    def __init__(self, directory: Path, team: str | None) -> None:
        """Load the rules of ``directory``. Raises CoachError naming file and line when they cannot be used."""
        self.directory = directory
        self.team = team
        self._writing = threading.Lock()
        self._published: Choices | None = None
        self.sets = self._read(None)

    @property
    def current(self) -> RuleSet:
        """What everyone meets."""
        return self.sets.everyone

    def source(self, rule: Rule) -> str:
        """The YAML of a pack's rule as it stands on disk; empty when the file is gone."""
        try:
            return (self.directory / rule.file).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""

    def use(self, sets: LiveSets) -> None:
        """Put other choices in use, from the next request on."""
        with self._writing:
            self._published = sets.choices
            self.sets = sets

    def reload(self) -> None:
        """Read the files again. When they are broken the last good sets stay, and the log says where."""
        with self._writing:
            try:
                self.sets = self._read(self.sets)
            except CoachError as error:
                log.error("The rules stay as they were. %s", error)
            else:
                log.info("Rule set %s is in use.", self.current.hash)

    def _read(self, known: LiveSets | None) -> LiveSets:
        base = load_rule_set(self.directory)
        if known and known.base.tables_hash == base.tables_hash:  # much is remembered by these tables: they stay
            old = known.base
            base = replace(base, lexicon=old.lexicon, cues=old.cues, rubric=old.rubric, phrasing=old.phrasing)
        choices = self._published
        if choices is None:
            choices = load_choices(self.directory, self.team, base) if self.team else Choices()
        return sets_of(base, choices, self.team)
