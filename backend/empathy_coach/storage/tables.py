"""The tables. Each change here is a migration in ``migrations/versions``; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)

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
    Column("account", String(32), nullable=True, index=True),  # whose it is; nobody's where there are no accounts
)

#: Codes that may still be exchanged for a token. ``expires`` is in seconds since 1970.
pairing_codes = Table(
    "pairing_codes",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("expires", BigInteger, nullable=False),
    Column("account", String(32), nullable=True),
)

#: How often a rule's findings were shown, applied, dismissed or called wrong, by day. No name, no text.
#: ``contributor`` is a pseudonym (``services.contributors``), empty where there are no accounts.
feedback = Table(
    "feedback",
    metadata,
    Column("rule", String(200), primary_key=True),
    Column("element", String(20), primary_key=True),
    Column("verdict", String(20), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("team", String(40), primary_key=True),
    Column("rule_set", String(64), primary_key=True),
    Column("contributor", LargeBinary(16), primary_key=True, server_default=""),
    Column("count", Integer, nullable=False),
)

#: Links of `coach console` that were not used yet. ``expires`` is in seconds since 1970, here and below.
console_links = Table(
    "console_links",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("expires", BigInteger, nullable=False),
)

#: People who are signed in to the pages; the cookie itself is not kept. Without an account: by a link of `coach console`.
console_sessions = Table(
    "console_sessions",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("account", String(32), nullable=True, index=True),
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

#: People of a team's server. ``id`` is random. A password is kept as its argon2 hash; ``subject`` is who the team's
#: identity provider says they are. Nothing here leads to a contributor's pseudonym.
accounts = Table(
    "accounts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(60), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("password", String(200), nullable=True),
    Column("subject", String(300), nullable=True, unique=True),
    Column("disabled", Boolean, nullable=False, server_default=false()),
    Column("made_on", Date, nullable=False),
)

#: Links with which somebody sets a password, once.
invites = Table(
    "invites",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("account", String(32), nullable=False, index=True),
    Column("expires", BigInteger, nullable=False),
)

#: Wrong passwords and codes of late, counted for all processes. ``about`` is a keyed digest of a name or an address.
tries = Table(
    "tries",
    metadata,
    Column("about", LargeBinary(32), primary_key=True),
    Column("until", BigInteger, nullable=False),
    Column("count", Integer, nullable=False),
)

#: What else is counted for the team's views: exercises done, customers met. ``week`` is a Monday. No name, no text.
activity = Table(
    "activity",
    metadata,
    Column("contributor", LargeBinary(16), primary_key=True),
    Column("team", String(40), primary_key=True),
    Column("week", Date, primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("subject", String(60), primary_key=True),
    Column("figure", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)

#: What a team has switched on; absent is off.
switches = Table(
    "switches",
    metadata,
    Column("team", String(40), primary_key=True),
    Column("name", String(20), primary_key=True),
    Column("on_since", Date, nullable=False),
    Column("by", String(60), nullable=False),
)

#: Weekly figures of a team, made once and never changed. ``rows`` is JSON.
snapshots = Table(
    "snapshots",
    metadata,
    Column("team", String(40), primary_key=True),
    Column("week", Date, primary_key=True),
    Column("rows", Text, nullable=False),
)

#: Each group of contributors behind a figure that was ever shown, as sorted pseudonyms one after the other.
view_groups = Table(
    "view_groups",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False, index=True),
    Column("members", LargeBinary, nullable=False),
)

#: Marks of what was deleted for good: a contributor's pseudonym, or the digest of an account's id.
erased = Table(
    "erased",
    metadata,
    Column("mark", LargeBinary(32), primary_key=True),
    Column("day", Date, nullable=False),
)

#: How often tokens and rules were changed, so that every process notices. The rows are made with the table.
changes = Table(
    "changes",
    metadata,
    Column("what", String(20), primary_key=True),
    Column("number", BigInteger, nullable=False),
)

#: Who changed rules, roles or access, and why. Times are UTC.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("who", String(60), nullable=False),
    Column("action", String(40), nullable=False),
    Column("about", String(200), nullable=False),
    Column("why", Text, nullable=False),
)

#: Listening rounds. ``lead`` is a digest of the session that began it; ``expires`` is in seconds since 1970.
rounds = Table(
    "rounds",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("scenario", String(120), nullable=False),
    Column("lead", String(64), nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("shown", Boolean, nullable=False, server_default=false()),
)

#: Who marked what, such as "0:told 3:feels". ``player`` is random and known to one browser only.
round_answers = Table(
    "round_answers",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("player", String(40), primary_key=True),
    Column("marks", Text, nullable=False),
)
