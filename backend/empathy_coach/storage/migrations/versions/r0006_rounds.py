"""Listening rounds, so that everybody meets the same one whichever process answers them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of a round."""
    op.create_table(
        "rounds",
        sa.Column("code", sa.String(8), primary_key=True),
        sa.Column("scenario", sa.String(120), nullable=False),
        sa.Column("lead", sa.String(64), nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("shown", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "round_answers",
        sa.Column("code", sa.String(8), primary_key=True),
        sa.Column("player", sa.String(40), primary_key=True),
        sa.Column("marks", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Remove them."""
    for table in ("round_answers", "rounds"):
        op.drop_table(table)
