"""Canaries in every field of many requests to a team's server, crashes included: none is kept, logged or counted.

`COACH_CANARIES=10000` sends as many; a normal run sends a few hundred.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from kept import traces

from empathy_coach.services.accounts import Accounts
from empathy_coach.services.pairing import Pairing
from empathy_coach.services.people import Role
from empathy_coach.services.secret import Secret
from empathy_coach.services.sign_in import SignIn
from empathy_coach.services.team_views import TeamViews
from empathy_coach.services.tries import Tries
from empathy_coach.settings import Settings
from empathy_coach.storage.database import Database
from empathy_coach.web.pages import form_token

REQUESTS = int(os.environ.get("COACH_CANARIES", "300"))
MARKER = "Zyx7canary"

#: Parts fail with the text in their error, in ways that no input is known to bring about.
CRASHES = """
import random
from empathy_coach.services import feedback, sign_in
from empathy_coach.web.api import coaching
from empathy_coach.web.practice import drill, listening
chance = random.Random(7)
def sometimes(owner, name, often):
    inner = getattr(owner, name)
    def crashing(*args, **more):
        if chance.random() < often:
            raise ValueError(f"could not use {args!r} {more!r}")
        return inner(*args, **more)
    setattr(owner, name, crashing)
sometimes(coaching, "coach", 0.3)
sometimes(feedback.Feedback, "count", 0.3)
sometimes(sign_in.SignIn, "by_password", 0.5)
sometimes(listening, "read_marks", 0.5)
sometimes(drill, "render_template", 0.5)
"""


class Server:
    """A team's server in a process of its own, all that it writes in one folder; and what its people know."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder
        self.output = folder / "output.txt"
        environment = {**os.environ, "EMPATHY_COACH_DATA_DIR": str(folder), "EMPATHY_COACH_ACCOUNTS": "yes",
                       "TMPDIR": str(folder), "PYTHONFAULTHANDLER": "1"}  # fmt: skip
        database = Database(Settings(data_dir=folder).database)
        accounts, secret = Accounts(database), Secret(b"k" * 32)
        roles: dict[str, Role] = {"lea": "lead", "ann": "agent"}
        for name, role in roles.items():
            accounts.add(name, role, "a test")
        sign_in = SignIn(database, Tries(database, secret), with_accounts=True)
        self.sessions = {name: sign_in.open(accounts.named(name)) for name in ("lea", "ann")}
        pairing = Pairing(database)
        self.token = pairing.redeem(pairing.new_code(accounts.named("ann").id), "a test")
        views = TeamViews(database, None, secret)
        for switch in ("figures", "shoes"):
            views.turn(switch, True, "lea")  # type: ignore[arg-type] # both are
        code = f"{CRASHES}\nfrom empathy_coach.cli import main\nmain()"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-c", code, "serve", "--port", str(port)],
                env=environment, stdout=subprocess.PIPE, stderr=output,
            )  # fmt: skip
        assert self.process.stdout
        assert str(port).encode() in self.process.stdout.readline()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (http.client.HTTPException, OSError):
            self.connection.close()  # it hung up on something malformed
            return 400, b""

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(120)

    def traces(self, marker: bytes) -> list[str]:
        return traces(marker, self.folder)


@pytest.fixture
def server(tmp_path: Path, new_port: int) -> Iterator[Server]:
    started = Server(new_port, tmp_path)
    yield started
    started.end()


