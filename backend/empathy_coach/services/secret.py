"""The secret from which pseudonyms are made. It lies beside the database, not in it, and in no backup of it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from empathy_coach.errors import StorageError

_BYTES = 32


class Secret:
    """A key, and what is made from it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def digest(self, purpose: str, about: str) -> bytes:
        """32 bytes that tell nothing about ``about`` to whoever lacks the key; other ones for each purpose."""
        return hmac.new(self._key, f"{purpose}\0{about}".encode(), hashlib.sha256).digest()


def open_secret(path: Path) -> Secret:
    """Read the key at ``path``; a new one is made when there is none. Raises StorageError."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise StorageError(f"{path}: cannot be opened ({error.strerror}).") from None
    if len(key) != _BYTES:
        raise StorageError(f"{path}: is not a secret of {_BYTES} bytes. Bring back the right file, or remove this one.")
    return Secret(key)


def _make(path: Path) -> None:
    """Put a whole new key there unless there is one; of two processes that try at once, one wins."""
    if path.exists():
        return
    own = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(own, path)  # unlike a renaming, never replaces
    except FileExistsError:
        pass
    finally:
        own.unlink()
