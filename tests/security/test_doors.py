"""Hostile hosts, origins, tokens, content types and pages: none gets in."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from empathy_coach.settings import Settings
from empathy_coach.web.server import Server

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:1",
        "127.0.0.1:{port}.evil.example",
        "localhost.:{port}",
        "127.0.0.1.nip.io:{port}",
        "127.1:{port}",
        "0.0.0.0:{port}",
        "[::1]:{port}",
        "user@127.0.0.1:{port}",
        "127.0.0.1:{port}, evil.example",
        "2130706433:{port}",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/v1/health", "/v1/me", "/v1/openapi.json", "/nothing"])
def test_only_the_exact_host_is_answered(backend: Any, host: str, path: str) -> None:
    answer = backend.say("GET", path, None, {**backend.headers, "Host": host.format(port=backend.port)})
    assert answer.status == 400
    assert b"evil" not in answer.body


def test_its_own_names_are_answered(backend: Any) -> None:
    for name in ("127.0.0.1", "localhost"):
        assert backend.say("GET", "/v1/health", None, {"Host": f"{name}:{backend.port}"}).status == 200


@pytest.mark.parametrize("forwarded", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Forwarded-For", "X-Real-Ip"])
def test_forwarding_headers_change_nothing(backend: Any, forwarded: str) -> None:
    evil = {"Host": "evil.example", forwarded: f"127.0.0.1:{backend.port}"}
    assert backend.say("GET", "/v1/health", None, evil).status == 400


ORIGINS = [
    "https://evil.example",
    "http://127.0.0.1:{port}",
    "http://localhost:{port}",
    "null",
    "",
    "file://",
    "https://desk.example.com.evil.example",
    "https://evil-desk.example.com",
    "chrome-extension://abc@evil.example",
    "chrome-extension://abc.evil/x",
    "https://chrome-extension://abc",
]


@pytest.mark.parametrize("origin", ORIGINS)
def test_web_pages_are_refused_even_with_a_token(backend: Any, angry: dict[str, Any], origin: str) -> None:
    answer = backend.post("/v1/coach", angry, Origin=origin.format(port=backend.port))
    assert answer.status == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("scheme", ["chrome-extension", "moz-extension"])
def test_an_extension_needs_the_token_like_anyone(backend: Any, angry: dict[str, Any], scheme: str) -> None:
    origin = f"{scheme}://abcdefghijklmnopabcdefghijklmnop"
    assert backend.post("/v1/coach", angry, Origin=origin).status == 200
    assert backend.post("/v1/coach", angry, Origin=origin, Authorization="").status == 401


@pytest.mark.parametrize("path", ["/v1/coach", "/v1/pair", "/v1/feedback", "/v1/me"])
def test_a_preflight_gives_a_page_nothing(backend: Any, path: str) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = backend.say("OPTIONS", path, None, asked)
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.fixture
def with_origin(tmp_path: Path, new_port: int) -> Iterator[Server]:
    server = Server(Settings(port=new_port, data_dir=tmp_path, origins=("https://desk.example.com",)))
    server.start()
    yield server
    server.stop()


def test_a_configured_origin_is_exact(with_origin: Server, backend: Any) -> None:
    there = type(backend)(with_origin)
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    good = there.say("OPTIONS", "/v1/coach", None, {**asked, "Origin": "https://desk.example.com"})
    assert good.status == 200
    assert good.headers["access-control-allow-origin"] == "https://desk.example.com"
    assert "access-control-allow-credentials" not in good.headers
    for origin in (*ORIGINS, "https://desk.example.com:444", "http://desk.example.com", "https://deskxexample.com"):
        answer = there.say("OPTIONS", "/v1/coach", None, {**asked, "Origin": origin})
        assert answer.status == 403
        assert answer.headers.get("access-control-allow-origin") != origin


@pytest.mark.parametrize(
    "value",
    ["", "Bearer", "Bearer ", "Bearer x", "Basic {token}", "{token}", "Bearer {token}x", "Bearer {short}",
     "Bearer {token} {token}", "bearer\t{token}", "Bearer " + "a" * 100, "Bearer " + "a" * 60_000, "Bearer \xff\xfe",
     "Bearer ' OR 1=1 --"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/v1/coach", "/v1/feedback"])
def test_without_the_token_nobody_gets_in(backend: Any, path: str, value: str) -> None:
    sent = value.format(token=backend.token, short=backend.token[:-1])
    answer = backend.say("POST", path, b"{}", {**JSON, "Authorization": sent})
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert backend.token.encode() not in answer.body


def test_the_token_counts_only_in_its_header(backend: Any) -> None:
    assert backend.say("GET", f"/v1/me?token={backend.token}&access_token={backend.token}").status == 401
    assert backend.say("GET", "/v1/me", None, {"Cookie": f"token={backend.token}"}).status == 401


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json",
     "application/json, text/plain", "application/json; charset=utf-16", "application/jsonp", "application/csp-report"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/v1/coach", "/v1/pair", "/v1/feedback"])
def test_what_a_form_of_a_page_can_send_is_refused(backend: Any, path: str, content_type: str) -> None:
    answer = backend.post(path, b'{"draft": "x", "code": "x"}', **{"Content-Type": content_type})
    assert answer.status == 415


def test_a_compressed_body_is_refused(backend: Any) -> None:
    assert backend.post("/v1/coach", b"x", **{"Content-Encoding": "gzip"}).status == 415


@pytest.mark.parametrize("path", ["/v1/health", "/v1/me", "/nothing"])
def test_every_answer_carries_the_security_headers(backend: Any, path: str) -> None:
    headers = backend.say("GET", path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers
    assert "set-cookie" not in headers


def test_it_listens_on_the_loopback_address_only(backend: Any) -> None:
    assert backend.server.url.startswith("http://127.0.0.1:")
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", backend.port), timeout=2):
        pass


def raw(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


@pytest.mark.parametrize(
    "data",
    [
        b"GET /v1/me HTTP/1.0\r\n\r\n",
        b"GET /v1/me HTTP/1.1\r\nHost: {own}\r\nHost: evil.example\r\n\r\n",
        b"GET http://evil.example/v1/me HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"POST /v1/coach HTTP/1.1\r\nHost: {own}\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/coach HTTP/1.1\r\nHost: {own}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: {own}\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: {own}\r\n\r\n",
    ],
    ids=lambda data: repr(data[:40]),
)
def test_broken_http_is_the_sender_s_fault(backend: Any, data: bytes) -> None:
    answer = raw(backend.port, data.replace(b"{own}", f"127.0.0.1:{backend.port}".encode()))
    assert answer.split(b" ", 2)[1][:1] == b"4"
    assert b"evil" not in answer


def test_two_hundred_slow_clients_do_not_keep_others_out(backend: Any, angry: dict[str, Any]) -> None:
    slow = []
    try:
        for number in range(200):
            connection = socket.create_connection(("127.0.0.1", backend.port), timeout=20)
            connection.sendall(
                b"POST /v1/coach HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{"[: 10 + number % 50]
            )
            slow.append(connection)
        assert backend.say("GET", "/v1/health").status == 200
        assert backend.post("/v1/coach", angry).status == 200
    finally:
        for connection in slow:
            connection.close()