class Asker:
    """Makes up requests, with a canary in every place that holds text."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.random = random.Random(7)
        self.number = 0

    def canary(self) -> str:
        self.number += 1
        return f"{MARKER}{self.number}"

    def text(self) -> str:
        some = ["You should have told {} in 2024.", "Where is {}?", "{}@example.com", "<b>{}</b>", "{}\r\n{}", "{}\ud83d\ude00",
                "I am furious, {} never arrived. This is the third time.", "'; DROP TABLE {}; --", "%s%n{}", "{}\u202e\u200b"]  # fmt: skip
        chosen = self.random.sample(some, self.random.randint(1, 4))
        return (
            " ".join(part.replace("{}", self.canary()) for part in chosen)
            .encode("utf-16", "surrogatepass")
            .decode("utf-16")
        )

    def api(self) -> tuple[str, str, bytes, dict[str, str]]:
        draft: dict[str, Any] = {
            "draft": self.text(), "agent_name": self.canary(), "customer_name": self.canary(), "channel": self.canary(),
            "kind": "reply", "rule_set": self.canary(), self.canary(): self.text(),
            "conversation": [
                {"role": self.random.choice(["customer", "agent"]), "author": self.canary(), "text": self.text(),
                 "at": self.canary(), self.canary(): 1} for _ in range(self.random.randint(1, 4))
            ],
        }  # fmt: skip
        seen = {"rule": "rubric/tone", "element": "tone", "verdict": "shown", "rule_set": "0" * 16}
        path, body = self.random.choice(
            [("/v1/coach", draft)] * 5 + [("/v1/rewrite", draft), ("/v1/feedback", seen), ("/v1/feedback", {**seen, "x": draft}),
             ("/v1/pair", {"code": self.canary(), "label": self.canary()}), (f"/v1/{self.canary()}", draft)]
        )  # fmt: skip
        if self.random.random() < 0.4:
            field = self.random.choice(list(body))
            body = {
                **body,
                field: self.random.choice([[self.text()], {self.canary(): self.text()}, self.text() * 2, 7, None]),
            }
        raw = json.dumps(body).encode()
        if self.random.random() < 0.1:
            raw = self.random.choice(
                [
                    raw[:-3],
                    raw + self.canary().encode(),
                    b"\xff" + raw,
                    raw.replace(b'"draft": "', b'"draft": "\\ud800'),
                ]
            )
        return "POST", path, raw, {"Content-Type": "application/json", "Authorization": f"Bearer {self.server.token}"}

    def page(self) -> tuple[str, str, bytes, dict[str, str]]:
        who, pages = self.random.choice([("ann", "practice"), ("lea", "console"), ("", "people")])
        paths = {
            "practice": ["/practice/play/charged-twice", "/practice/listen/charged-twice", "/practice/drill", "/practice/tour",
                         f"/practice/{self.canary()}", "/practice/schedule", "/practice/me/unpair", "/practice/enter"],
            "console": ["/console/write/verdicts", "/console/macros", "/console/impact", "/console/from-reply",
                        f"/console/rules/{self.canary()}", f"/console/{self.canary()}", "/console/switch"],
            "people": ["/sign-in", "/welcome", "/accounts"],
        }  # fmt: skip
        session = self.server.sessions.get(who, "")
        fields = ["reply", "text", "text0", "mark", "mark", "code", "card", "rating", "misses", "seed", "pasted", "customer", "name",
                  "password", "again", "invitation", "view", "stage", "why", "do", "client", self.canary()]  # fmt: skip
        form = [(field, self.text()) for field in fields] + [("csrf", form_token(session, pages))]
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.server.port}",
            "Cookie": f"empathy-coach={session}; {self.canary()}={self.canary()}",
        }  # fmt: skip
        return "POST", self.random.choice(paths[pages]), urlencode(form, errors="replace").encode(), headers

    def one(self) -> tuple[str, str, bytes, dict[str, str]]:
        method, path, body, headers = self.api() if self.random.random() < 0.6 else self.page()
        if self.random.random() < 0.3:
            path += f"?{self.canary()}={self.canary()}"
        if self.random.random() < 0.3:
            name = self.random.choice(
                ["User-Agent", "Referer", "X-Request-Id", "X-Real-Ip", "Accept-Language", "Traceparent"]
            )
            headers[name] = self.canary()
        if self.random.random() < 0.05:
            name = self.random.choice(["Authorization", "Origin", "Content-Type", "Content-Encoding"])
            headers[name] = self.canary()
        if self.random.random() < 0.03:
            method = self.random.choice(["GET", "PUT", self.canary()])
        return method, path, body, headers


def test_no_canary_of_many_requests_is_kept(server: Server) -> None:
    asker, statuses = Asker(server), dict[int, int]()
    for _ in range(REQUESTS):
        method, path, body, headers = asker.one()
        status, said = server.send(method, path, body, headers)
        statuses[status] = statuses.get(status, 0) + 1
        if status >= 400:
            assert MARKER.lower().encode() not in said.lower() or b"<textarea" in said or b'value="' in said, (
                path,
                said,
            )
        if status >= 500:
            assert MARKER.lower().encode() not in said.lower(), (path, said)
    assert statuses[200] > REQUESTS / 20 and statuses.get(500, 0) > REQUESTS / 50, statuses
    _, metrics = server.send("GET", "/metrics", b"", {})
    assert b"coach_requests" in metrics and MARKER.encode() not in metrics
    marker = MARKER.encode()
    assert server.traces(marker) == []
    server.end()
    found = server.traces(marker) + server.traces(marker.lower()) + server.traces(MARKER.encode("utf-16-le"))
    assert found == []
    log = server.output.read_text()
    assert "POST /v1/coach" in log and "ValueError at " in log  # so the log that was searched is the real one
    for secret in (server.token, *server.sessions.values()):
        assert secret not in log
