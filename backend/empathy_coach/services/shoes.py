"""What the inbox feels like to be in: counted for a team that switched it on, never a customer's word.

Of a conversation that an agent answers: the weekday and the hour, whether its customer is upset, whether they write
for the third time, and which topics of a fixed list it is about. Kept in memory for seconds, then as counts by week
under the agent's pseudonym, and dropped once the week is frozen (``services.team_views``).
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from empathy_coach.domain import Conversation
from empathy_coach.errors import StorageError
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.cues import Cues
from empathy_coach.rules.loader import load_topics
from empathy_coach.services.team_views import Kind, TeamViews

UPSET = 0.5  # of the reading's scale from 0 to 1
THIRD = 3  # messages of one customer
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOST = 20_000  # conversations remembered, so that a draft that is judged at each pause counts once
_EVERY = 20.0  # seconds between two writings
_RECHECK = 30.0  # seconds after which another process's switch is noticed

log = logging.getLogger(__name__)


class Shoes:
    """Counters in memory, written to the database now and then. One state of a conversation counts once."""

    def __init__(self, views: TeamViews, rules_dir: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._views = views
        self._rules_dir = rules_dir
        self._clock = clock
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(16)  # lives as long as the process, so that a digest can be traced to nothing
        self._seen: set[bytes] = set()
        self._waiting: dict[bytes, Counter[tuple[Kind, str, str]]] = {}
        self._written_at = clock()
        self._asked_at = float("-inf")
        self._is_on = False
        self._topics: Cues | None = None

    def count(
        self, contributor: bytes, conversation: Conversation, upset: float, signals: Sequence[str], at: datetime
    ) -> None:
        """Count a conversation that ``contributor`` answers at a moment of the team's own time."""
        said = [message.text for message in conversation.messages if message.role == "customer"]
        if not contributor or not said or not self._on():
            return
        about = blake2b("\0".join(said).encode("utf-8", "replace"), key=self._key, digest_size=12).digest()
        with self._lock:
            if about in self._seen or len(self._seen) >= _MOST:
                return
            self._seen.add(about)
        met = ["met", "upset"] if upset >= UPSET else ["met"]
        found: Counter[tuple[Kind, str, str]] = Counter()
        for figure in met:
            found["day", WEEKDAYS[at.weekday()], figure] += 1
            found["hour", f"{at.hour:02}", figure] += 1
            for topic in self._about(said[-1]):
                found["topic", topic, figure] += 1
        found["contact", "all", "met"] += 1
        if len(said) >= THIRD or "repeat_contact" in signals:
            found["contact", "all", "third"] += 1
        with self._lock:
            self._waiting.setdefault(contributor, Counter()).update(found)
            late = self._clock() - self._written_at > _EVERY
        if late:
            threading.Thread(target=self.write, name="shoes", daemon=True).start()  # no reply waits for it

    def refresh(self) -> None:
        """Look whether it is switched on."""
        with suppress(StorageError):  # as before, then
            self._is_on = self._views.switched("shoes") is not None

    def write(self) -> None:
        """Store what was counted. When that cannot be done now, it is tried again later."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            self._written_at = self._clock()
        for contributor, found in waiting.items():
            try:
                self._views.count(contributor, found)
            except StorageError as error:
                log.warning("What the inbox feels like could not be stored yet. %s", error)
                with self._lock:
                    self._waiting.setdefault(contributor, Counter()).update(found)

    def _on(self) -> bool:
        with self._lock:
            stale = self._clock() - self._asked_at > _RECHECK
            if stale:
                self._asked_at = self._clock()
        if stale:
            threading.Thread(target=self.refresh, name="shoes", daemon=True).start()
        return self._is_on

    def _about(self, text: str) -> set[str]:
        if self._topics is None:
            self._topics = load_topics(self._rules_dir)
        return {self._topics.names[hit.cue] for hit in self._topics.find(fold(text))}
