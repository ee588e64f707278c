"""Limits on guessing, the same for all processes on all machines: they count in the database.

A try is counted before it is looked at, so that many at once do not slip past the limit. Names and addresses are
kept as keyed digests, and only while their window lasts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from empathy_coach.errors import CoachError
from empathy_coach.services.secret import Secret
from empathy_coach.storage import tries
from empathy_coach.storage.database import Database


class TooOftenError(CoachError):
    """Too many tries; ``retry_after`` seconds have to pass."""

    def __init__(self, retry_after: int) -> None:
        minutes = -(-retry_after // 60)
        super().__init__(f"Too many tries. Please wait {minutes} minute{'s' if minutes > 1 else ''}.")
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` tries about one thing in ``window`` seconds."""

    about: str
    most: int
    window: int


class Tries:
    """Counts tries."""

    def __init__(self, database: Database, secret: Secret, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._secret = secret
        self._clock = clock

    def take(self, limits: Sequence[Limit]) -> None:
        """Count one try against each limit. Raises TooOftenError when one of them is reached, or StorageError."""
        now = int(self._clock())
        wait = 0
        with self._database.transaction() as connection:
            tries.forget(connection, now)
            for limit in limits:
                count, left = tries.take(connection, self._digest(limit), now, limit.window)
                if count > limit.most:
                    wait = max(wait, left)
        if wait:
            raise TooOftenError(wait)

    def forgive(self, limits: Sequence[Limit]) -> None:
        """Forget the tries of somebody who was right. Raises StorageError."""
        with self._database.transaction() as connection:
            for limit in limits:
                tries.forgive(connection, self._digest(limit))

    def _digest(self, limit: Limit) -> bytes:
        return self._secret.digest("try", limit.about)
