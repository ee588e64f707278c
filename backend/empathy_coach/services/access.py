"""Who may call the API: tokens made by pairing, kept as digests, revocable."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
import time

from empathy_coach.errors import StorageError
from empathy_coach.storage import tokens
from empathy_coach.storage.database import Database, Signature
from empathy_coach.storage.tokens import TokenRow

_SETTLED = 50_000_000  # nanoseconds: a file's time is coarser than two changes can be apart
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
    process is refused at once, and a database that is locked or broken does not stop the coaching.
    """

    def __init__(self, database: Database) -> None:
        """Read the tokens of ``database``. Raises StorageError when that fails."""
        self._database = database
        self._lock = threading.Lock()
        self._known: dict[bytes, TokenRow] = {}
        self._seen: Signature | None = None
        self._retry_at = 0.0
        self._read(wait=5.0)

    def holder(self, token: str) -> TokenRow | None:
        """Who holds this token; None when it is unknown or revoked."""
        if self._seen is None or self._database.signature() != self._seen:
            self._refresh()
        presented = digest(token)
        row = self._known.get(presented)
        return row if row is not None and hmac.compare_digest(row.digest, presented) else None

    def holders(self) -> list[TokenRow]:
        """Every paired client, oldest first. Raises StorageError."""
        with self._database.transaction() as connection:
            return tokens.all_tokens(connection)

    def revoke(self, token_id: int) -> bool:
        """Make a token worthless; False when there is none of this number. Raises StorageError."""
        with self._database.transaction() as connection:
            return tokens.remove_token(connection, token_id)

    def choose_pilot(self, token_ids: frozenset[int]) -> None:
        """Make exactly these clients the pilot group. Raises StorageError."""
        with self._database.transaction() as connection:
            tokens.set_pilot(connection, token_ids)

    def _refresh(self) -> None:
        with self._lock:
            if time.monotonic() < self._retry_at:
                return
            try:
                self._read(wait=0.1)
            except StorageError as error:
                self._retry_at = time.monotonic() + _RETRY
                log.warning("The tokens could not be read again; those known before stay valid. %s", error)

    def _read(self, wait: float) -> None:
        before = self._database.signature()
        with self._database.transaction(wait) as connection:
            rows = tokens.all_tokens(connection)
        self._known = {row.digest: row for row in rows}
        # A change in the same tick of the file system's clock would look the same: look again until it is past.
        newest = max((stamp[2] for stamp in before if stamp), default=0)
        self._seen = before if time.time_ns() - newest > _SETTLED else None
