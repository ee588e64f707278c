"""A team's database: PostgreSQL, shared by the processes of all machines.

Short time limits everywhere: coaching needs no database, so a request that does must not wait long for one that is
away, and a connection that broke while PostgreSQL was restarted is noticed before it is used.
"""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from empathy_coach.errors import StorageError
from empathy_coach.storage import changes, schema

_CONNECTIONS = 4  # kept open by one process; as many more for a moment
_RETRY = 1.0  # seconds between tries to reach one that is away
_MIGRATING = 8737  # the advisory lock of whoever changes the tables
_LIMITS = {
    "connect_timeout": 2,  # seconds
    "tcp_user_timeout": 4000,  # milliseconds without an answer from the machine, after which it counts as gone
    "application_name": "empathy-coach",
    "options": "-c statement_timeout=5000 -c idle_in_transaction_session_timeout=60000 -c timezone=UTC",
}


class PostgreSQL:
    """One PostgreSQL database, as ``Database`` describes it."""

    def __init__(self, address: str) -> None:
        """Open the database at ``address`` and make its tables when missing. Raises StorageError."""
        try:
            url = make_url(address).set(drivername="postgresql+psycopg")
            self._engine = create_engine(
                url,
                hide_parameters=True,  # an error's text must not carry what was being stored
                pool_size=_CONNECTIONS,
                max_overflow=_CONNECTIONS,
                pool_timeout=2,
                pool_pre_ping=True,
                connect_args=_LIMITS,
            )
        except ArgumentError:
            raise StorageError("database_url: this is no address of a PostgreSQL database.") from None
        except ImportError:
            raise StorageError('PostgreSQL needs the driver: pip install "empathy-coach[server]"') from None
        self._signature: Hashable = None
        self._away_until = 0.0
        with self.transaction(wait=30.0) as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
            schema.bring_up_to_date(connection)

    @contextmanager
    def transaction(self, wait: float) -> Iterator[Connection]:
        """A connection of the pool, inside a transaction."""
        try:
            with self._connected() as connection, connection.begin():
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(wait * 1000)}")
                yield connection
        except SQLAlchemyError as error:
            raise StorageError(f"PostgreSQL: {_reason(error)}.") from None

    def _connected(self) -> Connection:
        # While it is away, one request a second finds that out, and the others need not wait for it.
        if time.monotonic() < self._away_until:
            raise StorageError("PostgreSQL: it could not be reached a moment ago.")
        try:
            return self._engine.connect()
        except OperationalError:
            self._away_until = time.monotonic() + _RETRY
            raise

    def look(self) -> None:
        """Read the numbers that each change of tokens or releases counts up."""
        with self.transaction(wait=1.0) as connection:
            self._signature = changes.numbers(connection)

    def signature(self) -> Hashable:
        """Those numbers, as they were at the last look."""
        return self._signature

    def settled(self, _signature: Hashable) -> bool:
        """Always: a number is never used twice."""
        return True

    def close(self) -> None:
        """End the connections that are open."""
        self._engine.dispose()


def _reason(error: SQLAlchemyError) -> str:
    """What happened, without the values that PostgreSQL repeats in its messages."""
    cause = getattr(error, "orig", None)
    state = getattr(cause, "sqlstate", None)
    if cause is None or state is not None:
        return f"{type(cause or error).__name__} ({state or 'no connection was free'})"
    return str(cause).partition("\n")[0].rstrip(".")  # it could not be reached: host, port and why
