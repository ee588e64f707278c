"""A whole coaching request as a ratio to an empty Flask JSON POST on the same server in the same run.

    python tests/benchmarks/http/measure.py [ROUNDS]

One connection that is kept open, as the extension's worker has; requests of the kinds take turns, so that a busy
moment of the machine hits all alike. ``empty`` is a bare Flask view that answers ``{}`` to a JSON POST, in a WSGI
server of the same settings; ``health`` adds our checks; ``coach`` is a 200-word draft with five messages.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask, request
from waitress.server import create_server

from empathy_coach.coach import coach
from empathy_coach.settings import Settings
from empathy_coach.web.api.answer import to_domain
from empathy_coach.web.api.body import parse
from empathy_coach.web.api.models import CoachRequest
from empathy_coach.web.server import HOST, Server, listen

DRAFT = (
    "Hi Maria,\n\nThanks for your message. You should have received a tracking number when the parcel left us. "
    "Unfortunately we cannot see where it is, as per our policy the carrier has five working days to answer. "
    "I have asked them again today under the number 4471-22 and I will write to you on Thursday with what they say. "
    "If it has not turned up by then I can send a new one or refund the 48.50 you paid, whichever you prefer. "
)
DRAFT += DRAFT.partition("\n\n")[2]
DRAFT += (
    "Please let me know which address to use, and whether a neighbour could take the parcel in for you this week. "
    "Once I hear from you I will arrange the rest the same day.\n\nKind regards,\nSam"
)
MESSAGES = [
    ("customer", "Hello, my parcel 4471-22 should have been here on Monday. Where is it?"),
    ("agent", "Hi Maria, let me check with the carrier. Could you confirm the address?"),
    ("customer", "It is 12 Mill Lane, as on the order. I already waited at home for two days and nobody came."),
    ("agent", "Thank you. We have asked the carrier."),
    (
        "customer",
        "This is the third time I write. It still hasn't arrived and I am really frustrated. Can I get a refund?",
    ),
]
BODY = json.dumps(
    {
        "draft": DRAFT,
        "conversation": [{"role": role, "author": role, "text": text} for role, text in MESSAGES],
        "agent_name": "Sam",
        "customer_name": "Maria",
        "kind": "reply",
    }
).encode()


def empty_app() -> Flask:
    """What any Flask service costs at least."""
    app = Flask("empty")

    @app.post("/")
    def answer() -> dict[str, str]:
        request.get_json()
        return {}

    return app


class Client:
    """One kept connection."""

    def __init__(self, port: int, method: str, path: str, headers: dict[str, str], body: bytes | None) -> None:
        self.connection = http.client.HTTPConnection(HOST, port)
        self.call = (method, path, body, headers)

    def __call__(self) -> None:
        self.connection.request(*self.call)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{self.call[1]} answered {answer.status}")


def measure(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each request, by kind."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Settings(port=18_737, data_dir=Path(folder), access_log=False))
        server.start()
        listening = listen(18_738)
        plain = create_server(empty_app(), sockets=[listening], threads=4, map={}, ident=None, asyncore_use_poll=True)
        threading.Thread(target=plain.run, daemon=True).start()

        port = server.settings.port
        json_body = {"Content-Type": "application/json"}
        token = server.services.pairing.redeem(server.services.pairing.new_code(), "benchmark")
        mine = {**json_body, "Authorization": f"Bearer {token}"}
        asked = to_domain(parse(CoachRequest, BODY))
        rules = server.services.rules.current
        calls: dict[str, Callable[[], object]] = {
            "empty": Client(listening.getsockname()[1], "POST", "/", json_body, b"{}"),
            "health": Client(port, "GET", "/v1/health", {}, None),
            "me": Client(port, "GET", "/v1/me", mine, None),
            "coach": Client(port, "POST", "/v1/coach", mine, BODY),
            "coach() alone": lambda: coach(*asked, rules),
        }
        times: dict[str, list[float]] = {name: [] for name in calls}
        for number in range(rounds + rounds // 10):
            for name, call in calls.items():
                began = time.perf_counter()
                call()
                if number >= rounds // 10:  # the first tenth warms up
                    times[name].append((time.perf_counter() - began) * 1000)
        server.stop()
        return times


def main() -> None:
    """Print the table."""
    times = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
    base = statistics.median(times["empty"])
    print(f"draft: {len(DRAFT.split())} words, {len(MESSAGES)} messages, body {len(BODY)} bytes")
    print(f"{'':<14} {'median ms':>10} {'p95 ms':>8} {'p99 ms':>8} {'x empty':>8}")
    for name, found in times.items():
        cuts = statistics.quantiles(found, n=100)
        median = statistics.median(found)
        print(f"{name:<14} {median:>10.2f} {cuts[94]:>8.2f} {cuts[98]:>8.2f} {median / base:>8.1f}")


if __name__ == "__main__":
    main()
