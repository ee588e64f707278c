"""The database: SQLite on one machine, PostgreSQL for a team's server. What uses it need not know which."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from empathy_coach.storage.postgresql import PostgreSQL
from empathy_coach.storage.sqlite import SQLite


class Database:
    """One database. Every method may be called from any thread; after a fork, each process opens its own."""

    def __init__(self, where: Path | str) -> None:
        """Open the SQLite file ``where``, or the PostgreSQL at the address ``where``, and make the tables when missing.

        Raises StorageError saying what is wrong.
        """
        self.where = where
        self._engine: SQLite | PostgreSQL = SQLite(where) if isinstance(where, Path) else PostgreSQL(where)

    @contextmanager
    def transaction(self, wait: float = 2.0) -> Iterator[Connection]:
        """A connection; what was written is stored for good at the end, or nothing of it when an error gets out.

        Waits up to ``wait`` seconds for its turn. Raises StorageError when the database is busy, away, full or broken;
        nothing is stored then.
        """
        with self._engine.transaction(wait) as connection:
            yield connection

    def look(self) -> None:
        """Ask the database whether something changed, so that ``signature`` is of this moment. Raises StorageError."""
        self._engine.look()

    def signature(self) -> Hashable:
        """Changes when tokens or releases changed, by whichever process. Never waits.

        With SQLite it is of this moment; with PostgreSQL, of the last ``look`` or write of this process.
        """
        return self._engine.signature()

    def settled(self, signature: Hashable) -> bool:
        """Whether the next change is sure to give another signature than this one."""
        return self._engine.settled(signature)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.close()
