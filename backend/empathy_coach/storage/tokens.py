"""Tokens and the codes that are exchanged for them. Only digests come in here.

Whatever changes a token notes it in ``changes``, so that every process reads the tokens again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select, update

from empathy_coach.storage import changes
from empathy_coach.storage.tables import accounts, pairing_codes, tokens


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One paired client."""

    id: int
    digest: bytes
    label: str
    made_on: date
    pilot: bool = False
    account: str | None = None


def all_tokens(connection: Connection) -> list[TokenRow]:
    """Every token that has not been revoked and whose account, if it has one, is not disabled; oldest first."""
    owned = tokens.outerjoin(accounts, (accounts.c.id == tokens.c.account) & accounts.c.disabled.is_(False))
    valid = tokens.c.account.is_(None) | accounts.c.id.is_not(None)
    rows = connection.execute(select(tokens).select_from(owned).where(valid).order_by(tokens.c.id))
    return [TokenRow(row.id, row.digest, row.label, row.made_on, row.pilot, row.account) for row in rows]


def add_token(connection: Connection, digest: bytes, label: str, today: date, account: str | None = None) -> None:
    """Keep the digest of a new token."""
    connection.execute(insert(tokens).values(digest=digest, label=label, made_on=today, account=account))
    changes.note(connection, "tokens")


def remove_token(connection: Connection, token_id: int) -> bool:
    """Revoke a token; False when there is none of this number."""
    removed = connection.execute(delete(tokens).where(tokens.c.id == token_id)).rowcount == 1
    changes.note(connection, "tokens")
    return removed


def set_pilot(connection: Connection, token_ids: frozenset[int]) -> None:
    """Make exactly these clients the pilot group."""
    connection.execute(update(tokens).values(pilot=tokens.c.id.in_(token_ids)))
    changes.note(connection, "tokens")


def add_code(connection: Connection, digest: bytes, expires: int, account: str | None = None) -> None:
    """Keep the digest of a pairing code until ``expires`` (seconds since 1970); its token will be the account's."""
    connection.execute(insert(pairing_codes).values(digest=digest, expires=expires, account=account))


def code_account(connection: Connection, digest: bytes) -> str | None:
    """For whose account a code was made."""
    account: str | None = connection.execute(
        select(pairing_codes.c.account).where(pairing_codes.c.digest == digest)
    ).scalar()
    return account


def take_code(connection: Connection, digest: bytes, now: int) -> bool:
    """Use up a code; False when it does not exist, was used before, or is too old. Old codes go as well."""
    connection.execute(delete(pairing_codes).where(pairing_codes.c.expires <= now))
    return connection.execute(delete(pairing_codes).where(pairing_codes.c.digest == digest)).rowcount == 1
