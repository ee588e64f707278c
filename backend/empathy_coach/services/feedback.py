"""Counts what happens to findings: shown, applied, dismissed, called wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from empathy_coach.domain import ELEMENTS, Element
from empathy_coach.services.live_rules import LiveSets
from empathy_coach.storage import erasure, feedback
from empathy_coach.storage.database import Database
from empathy_coach.storage.feedback import FeedbackKey

_BUILT_IN = frozenset(f"rubric/{element}" for element in ELEMENTS)


def is_rule(name: str, sets: LiveSets) -> bool:
    """Whether findings can carry this rule id. Only such names are stored, so that no other text ever is."""
    return sets.rule(name) is not None or name in _BUILT_IN


class Feedback:
    """The counters of one team (``None`` when it has no name)."""

    def __init__(self, database: Database, team: str | None, today: Callable[[], date] = date.today) -> None:
        self._database = database
        self._team = team or ""
        self._today = today

    def count(self, rule: str, element: Element, verdict: str, rule_set: str, contributor: bytes = b"") -> None:
        """Count one verdict on a rule's finding. It is stored for good when this returns. Raises StorageError.

        Nothing is stored for a contributor who deleted their figures.
        """
        key = FeedbackKey(rule, element, verdict, self._today(), self._team, rule_set, contributor)
        with self._database.transaction() as connection:
            if not erasure.is_erased(connection, contributor):
                feedback.add_one(connection, key)
