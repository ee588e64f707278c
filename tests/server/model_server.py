"""A real, small OpenAI-compatible server, for whatever asks a language model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class Model:
    """A server that answers as ``says`` tells it, and remembers what it was asked."""

    def __init__(self) -> None:
        self.says: Callable[[dict[str, Any]], str | bytes | int] = lambda asked: ""
        self.asked: list[dict[str, Any]] = []
        self.go_on = Event()
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.asked.append(asked | {"path": self.path})
                said = model.says(asked)
                body = (
                    said
                    if isinstance(said, bytes)
                    else json.dumps({"choices": [{"message": {"role": "assistant", "content": said}}]}).encode()
                )
                self.send_response(said if isinstance(said, int) else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


@contextmanager
def running() -> Iterator[Model]:
    """The server while it runs."""
    made = Model()
    thread = Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.go_on.set()
    made.server.shutdown()
    thread.join()
    made.server.server_close()
