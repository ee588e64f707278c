"""A backend that keeps what it was asked, to see what the extension read from a page."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ELEMENTS = ("feeling", "need", "order", "action", "rapport", "tone")
REPORT = {
    "score": 50,
    "next_step": None,
    "strengths": [],
    "elements": [{"element": e, "state": "given", "value": 0.5, "why": "", "evidence": []} for e in ELEMENTS],
    "findings": [],
    "customer": {"upset": 0.0, "signals": [], "questions": []},
    "rewording": None,
    "rule_set": "00000000",
    "took_ms": 0.1,
}


@contextmanager
def recorder(
    report: Callable[[str], dict[str, Any]] = lambda draft: REPORT,
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Its address, and the requests so far. ``report`` makes the answer for a draft."""
    asked: list[dict[str, Any]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(asked, report))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


def _handler(
    asked: list[dict[str, Any]], report: Callable[[str], dict[str, Any]]
) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/v1/coach":
                asked.append(body)
            answer = json.dumps(report(body.get("draft", ""))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    return Handler
