"""The accounts of a team's server: added by an administrator, kept by their owners."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from empathy_coach.errors import CoachError
from empathy_coach.services.access import digest, new_token
from empathy_coach.services.passwords import hash_password
from empathy_coach.services.people import ROLES, Role
from empathy_coach.storage import accounts, audit, changes, sign_in
from empathy_coach.storage.accounts import AccountRow
from empathy_coach.storage.audit import Entry
from empathy_coach.storage.database import Database

INVITE_LIFETIME = 3 * 24 * 3600  # seconds

_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,59}")


class AccountError(CoachError):
    """The change cannot be made; the text says why."""


class Accounts:
    """Who there is and what they may do. Every method may raise StorageError."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> list[AccountRow]:
        """Everybody, by name."""
        with self._database.transaction() as connection:
            return accounts.all_accounts(connection)

    def named(self, name: str) -> AccountRow:
        """The account of this name. Raises AccountError when there is none."""
        with self._database.transaction() as connection:
            return _known(accounts.by_name(connection, name.strip().lower()))

    def with_id(self, account: str) -> AccountRow:
        """The account with this id. Raises AccountError when there is none."""
        with self._database.transaction() as connection:
            return _known(accounts.by_id(connection, account))

    def add(self, name: str, role: Role, by: str) -> str:
        """A new account; the secret of the link with which its owner sets a password. Raises AccountError."""
        plain = name.strip().lower()
        if not _NAME.fullmatch(plain):
            raise AccountError("A name is made of small letters, digits and . _ @ + -, 60 at most.")
        with self._database.transaction() as connection:
            if accounts.by_name(connection, plain) is not None:
                raise AccountError(f"There is an account {plain} already.")
            new = AccountRow(secrets.token_hex(16), plain, role, None, None, False, date.today())
            accounts.add_account(connection, new)
            self._note(connection, by, "account.add", f"{plain} as {role}")
            return self._invite(connection, new.id)

    def invite(self, account: str, by: str) -> str:
        """A new link to set a password with; earlier ones end. The old password works until then."""
        with self._database.transaction() as connection:
            row = _known(accounts.by_id(connection, account))
            self._note(connection, by, "account.invite", row.name)
            return self._invite(connection, account)

    def accept(self, secret: str, password: str) -> None:
        """Set the password of whoever was invited. Raises AccountError or WeakPasswordError; the link works again then."""
        with self._database.transaction() as connection:
            account = accounts.invited(connection, digest(secret), int(self._clock()))
            row = accounts.by_id(connection, account) if account else None
        if row is None:
            raise AccountError("This link has been used or is too old. Ask your administrator for a new one.")
        kept = hash_password(password, row.name)  # takes its time, so not within a transaction
        with self._database.transaction() as connection:
            if not accounts.take_invite(connection, digest(secret)):
                raise AccountError("This link has been used. Ask your administrator for a new one.")
            accounts.change(connection, row.id, password=kept)
            sign_in.end_sessions(connection, row.id)

    def set_role(self, account: str, role: Role, by: str) -> None:
        """Let somebody do more or less; they sign in anew. Raises AccountError for the last administrator."""
        with self._database.transaction() as connection:
            row = _known(accounts.by_id(connection, account))
            if row.role != role:
                _not_the_last(connection, row)
                accounts.change(connection, account, role=role)
                sign_in.end_sessions(connection, account)
                self._note(connection, by, "account.role", f"{row.name}: {row.role} -> {role}")

    def set_disabled(self, account: str, disabled: bool, by: str) -> None:
        """Shut somebody out, or let them in again. Raises AccountError for the last administrator."""
        with self._database.transaction() as connection:
            row = _known(accounts.by_id(connection, account))
            if row.disabled != disabled:
                if disabled:
                    _not_the_last(connection, row)
                accounts.change(connection, account, disabled=disabled)
                sign_in.end_sessions(connection, account)
                changes.note(connection, "tokens")  # every process looks again whom it lets in
                self._note(connection, by, "account.disable" if disabled else "account.enable", row.name)

    def check_may_leave(self, account: str) -> None:
        """Raises AccountError when nobody would be left to let people in."""
        with self._database.transaction() as connection:
            _not_the_last(connection, _known(accounts.by_id(connection, account)))

    def of_subject(self, subject: str, wish: str) -> AccountRow:
        """The account of somebody whom the identity provider knows; an agent's when they are new.

        ``wish`` is the name they go by there; where it is taken, a number follows it.
        """
        with self._database.transaction() as connection:
            known = accounts.by_subject(connection, subject)
            if known is not None:
                return known
            plain = re.sub(r"[^a-z0-9._@+-]+", "-", wish.lower()).strip("-._@+")[:50] or "somebody"
            name = next(
                wished
                for number in range(1, 10_000)
                if accounts.by_name(connection, wished := plain if number == 1 else f"{plain}-{number}") is None
            )
            new = AccountRow(secrets.token_hex(16), name, "agent", None, subject, False, date.today())
            accounts.add_account(connection, new)
            self._note(connection, "sign-in", "account.add", f"{name} as agent")
            return new

    def _note(self, connection: Connection, who: str, action: str, about: str) -> None:
        at = datetime.fromtimestamp(self._clock(), UTC).replace(tzinfo=None, microsecond=0)
        audit.add(connection, Entry(at, who, action, about))

    def _invite(self, connection: Connection, account: str) -> str:
        secret = new_token()
        accounts.add_invite(connection, digest(secret), account, int(self._clock()) + INVITE_LIFETIME)
        return secret


def as_role(word: str) -> Role:
    """A role by its name. Raises AccountError."""
    found = next((role for role in ROLES if role == word), None)
    if found is None:
        raise AccountError(f"A role is one of {', '.join(ROLES)}.")
    return found


def _known(row: AccountRow | None) -> AccountRow:
    if row is None:
        raise AccountError("There is no such account.")
    return row


def _not_the_last(connection: Connection, row: AccountRow) -> None:
    """Somebody has to be able to let people in."""
    rest = [a for a in accounts.all_accounts(connection) if a.role == "administrator" and not a.disabled]
    if [a.id for a in rest] == [row.id]:
        raise AccountError("This is the last administrator. Make somebody else one first.")
