"""Under which pseudonym an account's figures are kept.

A pseudonym is a keyed digest of the account's random id. No table leads from one to the other: whoever reads the whole
database, or a backup of it, lacks the key; the server finds an agent's own figures for that agent alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from empathy_coach.services.secret import Secret
from empathy_coach.storage import activity, erasure, feedback
from empathy_coach.storage.activity import ActivityKey
from empathy_coach.storage.database import Database
from empathy_coach.storage.feedback import FeedbackKey
from empathy_coach.storage.views import PSEUDONYM_BYTES

#: Who works where there are no accounts: nobody in particular.
NOBODY = b""


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that is kept under one pseudonym."""

    feedback: dict[FeedbackKey, int]
    activity: dict[ActivityKey, int]
    stopped: bool

    def as_data(self) -> dict[str, Any]:
        """The same as JSON data."""
        return {
            "counting": not self.stopped,
            "findings": [
                {"rule": k.rule, "element": k.element, "verdict": k.verdict, "day": k.day.isoformat(), "team": k.team,
                 "rule_set": k.rule_set, "count": count}
                for k, count in sorted(self.feedback.items(), key=lambda item: (item[0].day, item[0].rule, item[0].verdict))
            ],
            "activity": [
                {"week": k.week.isoformat(), "team": k.team, "kind": k.kind, "subject": k.subject, "figure": k.figure,
                 "count": count}
                for k, count in sorted(self.activity.items(), key=lambda item: (item[0].week, item[0].subject))
            ],
        }  # fmt: skip


class Contributors:
    """Pseudonyms, and what their owners may do with what is kept under them."""

    def __init__(self, database: Database, secret: Secret) -> None:
        self._database = database
        self._secret = secret

    def of(self, account: str | None) -> bytes:
        """The pseudonym of an account; ``NOBODY`` without one."""
        return self._secret.digest("contributor", account)[:PSEUDONYM_BYTES] if account else NOBODY

    def kept(self, account: str | None) -> Kept:
        """What is kept about an account. Raises StorageError."""
        who = self.of(account)
        with self._database.transaction() as connection:
            return Kept(
                feedback.counts_of(connection, who),
                activity.of_contributor(connection, who),
                who != NOBODY and erasure.is_erased(connection, who),
            )

    def erase(self, account: str) -> None:
        """Delete all figures of an account for good, and count nothing of it again. Raises StorageError."""
        with self._database.transaction() as connection:
            erasure.erase(connection, [self.of(account)], date.today())

    def leave(self, account: str) -> None:
        """Delete the account as well, with everything that belongs to it. Raises StorageError."""
        with self._database.transaction() as connection:
            erasure.erase(connection, [self.of(account), erasure.account_mark(account)], date.today())
