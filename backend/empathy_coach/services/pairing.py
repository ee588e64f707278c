"""Pairing: a short code, shown once on the agent's machine, is exchanged for a token."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from datetime import date

from empathy_coach.errors import CoachError
from empathy_coach.services.access import digest, new_token
from empathy_coach.services.limits import Limit, Limits
from empathy_coach.storage import tokens
from empathy_coach.storage.database import Database

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # without look-alikes: no 0/O, 1/I/L, U/V
LENGTH = 8
LIFETIME = 600  # seconds
TRIES = 5  # wrong ones
WINDOW = 60  # seconds
_WRONG = Limit("pairing", TRIES, WINDOW)


class WrongCodeError(CoachError):
    """The code is wrong, too old, or was used before; which of these is not said."""


class TooManyTriesError(CoachError):
    """Too many wrong codes; ``retry_after`` seconds have to pass."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many tries. Please wait {retry_after} seconds.")
        self.retry_after = retry_after


class Pairing:
    """Makes codes and exchanges them. 30^8 codes, five wrong tries a minute, ten minutes, one use."""

    def __init__(
        self, database: Database, clock: Callable[[], float] = time.time, limits: Limits | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._limits = limits or Limits(clock=clock)
        self._lock = threading.Lock()

    def new_code(self, account: str | None = None) -> str:
        """A code such as ``ABCD-EFGH``; the token that it is exchanged for is the account's. Raises StorageError."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        with self._database.transaction() as connection:
            tokens.add_code(connection, digest(code), int(self._clock()) + LIFETIME, account)
        return f"{code[:4]}-{code[4:]}"

    def redeem(self, code: str, label: str) -> str:
        """The token for ``code``; dashes, spaces and case do not matter.

        Raises WrongCodeError, TooManyTriesError, or StorageError (the code can be used again then).
        """
        plain = code.replace("-", "").replace(" ", "").upper()
        # One at a time, so that parallel guesses to this process cannot slip past the limit.
        with self._lock:
            wait = self._limits.wait(_WRONG)
            if wait:
                raise TooManyTriesError(wait)
            token = new_token()
            with self._database.transaction() as connection:
                account = tokens.code_account(connection, digest(plain))
                right = tokens.take_code(connection, digest(plain), int(self._clock()))
                if right:
                    tokens.add_token(connection, digest(token), label, date.today(), account)
            if not right:
                self._limits.count(_WRONG)
                raise WrongCodeError("This code is not valid. Make a new one with: coach pair")
            return token
