"""Tokens, pairing codes and feedback counters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
    )
    op.create_table(
        "pairing_codes",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("expires", sa.Integer, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("rule", sa.String(200), primary_key=True),
        sa.Column("element", sa.String(20), primary_key=True),
        sa.Column("verdict", sa.String(20), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("rule_set", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("feedback")
    op.drop_table("pairing_codes")
    op.drop_table("tokens")
