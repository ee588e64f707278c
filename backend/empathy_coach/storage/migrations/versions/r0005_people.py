"""Accounts, invitations, limits on guessing; counts by contributor; the team's views; what was deleted for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

_OWNED = ("tokens", "console_sessions")


def upgrade() -> None:
    """Make the tables of people, and give the counters a contributor."""
    for name in (*_OWNED, "pairing_codes"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("account", sa.String(32), nullable=True))
    for name in _OWNED:
        op.create_index(f"ix_{name}_account", name, ["account"])
    _remake_feedback(with_contributor=True)
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False, unique=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password", sa.String(200), nullable=True),
        sa.Column("subject", sa.String(300), nullable=True, unique=True),
        sa.Column("disabled", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("made_on", sa.Date, nullable=False),
    )
    op.create_table(
        "invites",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("account", sa.String(32), nullable=False, index=True),
        sa.Column("expires", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "tries",
        sa.Column("about", sa.LargeBinary(32), primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "activity",
        sa.Column("contributor", sa.LargeBinary(16), primary_key=True),
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("week", sa.Date, primary_key=True),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("subject", sa.String(60), primary_key=True),
        sa.Column("figure", sa.String(20), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "switches",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("on_since", sa.Date, nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
    )
    op.create_table(
        "snapshots",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("week", sa.Date, primary_key=True),
        sa.Column("rows", sa.Text, nullable=False),
    )
    op.create_table(
        "view_groups",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False, index=True),
        sa.Column("members", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "erased",
        sa.Column("mark", sa.LargeBinary(32), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )


def downgrade() -> None:
    """Remove them; the counters of all contributors are added up."""
    for gone in (
        "erased", "view_groups", "snapshots", "switches", "activity", "tries", "invites", "accounts",
    ):  # fmt: skip
        op.drop_table(gone)
    _remake_feedback(with_contributor=False)
    for name in _OWNED:
        op.drop_index(f"ix_{name}_account", name)
    for name in (*_OWNED, "pairing_codes"):
        with op.batch_alter_table(name) as table:
            table.drop_column("account")


def _remake_feedback(*, with_contributor: bool) -> None:
    """The counters with or without a contributor. A primary key cannot be changed in place everywhere."""
    keys = "rule, element, verdict, day, team, rule_set"
    columns: list[sa.Column[object]] = [
        sa.Column("rule", sa.String(200), primary_key=True),
        sa.Column("element", sa.String(20), primary_key=True),
        sa.Column("verdict", sa.String(20), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("rule_set", sa.String(64), primary_key=True),
    ]
    if with_contributor:
        columns.append(sa.Column("contributor", sa.LargeBinary(16), primary_key=True, server_default=""))
    op.create_table("feedback_new", *columns, sa.Column("count", sa.Integer, nullable=False))
    copied, nobody = (f"{keys}, contributor", f"{keys}, :nobody") if with_contributor else (keys, keys)
    copy = sa.text(
        f"INSERT INTO feedback_new ({copied}, count) SELECT {nobody}, sum(count) FROM feedback GROUP BY {keys}"  # noqa: S608 - our own words
    )
    if with_contributor:  # bytes, as the code writes them: SQLite would keep an empty text as a text
        copy = copy.bindparams(sa.bindparam("nobody", b"", type_=sa.LargeBinary))
    op.execute(copy)
    op.drop_table("feedback")
    op.rename_table("feedback_new", "feedback")
