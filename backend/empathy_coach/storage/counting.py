"""Counting up in one statement, so that processes that count the same thing never lose a count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def add_up(connection: Connection, table: Table, keys: Mapping[str, Any], count: int) -> None:
    """Add ``count`` to the row of ``table`` whose primary key is ``keys``; the row is made when it is missing."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = insert(table).values(**keys, count=count)
    connection.execute(
        new.on_conflict_do_update(index_elements=list(keys), set_={"count": table.c.count + new.excluded.count})
    )
