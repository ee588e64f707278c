"""Under which pseudonym an account's figures are kept.

A pseudonym is a keyed digest of the account's random id. No table leads from one to the other: whoever reads the whole
database, or a backup of it, lacks the key; the server finds an agent's own figures for that agent alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from empathy_coach.errors import StorageError
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

    def __init__(self, database: Database, secret: Secret, journal: Path | None = None) -> None:
        """``journal``: a file beside the database that notes each deletion, for when the database is lost."""
        self._database = database
        self._secret = secret
        self._journal = journal

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

    def erase(self, account: str | None) -> None:
        """Delete all figures of an account for good, and count nothing of it again. Raises StorageError.

        Without an account: all that was counted until today.
        """
        self._erase([self.of(account) or erasure.NOBODY_MARK])

    def leave(self, account: str) -> None:
        """Delete the account as well, with everything that belongs to it. Raises StorageError."""
        self._erase([self.of(account), erasure.account_mark(account)])

    def _erase(self, marks: list[bytes]) -> None:
        wanted = dict.fromkeys(marks, date.today())
        if self._journal is not None:
            note_erasures(self._journal, wanted)  # first: what is said to be deleted must never come back
        with self._database.transaction() as connection:
            erasure.erase(connection, wanted)


def note_erasures(journal: Path, marks: Mapping[bytes, date]) -> None:
    """Add marks to a journal. Raises StorageError."""
    lines = "".join(f"{day.isoformat()} {mark.hex()}\n" for mark, day in marks.items())
    try:
        with os.fdopen(os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(f"{journal}: {error.strerror}.") from None


def noted_erasures(journal: Path) -> dict[bytes, date]:
    """The marks of a journal, for ``erasure.erase`` after a restore; a line that was cut short is left out."""
    found: dict[bytes, date] = {}
    for line in journal.read_text(encoding="ascii").splitlines() if journal.exists() else ():
        day, _, mark = line.partition(" ")
        with suppress(ValueError):
            found[bytes.fromhex(mark)] = date.fromisoformat(day)
    return found
