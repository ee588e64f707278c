"""SIGKILL under load, again and again: whatever was acknowledged is there afterwards.

    python tests/faults/kill.py sqlite 100
    python tests/faults/kill.py postgresql 40

Four clients send feedback and wait for each answer. On SQLite, the whole coach (parent and processes) is killed and
started again. On PostgreSQL, in turn: the whole coach, one of its processes, and PostgreSQL itself with all it started.
After each round the counters must hold at least what was acknowledged, and at most what was sent.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "server"))

from engines import Postgres, wait_for
from ports import free_port
from team import Coach

from empathy_coach.errors import StorageError
from empathy_coach.services.access import digest, new_token
from empathy_coach.storage import feedback, tokens
from empathy_coach.storage.database import Database

CLIENTS = 4
SEEN = json.dumps({"rule": "rubric/tone", "element": "tone", "verdict": "shown"}).encode()


class Clients:
    """Send feedback until told to stop, and count what was sent and what was acknowledged."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.sent = self.acknowledged = self.refused = 0
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._go) for _ in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _go(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection = None
        while not self._stop.is_set():
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                with self._lock:
                    self.sent += 1
                connection.request("POST", "/v1/feedback", SEEN, headers)
                answer = connection.getresponse()
                answer.read()
                with self._lock:
                    self.acknowledged += answer.status == 204
                    self.refused += answer.status != 204
            except (OSError, http.client.HTTPException):
                connection = None
                time.sleep(0.02)  # it is being started again


def stored(where: Path | str) -> int:
    database = Database(where)
    try:
        with database.transaction(wait=20) as connection:
            if isinstance(where, Path):
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            return sum(feedback.counts(connection).values())
    finally:
        database.close()


def stored_in_time(where: Path | str) -> int:
    found: list[int] = []

    def there() -> bool:
        try:
            found.append(stored(where))
        except StorageError:
            return False
        return True

    wait_for(there, "the database")
    return found[0]


def main() -> int:
    kind, rounds = sys.argv[1], int(sys.argv[2])
    postgres = Postgres(durable=True) if kind == "postgresql" else None
    with tempfile.TemporaryDirectory() as name:
        folder, port, token = Path(name), free_port(), new_token()
        where = postgres.new_database() if postgres else folder / "data" / "coach.db"
        database = Database(where)
        with database.transaction() as connection:
            tokens.add_token(connection, digest(token), "faults", date.today())
        database.close()
        config = folder / "team.toml"
        url = f'database_url = "{where}"\n' if postgres else ""
        config.write_text(
            f'data_dir = "{folder / "data"}"\naccess_log = false\npublic_url = "https://x.example"\n{url}'
        )
        coach = Coach(folder, config, port, workers=2)
        coach.wait()
        clients = Clients(port, token)
        lost = 0
        worst = 0.0
        for number in range(rounds):
            before = clients.acknowledged
            wait_for(lambda before=before: clients.acknowledged >= before + 20, "answers", 600)
            time.sleep(random.random() * 0.1)
            victim = number % 3 if postgres else 0
            began = time.monotonic()
            if victim == 0:
                coach.kill()
                coach.start()
            elif victim == 1:
                os.kill(random.choice(coach.workers()), signal.SIGKILL)
            elif postgres:
                postgres.kill()
                postgres.start()
            acknowledged = clients.acknowledged  # before the look, so that none can come in between
            found = stored_in_time(where)
            lost += max(0, acknowledged - found)
            if victim != 1:
                wait_for(lambda now=clients.acknowledged: clients.acknowledged > now, "an answer", 600)
            worst = max(worst, time.monotonic() - began)
        clients.stop()
        coach.end()
        found = stored_in_time(where)
        print(f"{kind}: killed {rounds} times; sent {clients.sent}, acknowledged {clients.acknowledged}, "
              f"refused {clients.refused}, stored {found}; lost {lost}; longest without an answer {worst:.1f} s")  # fmt: skip
        if postgres:
            postgres.remove()
        return int(lost > 0 or not clients.acknowledged <= found <= clients.sent)


if __name__ == "__main__":
    sys.exit(main())
