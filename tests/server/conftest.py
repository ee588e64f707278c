"""One PostgreSQL and one Redis for all of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import Postgres, Redis

from empathy_coach.storage.database import Database


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    started = Postgres()
    yield started
    started.remove()


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    started = Redis()
    yield started
    started.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of either kind."""
    if request.param == "sqlite":
        yield Database(tmp_path / "data" / "coach.db")
        return
    opened = Database(request.getfixturevalue("postgres").new_database())
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Database:
    return Database(tmp_path / "data" / "coach.db")
