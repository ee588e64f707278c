"""Harbour Desk through Flask's test client."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from empathy_coach.demo.desk import create_desk
from empathy_coach.demo.desk.markup import clean
from empathy_coach.demo.desk.store import Store

HOST = "127.0.0.1:8738"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.sqlite3"


@pytest.fixture
def client(file: Path) -> FlaskClient:
    app = create_desk(file, frozenset({HOST}))
    app.config["SERVER_NAME"] = HOST  # what the test client puts into Host
    return app.test_client()


def send(client: FlaskClient, file: Path, number: int, **fields: str):
    fields = {"token": Store(file).form_token, "kind": "reply", **fields}
    return client.post(f"/tickets/{number}/reply", data=fields)


def test_the_queue_lists_six_tickets(client):
    page = client.get("/").text
    assert len(re.findall(r'class="row"', page)) == 6
    assert "Priya Nair" in page


def test_a_ticket_page_keeps_the_contract_with_the_adapter(client):
    page = client.get("/tickets/1").text
    assert '<main data-desk="empathy-demo" data-ticket="1" data-agent="Sam Rivera" data-customer="Priya Nair">' in page
    assert re.findall(r'class="message" data-role="(\w+)" data-author="([^"]+)"', page) == [
        ("customer", "Priya Nair"),
        ("agent", "Lee Morgan"),
        ("customer", "Priya Nair"),
        ("customer", "Priya Nair"),
    ]
    for part in ('form id="reply"', 'textarea id="reply-text"', 'select id="reply-kind"', 'button id="send"'):
        assert part in page


def test_textarea_and_rich_tickets_are_both_there(client):
    pages = [client.get(f"/tickets/{number}").text for number in range(1, 7)]
    assert sum('id="reply-text"' in page for page in pages) == 3
    assert sum('id="reply-rich"' in page for page in pages) == 3


def test_a_sent_reply_is_stored_as_typed_and_survives_a_restart(client, file):
    typed = "Hi Priya,\r\n\r\nit comes on Wednesday & costs £0. <b>Sam</b>"
    assert send(client, file, 1, text=typed).status_code == 303
    last = Store(file).ticket(1).messages[-1]
    assert (last.kind, last.author, last.text) == ("reply", "Sam Rivera", typed.replace("\r\n", "\n"))
    page = client.get("/tickets/1").text
    assert "£0. &lt;b&gt;Sam&lt;/b&gt;" in page


def test_a_note_is_not_shown_as_a_message(client, file):
    send(client, file, 1, text="Ask the warehouse.", kind="note")
    page = client.get("/tickets/1").text
    assert page.count('class="message"') == 4
    assert page.count('class="note"') == 1
    assert not Store(file).ticket(1).answered


def test_a_rich_reply_keeps_plain_formatting_and_nothing_else(client, file):
    html = '<p onclick="x()">Dear <b style="x">Dana</b>,<script>alert(1)</script></p><img src=x onerror=y>'
    send(client, file, 3, text="Dear Dana,", html=html)
    last = Store(file).ticket(3).messages[-1]
    assert (last.text, last.html) == ("Dear Dana,", "<p>Dear <b>Dana</b>,</p>")
    assert "<p>Dear <b>Dana</b>,</p>" in client.get("/tickets/3").text


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("<ul><li>one<li>two</ul>", "<ul><li>one<li>two</li></li></ul>"),
        ("a &lt;script&gt; b", "a &lt;script&gt; b"),
        ("</p>text</b>", "text"),
        ("<b>open", "<b>open</b>"),
        ("<a href='javascript:x'>link</a>", "link"),
        ("line<br/>line", "line<br>line"),
    ],
)
def test_clean(markup, kept):
    assert clean(markup) == kept


def test_an_empty_reply_is_refused_and_says_so(client, file):
    answer = send(client, file, 1, text="  \r\n ")
    assert answer.status_code == 422
    assert "nothing to send" in answer.text
    assert len(Store(file).ticket(1).messages) == 4


def test_a_too_long_reply_comes_back_with_its_text(client, file):
    answer = send(client, file, 1, text="word " * 20_001)
    assert answer.status_code == 422
    assert answer.text.count("word ") >= 20_000


@pytest.mark.parametrize("token", ["", "guess", "é"])
def test_a_form_from_elsewhere_is_refused(client, file, token):
    assert send(client, file, 1, text="Hello", token=token).status_code == 403
    assert len(Store(file).ticket(1).messages) == 4


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8738", "127.0.0.1", "127.0.0.1:1", "localhost:8738", ""]
)
def test_only_the_exact_host_is_answered(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/tickets/7", "/tickets/0", "/tickets/99999999999999999999", "/nothing"])
def test_what_is_not_there_is_a_404(client, path):
    assert client.get(path).status_code == 404


def test_an_unknown_kind_is_refused(client, file):
    assert send(client, file, 1, text="Hello", kind="shout").status_code == 400


def test_start_over_puts_the_six_tickets_back(client, file):
    send(client, file, 1, text="Hello")
    assert client.post("/start-over", data={"token": Store(file).form_token}).status_code == 303
    assert len(Store(file).ticket(1).messages) == 4


def test_pages_run_no_foreign_script_and_cannot_be_framed(client):
    policy = client.get("/tickets/1").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
