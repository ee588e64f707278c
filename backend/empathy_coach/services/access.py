"""Who may call the API: tokens made by pairing, kept as digests, revocable."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
import time
from collections.abc import Hashable

from empathy_coach.errors import StorageError
from empathy_coach.storage import tokens
from empathy_coach.storage.database import Database
from empathy_coach.storage.tokens import TokenRow

_RETRY = 1.0  # seconds between tries to read a database that cannot be read just now

log = logging.getLogger(__name__)


def new_token() -> str:
    """A random token of 256 bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What is kept of a token or a code. SHA-256 is right for random secrets; only passwords need a slow hash."""
    return hashlib.sha256(secret.encode()).digest()


class Access:
    """The tokens that are valid now.

    They are held in memory and read again when the database has changed, so that a token revoked by another
    process is refused (at once with SQLite, within a second with PostgreSQL), and a database that is locked, broken or
    away does not stop the coaching. A token that is not known yet is looked for before it is refused.
    """

    def __init__(self, database: Database) -> None:
        """Read the tokens of ``database``. Raises StorageError when that fails."""
        self._database = database
        self._lock = threading.Lock()
        self._known: dict[bytes, TokenRow] = {}
        self._seen: Hashable = None
        self._retry_at = 0.0
        self._failed = False  # the last time
        self._read(wait=5.0)

    def holder(self, token: str) -> TokenRow | None:
        """Who holds this token; None when it is unknown or revoked. Raises StorageError when that cannot be said."""
        self.refresh()
        presented = digest(token)
        if presented not in self._known:
            self._database.look()  # another process may have paired it just now
            if not self.refresh(patient=True):
                raise StorageError("The tokens could not be read just now.")
        row = self._known.get(presented)
        return row if row is not None and hmac.compare_digest(row.digest, presented) else None

    def holders(self) -> list[TokenRow]:
        """Every paired client, oldest first. Raises StorageError."""
        with self._database.transaction() as connection:
            return tokens.all_tokens(connection)

    def holders_of(self, account: str | None) -> list[TokenRow]:
        """The clients of one account, oldest first. Raises StorageError."""
        return [row for row in self.holders() if row.account == account]

    def revoke(self, token_id: int) -> bool:
        """Make a token worthless at once; False when there is none of this number. Raises StorageError."""
        with self._lock:  # whoever reads the tokens just now may not bring it back
            with self._database.transaction() as connection:
                removed = tokens.remove_token(connection, token_id)
            self._known = {key: row for key, row in self._known.items() if row.id != token_id}
        return removed

    def choose_pilot(self, token_ids: frozenset[int]) -> None:
        """Make exactly these clients the pilot group. Raises StorageError."""
        with self._database.transaction() as connection:
            tokens.set_pilot(connection, token_ids)

    def refresh(self, patient: bool = False) -> bool:
        """Read the tokens again when they changed; False when that cannot be done: the ones known before stay valid.

        ``patient`` waits for a busy database: whoever was paired just now must not be turned away.
        """
        if self._is_current():
            return True
        with self._lock:
            if self._is_current():  # another thread read them meanwhile
                return True
            if time.monotonic() < self._retry_at and not patient:
                return False
            try:
                self._read(wait=2.0 if patient else 0.1)
            except StorageError as error:
                self._retry_at = time.monotonic() + _RETRY
                # Once means little: with SQLite a write of our own can take longer than anybody waits here.
                if self._failed:
                    log.warning("The tokens could not be read again; those known before stay valid. %s", error)
                self._failed = True
                return False
            self._failed = False
        return True

    def _is_current(self) -> bool:
        return self._seen is not None and self._database.signature() == self._seen

    def _read(self, wait: float) -> None:
        self._database.look()
        before = self._database.signature()
        with self._database.transaction(wait) as connection:
            rows = tokens.all_tokens(connection)
        self._known = {row.digest: row for row in rows}
        self._seen = before if self._database.settled(before) else None
