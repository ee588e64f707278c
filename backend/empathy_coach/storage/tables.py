"""The tables. Each change here is a migration in ``migrations/versions``; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, MetaData, String, Table, Text, false

metadata = MetaData()

#: One row a paired client. ``digest`` is the SHA-256 of a random 256-bit token; the token itself is not kept.
tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("label", String(80), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("pilot", Boolean, nullable=False, server_default=false()),
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

#: Links of `coach console` that were not used yet. ``expires`` is in seconds since 1970, here and below.
console_links = Table(
    "console_links",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("expires", Integer, nullable=False),
)

#: Leads who are signed in to the console; the cookie itself is not kept.
console_sessions = Table(
    "console_sessions",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("expires", Integer, nullable=False),
)

#: Rules that a team is writing. ``version`` counts the savings: whoever saves names the version they began with.
rule_drafts = Table(
    "rule_drafts",
    metadata,
    Column("team", String(40), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("text", Text, nullable=False),
    Column("replaces", String(200), nullable=True),
    Column("version", Integer, nullable=False),
    Column("changed_by", String(60), nullable=False),
    Column("changed_at", DateTime, nullable=False),
)

#: What a team published, one whole state of its choices a row; the newest is in use. Times are UTC.
releases = Table(
    "releases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False, index=True),
    Column("made_by", String(60), nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("why", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("rule_set", String(64), nullable=False),
)
