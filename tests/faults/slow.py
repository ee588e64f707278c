"""Slow clients hold sockets open for half a minute: health and coaching still answer.

    python tests/faults/slow.py [CLIENTS] [SECONDS]

CLIENTS (200) connect and send a byte a second: a third of them in the head of a request, a third in the body of one,
and a third ask for the longest page there is and hardly read it. First against one person's own coach, then against
the example of `backend/deploy` through nginx and TLS. Meanwhile another client asks for health and sends drafts.
Prints how long those took beside what they take without the slow ones.
"""

from __future__ import annotations

import http.client
import json
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "server"))

from engines import Postgres, Redis
from ports import free_port
from team import NAME, Team

from empathy_coach.settings import Settings
from empathy_coach.web.server import Server

ASKED = {"draft": "You should have ticked the box.", "conversation": [], "kind": "reply"}
Connect = Callable[[], socket.socket]
Ask = Callable[[str, object], int]
SHAPES = (
    b"GET /v1/openapi.json HTTP/1.1\r\nHost: {host}\r\nX-Slow: ",
    b"POST /v1/coach HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{",
    b"GET /v1/openapi.json HTTP/1.1\r\nHost: {host}\r\n\r\n",
)


class Slow:
    """All slow clients, in one thread."""

    def __init__(self, connect: Connect, host: str, count: int) -> None:
        self.closed = 0
        self._sockets = []
        for number in range(count):
            connection = connect()
            connection.sendall(SHAPES[number % 3].replace(b"{host}", host.encode()))
            self._sockets.append((connection, number % 3))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()
        for connection, _ in self._sockets:
            connection.close()

    def _go(self) -> None:
        while not self._stop.wait(1):
            for entry in list(self._sockets):
                connection, shape = entry
                try:
                    if shape == 2:
                        connection.recv(1)
                    else:
                        connection.sendall(b" ")
                except OSError:
                    self.closed += 1
                    connection.close()
                    self._sockets.remove(entry)


def asked(ask: Ask, seconds: float) -> tuple[str, bool]:
    """Health ten times a second, a draft twice: less than one agent may send in a minute."""
    took: dict[str, list[float]] = {"/v1/health": [], "/v1/coach": []}
    others: Counter[str] = Counter()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        path, body = (
            ("/v1/coach", ASKED) if len(took["/v1/health"]) > 5 * len(took["/v1/coach"]) else ("/v1/health", None)
        )
        began = time.perf_counter()
        try:
            status = ask(path, body)
            others.update([str(status)] if status != 200 else [])
        except OSError as error:
            others[type(error).__name__] += 1
        took[path].append(time.perf_counter() - began)
        time.sleep(0.1)  # asked as often as this; nothing is waited for
    said = (f"{path} {statistics.median(s) * 1000:.0f} ms, at most {max(s) * 1000:.0f}" for path, s in took.items())
    return f"{', '.join(said)}; not 200: {dict(others) or 'none'} of {sum(map(len, took.values()))}", not others


def held(name: str, connect: Connect, host: str, ask: Ask, count: int, seconds: float) -> bool:
    print(f"{name}, nobody else: {asked(ask, min(5, seconds))[0]}", flush=True)
    slow = Slow(connect, host, count)
    found, fine = asked(ask, seconds)
    slow.stop()
    print(
        f"{name}, {count} slow clients for {seconds:.0f} s: {found}; {slow.closed} were sent away meanwhile", flush=True
    )
    return fine


def own(count: int, seconds: float) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Settings(port=free_port(), data_dir=Path(folder), access_log=False))
        server.start()
        port = server.settings.port
        token = server.services.pairing.redeem(server.services.pairing.new_code(), "faults")

        def ask(path: str, body: object) -> int:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            connection.request("POST" if body else "GET", path, json.dumps(body).encode() if body else None, headers)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            return answer.status

        def connect() -> socket.socket:
            return socket.create_connection(("127.0.0.1", port), timeout=30)

        try:
            return held("one person's own", connect, f"127.0.0.1:{port}", ask, count, seconds)
        finally:
            server.stop()


def team(count: int, seconds: float) -> bool:
    postgres, redis = Postgres(), Redis()
    with tempfile.TemporaryDirectory() as folder:
        example = Team(Path(folder), postgres, redis)

        def connect() -> socket.socket:
            connection = example.connection()
            connection.connect()
            found: socket.socket = connection.sock
            found.settimeout(30)
            return found

        def ask(path: str, body: object) -> int:
            return example.ask("POST" if body else "GET", path, body)[0]

        try:
            return held("a team's", connect, f"{NAME}:{example.nginx.port}", ask, count, seconds)
        finally:
            example.end()
            postgres.remove()
            redis.remove()


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 30.0
    fine = [own(count, seconds), team(count, seconds)]
    return int(not all(fine))


if __name__ == "__main__":
    sys.exit(main())
