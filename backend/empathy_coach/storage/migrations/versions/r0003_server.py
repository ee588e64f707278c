"""What several processes share: numbers that tell of changes, the log of who changed what; times beyond 2038."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TIMED = ("pairing_codes", "console_links", "console_sessions")


def upgrade() -> None:
    """Make the tables, and room for later times."""
    changes = op.create_table(
        "changes",
        sa.Column("what", sa.String(20), primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(changes, [{"what": "tokens", "number": 0}, {"what": "rules", "number": 0}])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    for name in _TIMED:
        with op.batch_alter_table(name) as table:
            table.alter_column("expires", existing_type=sa.Integer, existing_nullable=False, type_=sa.BigInteger)


def downgrade() -> None:
    """Remove them. What expires after 2038 has no room below."""
    for name in _TIMED:
        op.execute(f"DELETE FROM {name} WHERE expires > 2147483647")  # noqa: S608 - a name from the list above
        with op.batch_alter_table(name) as table:
            table.alter_column("expires", existing_type=sa.BigInteger, existing_nullable=False, type_=sa.Integer)
    op.drop_table("audit")
    op.drop_table("changes")
