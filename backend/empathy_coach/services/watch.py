"""Keeps this process in step with the others: who may call, which rules are in use; and forgets what is too old."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable

from empathy_coach.errors import CoachError, StorageError
from empathy_coach.services.access import Access
from empathy_coach.services.retention import Retention
from empathy_coach.services.team_rules import TeamRules
from empathy_coach.storage.database import Database

_EVERY = 0.25  # seconds; with the time to build a rule set, a release is in use everywhere within two
_TIDY = 3600.0  # seconds; what is over goes within the hour

log = logging.getLogger(__name__)


class Watch:
    """A thread that looks at the database four times a second. One small query, so it costs next to nothing."""

    def __init__(self, database: Database, access: Access, team_rules: TeamRules, retention: Retention) -> None:
        self._database = database
        self._access = access
        self._team_rules = team_rules
        self._retention = retention
        self._seen: Hashable = None
        self._tidy_at = 0.0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.database_away = False

    def start(self, after: Callable[[], None] = lambda: None) -> None:
        """Begin to watch; ``after`` is called after each look."""
        self._after = after
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop, and wait for the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> None:
        """Take over what changed, once."""
        try:
            self._database.look()
            seen = self._database.signature()
            if seen != self._seen:
                self._access.refresh()
                self._team_rules.refresh()
                self._seen = seen if self._database.settled(seen) else None
            if time.monotonic() >= self._tidy_at:
                self._retention.run()
                self._tidy_at = time.monotonic() + _TIDY
        except StorageError as error:
            if not self.database_away:
                log.warning("The database is away; coaching goes on. %s", error)
            self.database_away = True
        except CoachError as error:
            log.error("The rules stay as they were. %s", error)
        else:
            self.database_away = False

    def _run(self) -> None:
        while not self._stop.wait(_EVERY):
            try:
                self.look()
                self._after()
            except Exception as error:
                # It must go on watching, and an error's text could hold words of a draft.
                log.error("Looking for changes failed: %s", type(error).__name__)
