"""Counts what rules in shadow would have found. They are never shown, and no text is kept."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from hashlib import blake2b

from empathy_coach.domain import Conversation, Draft
from empathy_coach.errors import StorageError
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import places
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.storage import erasure, feedback
from empathy_coach.storage.database import Database
from empathy_coach.storage.feedback import FeedbackKey

_MOST = 20_000  # conversations remembered, so that a draft that is judged at each pause counts once
_EVERY = 20.0  # seconds between two writings

log = logging.getLogger(__name__)


class Shadow:
    """Counters in memory, written to the database now and then. One conversation counts once for each rule."""

    def __init__(self, database: Database, team: str | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._team = team or ""
        self._clock = clock
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(16)  # lives as long as the process, so that a digest can be traced to nothing
        self._seen: set[tuple[str, bytes]] = set()
        self._waiting: Counter[FeedbackKey] = Counter()
        self._written_at = clock()

    def count(
        self, rule_set: RuleSet, conversation: Conversation, draft: Draft, today: date, contributor: bytes = b""
    ) -> None:
        """Count the rules of ``rule_set`` that fire on a contributor's draft."""
        found = {rule for rule, _ in places(read(conversation, draft, rule_set.lexicon, rule_set.cues), rule_set)}
        if not found:
            return
        said = "\0".join(message.text for message in conversation.messages) or draft.text
        about = blake2b(said.encode("utf-8", "replace"), key=self._key, digest_size=12).digest()
        with self._lock:
            for rule in found:
                if (rule.id, about) not in self._seen and len(self._seen) < _MOST:
                    self._seen.add((rule.id, about))
                    key = FeedbackKey(rule.id, rule.element, "shadow", today, self._team, rule_set.hash, contributor)
                    self._waiting[key] += 1
            late = self._clock() - self._written_at > _EVERY
        if late:
            self.write()

    def write(self) -> None:
        """Store what was counted. When that cannot be done now, it is tried again later."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
            self._written_at = self._clock()
        if not waiting:
            return
        try:
            with self._database.transaction() as connection:
                for key, count in waiting.items():
                    if not erasure.is_erased(connection, key.contributor):
                        feedback.add(connection, key, count)
        except StorageError as error:
            log.warning("What shadow rules found could not be stored yet. %s", error)
            with self._lock:
                self._waiting += waiting
