"""What the coach checks of SQLite when it starts, and how one process ends."""

from __future__ import annotations

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from ports import free_port

from empathy_coach.errors import CoachError, StorageError
from empathy_coach.settings import Settings
from empathy_coach.storage import sqlite
from empathy_coach.storage.database import Database
from empathy_coach.web.api import coaching
from empathy_coach.web.server import Server


def test_an_sqlite_that_is_too_old_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite.sqlite3, "sqlite_version_info", (3, 23, 1))
    with pytest.raises(StorageError, match="too old"):
        Database(tmp_path / "coach.db")


def test_a_database_that_cannot_keep_a_log_ahead_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "coach.db"
    Database(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA journal_mode=DELETE")
    holder.execute("BEGIN")
    holder.execute("SELECT count(*) FROM tokens").fetchone()  # whoever reads in the old mode keeps it from changing
    with pytest.raises(StorageError, match=r"journal mode|locked"):
        Database(path)
    holder.close()
    Database(path)


def test_a_stop_answers_what_is_under_way_and_nobody_new(
    backend: Any, tmp_path: Path, angry: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, coach = threading.Event(), threading.Event(), coaching.coach

    def slow(*given: Any) -> Any:
        begun.set()
        go_on.wait(30)
        return coach(*given)

    monkeypatch.setattr(coaching, "coach", slow)
    server = Server(Settings(port=free_port(), data_dir=tmp_path, access_log=False))
    server.start()
    there = type(backend)(server)
    there.headers = {"Authorization": f"Bearer {there.pair()}"}
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(there.post("/v1/coach", angry)))
    asking.start()
    assert begun.wait(30)
    ending = threading.Thread(target=server.finish)
    ending.start()
    while True:  # until nobody new is let in
        try:
            there.say("GET", "/v1/health")
        except OSError:
            break
    go_on.set()
    for thread in (asking, ending):
        thread.join(30)
    server.services.close()
    assert answers[0].status == 200 and json.loads(answers[0].body)["findings"]


def test_a_stop_while_somebody_else_wakes_the_server(own_backend: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server = own_backend.server
    trigger, pulled = server._waitress.trigger, threading.Event()
    pull = trigger._physical_pull

    def twice() -> None:
        pull()  # as the thread does that has just answered somebody
        server._thread.join(0.5)  # as long as it likes to look for what is to be done
        pull()
        pulled.set()

    monkeypatch.setattr(trigger, "_physical_pull", twice)
    server.stop()
    assert pulled.is_set() and not server._thread.is_alive()
    monkeypatch.setattr(server, "stop", lambda: None)  # it was


def test_a_team_s_server_does_not_move_to_another_port(backend: Any, tmp_path: Path) -> None:
    taken = Settings(port=backend.port, data_dir=tmp_path, public_url="https://coach.example.com")
    with pytest.raises(CoachError, match=f"Port {backend.port} on"):
        Server(taken)
