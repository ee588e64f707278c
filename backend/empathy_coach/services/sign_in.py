"""Signing in: on one person's own machine by a one-time link, on a team's server by an account.

A session is a random secret in a cookie, new at each sign-in; its digest is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from empathy_coach.errors import CoachError
from empathy_coach.services.access import digest, new_token
from empathy_coach.services.accounts import as_role
from empathy_coach.services.passwords import is_right
from empathy_coach.services.people import Person
from empathy_coach.services.tries import Limit, Tries
from empathy_coach.storage import accounts, sign_in
from empathy_coach.storage.accounts import AccountRow
from empathy_coach.storage.database import Database

LINK_LIFETIME = 600  # seconds
SESSION_LIFETIME = 7 * 24 * 3600
#: Tries for one name from one address, for one name, from one address: a whole office can share an address.
TRIES, TRIES_NAME, TRIES_ADDRESS = 5, 50, 600
WINDOW = 15 * 60  # seconds


class UsedLinkError(CoachError):
    """The link is wrong, too old, or was used before; which of these is not said."""


class WrongPasswordError(CoachError):
    """Name or password is wrong, or the account is disabled; which of these is not said."""


class SignIn:
    """Links, passwords and sessions. A link holds 256 random bits, so guessing it needs no limit."""

    def __init__(
        self, database: Database, tries: Tries, with_accounts: bool = False, clock: Callable[[], float] = time.time
    ) -> None:
        """``with_accounts``: everybody needs an account, and links open nothing."""
        self._database = database
        self._tries = tries
        self._clock = clock
        self.with_accounts = with_accounts

    def new_link(self) -> str:
        """The secret of a link that works once, within ten minutes. Raises StorageError."""
        secret = new_token()
        with self._database.transaction() as connection:
            sign_in.add_link(connection, digest(secret), int(self._clock()) + LINK_LIFETIME)
        return secret

    def redeem(self, secret: str, name: str) -> str:
        """The session for a link's secret. Raises UsedLinkError or StorageError."""
        session = new_token()
        now = int(self._clock())
        with self._database.transaction() as connection:
            if not sign_in.take_link(connection, digest(secret), now):
                raise UsedLinkError("This link has been used or is too old.")
            sign_in.add_session(connection, digest(session), name, now + SESSION_LIFETIME)
        return session

    def by_password(self, name: str, password: str, address: str) -> str:
        """The session of whoever has this password. Raises WrongPasswordError, TooOftenError or StorageError."""
        plain = name.strip().lower()[:200]
        both = Limit(f"{plain} from {address}", TRIES, WINDOW)
        one = Limit(f"name {plain}", TRIES_NAME, WINDOW)
        self._tries.take((both, one, Limit(f"address {address}", TRIES_ADDRESS, WINDOW)))
        with self._database.transaction() as connection:
            row = accounts.by_name(connection, plain)
        right = is_right(password, row.password if row else None)
        if row is None or not right or row.disabled:
            raise WrongPasswordError("This name and password do not go together.")
        self._tries.forgive((both, one))
        return self.open(row)

    def open(self, row: AccountRow) -> str:
        """A new session of an account. Raises StorageError."""
        session, now = new_token(), int(self._clock())
        with self._database.transaction() as connection:
            sign_in.add_session(connection, digest(session), row.name, now + SESSION_LIFETIME, row.id)
        return session

    def person(self, session: str) -> Person | None:
        """Who is signed in; None when nobody is. Raises StorageError."""
        with self._database.transaction() as connection:
            row = sign_in.session(connection, digest(session), int(self._clock()))
        if row is None or (row.account is None) == self.with_accounts:
            return None
        return Person(row.account, row.name, as_role(row.role) if row.role else "lead")

    def sign_out(self, session: str) -> None:
        """End a session. Raises StorageError."""
        with self._database.transaction() as connection:
            sign_in.end_session(connection, digest(session), int(self._clock()))
