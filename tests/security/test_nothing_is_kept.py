"""A marker in every field reaches no log, no file and no problem document."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kept import traces

from empathy_coach.services.access import Access
from empathy_coach.services.pairing import Pairing
from empathy_coach.storage.database import Database

MARKER = "Zyx7canary"


class Process:
    """`coach serve` in a process of its own, everything it writes kept."""

    def __init__(self, port: int, folder: Path, patch: str) -> None:
        self.folder, self.output = folder, folder / "output.txt"
        # ``patch`` is run first: it makes the core fail in ways that no input is known to.
        code = f"{patch}\nfrom empathy_coach.cli import main\nmain()"
        environment = {**os.environ, "EMPATHY_COACH_DATA_DIR": str(folder), "TMPDIR": str(folder)}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-c", code, "serve", "--port", str(port)],
                env=environment, stdout=subprocess.PIPE, stderr=output,
            )  # fmt: skip
        assert self.process.stdout
        self.first = self.process.stdout.readline()

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(120)

    def traces(self) -> list[str]:
        return traces(MARKER.encode(), self.folder)


CRASH = """
import empathy_coach.web.api.coaching as coaching
def crash(conversation, draft, rule_set):
    raise ValueError("could not read: " + draft.text)
coaching.coach = crash
"""


@pytest.fixture(params=["", CRASH], ids=["as it is", "with a core that crashes"])
def serving(request: pytest.FixtureRequest, tmp_path: Path, new_port: int) -> Iterator[tuple[Process, int, bool]]:
    process = Process(new_port, tmp_path, request.param)
    yield process, new_port, bool(request.param)
    process.end()


def test_a_marker_in_every_field_leaves_no_trace(serving: tuple[Process, int, bool], backend: Any) -> None:
    process, port, crashes = serving
    assert str(port).encode() in process.first
    code = Pairing(Database(process.folder / "coach.db")).new_code()
    there = type(backend)(server=_At(port))
    there.headers = {"Authorization": f"Bearer {there.post('/v1/pair', {'code': code}).json['token']}"}

    text = f"You should have told {MARKER} in 2024. {MARKER}@example.com. Where is {MARKER}?"
    message = {"role": "customer", "author": MARKER, "text": text, "at": MARKER, MARKER: MARKER}
    whole = {
        "draft": text, "conversation": [message] * 3, "agent_name": MARKER, "customer_name": MARKER,
        "channel": MARKER, "kind": "reply", "rule_set": MARKER, MARKER: MARKER,
    }  # fmt: skip
    assert there.post("/v1/coach", whole).status == (500 if crashes else 200)
    seen = {"rule": f"core/tone/{MARKER.lower()}", "element": "tone", "verdict": "shown", "rule_set": MARKER}
    bodies: list[tuple[str, Any]] = [(path, {**whole, field: [MARKER]}) for path in PATHS for field in whole]
    bodies += [("/v1/coach", {**whole, "draft": f"{MARKER}\ud800"}), ("/v1/coach", f'{{"{MARKER}'.encode())]
    bodies += [("/v1/feedback", {**seen, field: MARKER}) for field in seen] + [("/v1/pair", {"code": MARKER})]
    bodies += [("/v1/coach", {**whole, "draft": MARKER * 90_000}), (f"/v1/{MARKER}", whole)]
    for path, body in bodies:
        answer = there.post(path, body)
        assert answer.status >= 400 or path == "/v1/coach"
        if answer.status >= 400:
            assert MARKER.lower().encode() not in answer.body.lower()
    for headers in ({"Host": MARKER}, {"Origin": MARKER}, {"Authorization": MARKER}, {"Content-Type": MARKER}):
        assert MARKER.encode() not in there.post("/v1/coach", whole, **headers).body
    there.say(MARKER, "/v1/coach", b"", {})
    there.say("GET", f"/v1/health?{MARKER}", None, {"User-Agent": MARKER, "Referer": MARKER})

    large = {**whole, "draft": "x", "conversation": [{**message, "text": MARKER * 15_000}] * 6}  # about 900 kB
    assert there.post("/v1/coach", large).status == (500 if crashes else 200)
    assert process.traces() == []
    process.end()
    assert process.traces() == []
    log = process.output.read_text()
    assert "POST /v1/coach" in log  # so the log that was searched is the real one
    assert there.headers["Authorization"].removeprefix("Bearer ") not in log
    if crashes:
        assert "ValueError at " in log


PATHS = ["/v1/coach", "/v1/pair", "/v1/feedback"]


class _At:
    """What ``Backend`` wants to know of a server in another process."""

    def __init__(self, port: int) -> None:
        self.settings = type("Where", (), {"port": port})


def test_the_files_are_the_user_s_own(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    Access(Database(folder / "coach.db"))
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "coach.db").stat().st_mode & 0o077 == 0
