"""The rule set in use: one immutable object, replaced as a whole."""

from __future__ import annotations

import logging
from pathlib import Path

from empathy_coach.errors import CoachError
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.ruleset import RuleSet

log = logging.getLogger(__name__)


class LiveRules:
    """Hands out the current rule set. A reader takes ``current`` once for a reply and so never mixes two."""

    def __init__(self, directory: Path, team: str | None) -> None:
        """Load the rules of ``directory``. Raises CoachError naming file and line when they cannot be used."""
        self._directory = directory
        self._team = team
        self.current: RuleSet = load_rule_set(directory, team)

    def reload(self) -> None:
        """Read the files again. When they are broken the last good set stays, and the log says where."""
        try:
            self.current = load_rule_set(self._directory, self._team)
        except CoachError as error:
            log.error("The rules stay as they were. %s", error)
        else:
            log.info("Rule set %s is in use.", self.current.hash)
