"""Serves the test pages on a free port of 127.0.0.1."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

PAGES = Path(__file__).resolve().parents[1] / "pages"
NODE_MODULES = Path(__file__).resolve().parents[2] / "js" / "node_modules"
TYPES = {".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css"}
BUNDLE = ("--bundle", "--format=esm", "--log-level=error", "--define:global=window")
PRODUCTION = """--define:process.env.NODE_ENV='production'"""
STRICT = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'"


@cache
def bundle(editor: str) -> bytes:
    """The script ``pages/editors/NAME.js`` with all that it imports from the editors' packages, in one file."""
    esbuild = NODE_MODULES / ".bin" / "esbuild"
    command = [str(esbuild), f"{PAGES}/editors/{editor}", *BUNDLE, PRODUCTION]
    environment = {**os.environ, "NODE_PATH": str(NODE_MODULES)}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout


class PageServer:
    """``/name.html`` from ``pages/``; ``?csp`` adds a strict policy.

    ``/npm/...`` comes from the editors' packages as it is, ``/bundle/NAME.js`` is made of them.
    """

    def __init__(self) -> None:
        self.sent: list[str] = []  # bodies of forms that were submitted
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.sent))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, name="pages", daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(sent: list[str]) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path.startswith("/bundle/"):
                self._answer(bundle(address.path.removeprefix("/bundle/")), TYPES[".js"], False)
                return
            base, name = PAGES, address.path.lstrip("/")
            if name.startswith("npm/"):
                base, name = NODE_MODULES, name.removeprefix("npm/")
            file = (base / name).resolve()
            if not file.suffix:
                file = file.with_suffix(".html")  # as desks answer their own pages' questions
            if not file.is_relative_to(base) or not file.is_file():
                self.send_error(404)
                return
            self._answer(file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"), address.query == "csp")

        def do_POST(self) -> None:
            sent.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._answer(b"<!doctype html><title>Sent</title><p id=sent>Sent", "text/html", False)

        def _answer(self, body: bytes, kind: str, strict: bool) -> None:
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if strict:
                self.send_header("Content-Security-Policy", STRICT)
            self.end_headers()
            self.wfile.write(body)

    return Handler
