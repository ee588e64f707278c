"""Passwords: argon2id with the parameters of RFC 9106 (64 MiB), a few at a time."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from empathy_coach.errors import CoachError

SHORTEST, LONGEST = 12, 200

_hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_at_once = threading.BoundedSemaphore(2)  # each takes 64 MiB and four cores' time


class WeakPasswordError(CoachError):
    """The password cannot be used; the text says why."""


def hash_password(password: str, name: str) -> str:
    """What is kept of a password. Raises WeakPasswordError when it is too easy to guess for ``name``."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPasswordError(f"Please take {SHORTEST} characters or more. Three or four words are easy to remember.")
    if len(set(password)) < 5 or name.lower() in password.lower():
        raise WeakPasswordError(
            "This one is easy to guess. Three or four words that have nothing to do with you are not."
        )
    with _at_once:
        return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether ``password`` is the one that ``kept`` was made from. Takes as long when there is none."""
    with _at_once:
        try:
            return _hasher.verify(kept or _nobodys(), password[:LONGEST]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
