"""The team lead's console: sign-in, drafts of rules, releases; which clients are in the pilot group."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the console's tables."""
    with op.batch_alter_table("tokens") as tokens:
        tokens.add_column(sa.Column("pilot", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "console_links",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("expires", sa.Integer, nullable=False),
    )
    op.create_table(
        "console_sessions",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("expires", sa.Integer, nullable=False),
    )
    op.create_table(
        "rule_drafts",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("replaces", sa.String(200), nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_by", sa.String(60), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False, index=True),
        sa.Column("made_by", sa.String(60), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("choices", sa.Text, nullable=False),
        sa.Column("rule_set", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    """Remove them."""
    for table in ("releases", "rule_drafts", "console_sessions", "console_links"):
        op.drop_table(table)
    with op.batch_alter_table("tokens") as tokens:
        tokens.drop_column("pilot")
