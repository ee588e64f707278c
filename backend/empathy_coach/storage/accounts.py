"""Accounts, and the invitations with which their owners set a password. Only hashes and digests come in here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select, update

from empathy_coach.storage.tables import accounts, invites


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One person. ``password`` is a hash; ``subject`` is issuer and id at the identity provider."""

    id: str
    name: str
    role: str
    password: str | None
    subject: str | None
    disabled: bool
    made_on: date


def all_accounts(connection: Connection) -> list[AccountRow]:
    """Everybody, by name."""
    return [AccountRow(*row) for row in connection.execute(select(accounts).order_by(accounts.c.name))]


def by_id(connection: Connection, account: str) -> AccountRow | None:
    """The account with this id."""
    row = connection.execute(select(accounts).where(accounts.c.id == account)).first()
    return None if row is None else AccountRow(*row)


def by_name(connection: Connection, name: str) -> AccountRow | None:
    """The account with this name."""
    row = connection.execute(select(accounts).where(accounts.c.name == name)).first()
    return None if row is None else AccountRow(*row)


def by_subject(connection: Connection, subject: str) -> AccountRow | None:
    """The account of somebody whom the identity provider knows."""
    row = connection.execute(select(accounts).where(accounts.c.subject == subject)).first()
    return None if row is None else AccountRow(*row)


def add_account(connection: Connection, new: AccountRow) -> None:
    """Keep a new account."""
    connection.execute(insert(accounts).values(asdict(new)))


def change(connection: Connection, account: str, **values: str | bool | None) -> None:
    """Set columns of an account."""
    connection.execute(update(accounts).where(accounts.c.id == account).values(**values))


def add_invite(connection: Connection, digest: bytes, account: str, expires: int) -> None:
    """Keep an invitation until ``expires`` (seconds since 1970); an earlier one of the account ends."""
    connection.execute(delete(invites).where(invites.c.account == account))
    connection.execute(insert(invites).values(digest=digest, account=account, expires=expires))


def invited(connection: Connection, digest: bytes, now: int) -> str | None:
    """Whose invitation this is; None when it does not exist, was used before, or is too old. Old ones go."""
    connection.execute(delete(invites).where(invites.c.expires <= now))
    account: str | None = connection.execute(select(invites.c.account).where(invites.c.digest == digest)).scalar()
    return account


def take_invite(connection: Connection, digest: bytes) -> bool:
    """Use up an invitation; False when it was used before."""
    return connection.execute(delete(invites).where(invites.c.digest == digest)).rowcount == 1
