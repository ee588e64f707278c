"""Forgets what is too old to keep: counters, entries and names of the log of changes; whatever is over, such as codes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from empathy_coach.services.team_views import TeamViews
from empathy_coach.storage import changes, erasure, retention
from empathy_coach.storage.database import Database

log = logging.getLogger(__name__)


class Retention:
    """Keeps counters and the log of changes for ``days``. Running it twice, or in two processes, does no harm."""

    def __init__(
        self,
        database: Database,
        team_views: TeamViews,
        days: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._team_views = team_views
        self._days = days
        self._now = now

    def run(self) -> dict[str, int]:
        """How many rows went, by table. Raises StorageError."""
        self._team_views.freeze()
        now = self._now()
        with self._database.transaction() as connection:
            changes.hold(connection, "rules")  # one process at a time
            gone = retention.forget(connection, now - timedelta(days=self._days), now)
            # What was deleted for good stays so, even where a restore was broken off half way.
            erasure.erase(connection, erasure.marks(connection))
        if any(gone.values()):
            log.info(
                "Forgotten as too old: %s.", ", ".join(f"{count} of {name}" for name, count in gone.items() if count)
            )
        return gone
