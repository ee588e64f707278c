"""Signing a team lead in to the console: a one-time link from the command line becomes a session."""

from __future__ import annotations

import time
from collections.abc import Callable

from empathy_coach.errors import CoachError
from empathy_coach.services.access import digest, new_token
from empathy_coach.storage import sign_in
from empathy_coach.storage.database import Database

LINK_LIFETIME = 600  # seconds
SESSION_LIFETIME = 7 * 24 * 3600


class UsedLinkError(CoachError):
    """The link is wrong, too old, or was used before; which of these is not said."""


class SignIn:
    """Links and sessions. A link holds 256 random bits, so guessing needs no limit."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

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

    def name(self, session: str) -> str | None:
        """Who is signed in; None when nobody is. Raises StorageError."""
        with self._database.transaction() as connection:
            return sign_in.session_name(connection, digest(session), int(self._clock()))

    def sign_out(self, session: str) -> None:
        """End a session. Raises StorageError."""
        with self._database.transaction() as connection:
            sign_in.end_session(connection, digest(session), int(self._clock()))
