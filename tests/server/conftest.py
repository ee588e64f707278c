"""One PostgreSQL, one Redis and one team's server for all of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import Postgres, Redis
from team import Team

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


@pytest.fixture(scope="session")
def team(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, redis: Redis) -> Iterator[Team]:
    started = Team(tmp_path_factory.mktemp("team"), postgres, redis)
    yield started
    started.end()


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
