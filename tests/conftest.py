"""One real backend for the tests that speak HTTP: the shipped rules, a database in a new folder, a free port."""

from __future__ import annotations

import functools
import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ports import free_port

from empathy_coach.services import live_rules
from empathy_coach.settings import Settings
from empathy_coach.web.server import Server


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Backend:
    """A running server and what a paired client knows. ``say`` sends exactly what it is given."""

    server: Server
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return self.server.settings.port

    def say(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            sent = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
            if body is not None and "Transfer-Encoding" not in sent:
                sent.setdefault("Content-Length", str(len(body)))
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def post(self, path: str, data: object, **headers: str) -> Answer:
        """A proper request of the paired client; ``data`` is bytes, or is written as JSON."""
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        return self.say("POST", path, body, {"Content-Type": "application/json", **self.headers, **headers})

    def get(self, path: str, **headers: str) -> Answer:
        return self.say("GET", path, None, {**self.headers, **headers})

    def pair(self, label: str = "a test") -> str:
        code = self.server.services.pairing.new_code()
        return str(self.post("/v1/pair", {"code": code, "label": label}).json["token"])


@pytest.fixture
def new_port() -> int:
    return free_port()


def _running(server: Server) -> Iterator[Backend]:
    server.start()
    backend = Backend(server)
    backend.token = backend.pair()
    backend.headers = {"Authorization": f"Bearer {backend.token}"}
    yield backend
    server.stop()


@pytest.fixture(scope="session")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Shared by tests that leave nothing behind."""
    folder = tmp_path_factory.mktemp("backend")
    yield from _running(Server(Settings(port=free_port(), data_dir=folder)))


_shipped_rules = functools.cache(live_rules.load_rule_set)


@pytest.fixture
def own_backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Backend]:
    """For tests that break something, or count. Reading the same rules again would be most of their time."""
    monkeypatch.setattr(live_rules, "load_rule_set", _shipped_rules)
    yield from _running(Server(Settings(port=free_port(), data_dir=tmp_path / "data")))


@pytest.fixture
def angry() -> dict[str, Any]:
    """A request on a curt draft."""
    return {
        "draft": "Hi. You should have ticked the renewal box. We will look into it.",
        "conversation": [
            {
                "role": "customer",
                "author": "Maria Lopez",
                "text": "This is the third time I write. My parcel still hasn't arrived and I am so frustrated. "
                "Where is it?",
            }
        ],
        "agent_name": "Sam",
        "customer_name": "Maria Lopez",
        "kind": "reply",
    }
