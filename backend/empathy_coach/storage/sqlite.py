"""The embedded database: SQLite in WAL mode, one connection at a time.

SQLite before 3.51.3 can corrupt a WAL database when several connections write or checkpoint at the same moment
(https://sqlite.org/wal.html), and Python 3.11 links an older one. So a lock file lets one connection exist at
a time, over all threads and processes (`coach serve` and `coach pair` share a file), and a connection lives for
one transaction only. Writes are rare (a pairing, a click on an idea), and reading tokens is cached in memory.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, NullPool, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from empathy_coach.errors import StorageError
from empathy_coach.storage import schema

OLDEST_SQLITE = (3, 24, 0)  # the first with upsert
_SETTLED = 50_000_000  # nanoseconds: a file's time is coarser than two changes can be apart


class SQLite:
    """One SQLite file, as ``Database`` describes it."""

    def __init__(self, path: Path) -> None:
        """Open ``path``, making the folder and the tables when missing. Raises StorageError saying what is wrong."""
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise StorageError(f"SQLite {sqlite3.sqlite_version} is too old; 3.24 or later is needed.")
        self.path = path
        self._lock_path = path.with_name(path.name + ".lock")
        self._wal_path = path.with_name(path.name + "-wal")
        self._engine = create_engine(
            f"sqlite:///{path}",
            poolclass=NullPool,
            hide_parameters=True,  # an error's text must not carry what was being stored
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
        except OSError as error:
            raise StorageError(f"{path}: cannot be opened ({error.strerror}).") from None
        with self.transaction(wait=5.0) as connection:
            schema.bring_up_to_date(connection)

    @contextmanager
    def transaction(self, wait: float) -> Iterator[Connection]:
        """The one connection, inside ``BEGIN IMMEDIATE``; committed and closed at the end."""
        try:
            with FileLock(self._lock_path, timeout=wait, poll_interval=0.005, mode=0o600), self._engine.begin() as c:
                yield c
        except Timeout:
            raise StorageError(f"{self.path}: another program is using it.") from None
        except (SQLAlchemyError, sqlite3.Error) as error:
            reason = getattr(error, "orig", None) or error
            raise StorageError(f"{self.path}: {reason}.") from None
        except OSError as error:
            raise StorageError(f"{self.path}: {error.strerror}.") from None

    def look(self) -> None:
        """Nothing to do: the files say it themselves."""

    def signature(self) -> Hashable:
        """Of the database and its log: their numbers, sizes and times."""
        return _stamp(self.path), _stamp(self._wal_path)

    def settled(self, signature: Hashable) -> bool:
        """Not when a file changed just now: a change in the same tick of the file system's clock would look the same."""
        stamps = signature if isinstance(signature, tuple) else ()
        newest = max((stamp[2] for stamp in stamps if stamp), default=0)
        return bool(time.time_ns() - newest > _SETTLED)

    def close(self) -> None:
        """Nothing to do: a connection ends with its transaction."""


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin by itself, and later than IMMEDIATE
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":  # network file systems, mostly
        raise sqlite3.OperationalError(f"a write-ahead log cannot be kept in this folder (journal mode {mode})")
    for pragma in ("synchronous=FULL", "busy_timeout=1000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
