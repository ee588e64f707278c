"""Backends that misbehave, each in its own way, on a free port of 127.0.0.1."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[socket.socket, threading.Event], None]


def _http(status: str, body: bytes, kind: str = "application/json") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _say(data: bytes) -> Answer:
    def answer(client: socket.socket, _: threading.Event) -> None:
        client.sendall(data)

    return answer


def _hang(_: socket.socket, over: threading.Event) -> None:
    over.wait()


def _drip(client: socket.socket, over: threading.Event) -> None:
    for byte in _http("200 OK", b" " * 500):
        client.sendall(bytes([byte]))
        if over.wait(1.0):
            return


def _die(client: socket.socket, _: threading.Event) -> None:
    client.sendall(_http("200 OK", b" " * 500)[:200])


PROBLEM = json.dumps({"type": "about:blank", "title": "No", "status": 401, "detail": "No token."}).encode()
HALF = json.dumps({"score": 50, "findings": [{"rule": "<img src=x onerror=alert(1)>"}]}).encode()

FAULTS: dict[str, Answer] = {
    "hangs": _hang,
    "a byte a second": _drip,
    "500": _say(_http("500 Internal Server Error", b"{}")),
    "garbage": _say(b"\x00\xff garbage, not HTTP\r\n\r\n"),
    "web page": _say(_http("200 OK", b"<!doctype html><h1>Router login", "text/html")),
    "401": _say(_http("401 Unauthorized", PROBLEM, "application/problem+json")),
    "wrong schema": _say(_http("200 OK", HALF)),
    "null": _say(_http("200 OK", b"null")),
    "dies mid-answer": _die,
    "redirects": _say(b"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"),
}


@contextmanager
def faulty(answer: Answer) -> Iterator[str]:
    """The address of a backend that answers each request in one way."""
    over = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while not over.is_set():
            try:
                client, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(client,), daemon=True).start()

    def one(client: socket.socket) -> None:
        with client:
            try:
                client.recv(65536)
                answer(client, over)
            except OSError:
                pass  # the coach gave up first, as it should

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        over.set()
        server.close()


def refused() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"
