"""The tables. Each change here is a migration in ``migrations/versions``; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()

#: One row a paired client. ``digest`` is the SHA-256 of a random 256-bit token; the token itself is not kept.
tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("label", String(80), nullable=False),
    Column("made_on", Date, nullable=False),
)

#: Codes that may still be exchanged for a token. ``expires`` is in seconds since 1970.
pairing_codes = Table(
    "pairing_codes",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("expires", Integer, nullable=False),
)

#: How often a rule's findings were shown, applied, dismissed or called wrong, by day. No person, no text.
feedback = Table(
    "feedback",
    metadata,
    Column("rule", String(200), primary_key=True),
    Column("element", String(20), primary_key=True),
    Column("verdict", String(20), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("team", String(40), primary_key=True),
    Column("rule_set", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
)
