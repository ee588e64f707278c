"""Runs the migrations on the connection that ``storage.schema`` hands over."""

from __future__ import annotations

from alembic import context

from empathy_coach.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
