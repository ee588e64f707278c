"""POST /v1/rewrite: off by default; with a model, its words in the same contract, offsets in UTF-16."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from empathy_coach.settings import Settings
from empathy_coach.web.api.models import Rewritten
from empathy_coach.web.server import Server

MADE = "Hi 😀. I'm sorry about this. You should have ticked the renewal box. We will look into it."


class Model(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"choices": [{"message": {"content": MADE}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def with_model(tmp_path: Path, new_port: int, backend: Any) -> Iterator[Any]:
    model = HTTPServer(("127.0.0.1", 0), Model)
    thread = Thread(target=model.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server = Server(Settings(port=new_port, data_dir=tmp_path, model_url=f"http://127.0.0.1:{model.server_port}/v1"))
    server.start()
    other = type(backend)(server)
    other.headers = {"Authorization": f"Bearer {other.pair()}"}
    yield other
    server.stop()
    model.shutdown()
    thread.join()
    model.server_close()


def test_without_a_model_it_says_that_it_is_off(backend: Any, angry: dict[str, Any]) -> None:
    assert backend.post("/v1/rewrite", angry).json == {"rewording": None, "reason": "off", "dropped": {}}


def test_the_models_words_come_in_the_contract_and_the_report_does_not_wait(
    with_model: Any, angry: dict[str, Any]
) -> None:
    asked = angry | {"draft": angry["draft"].replace("Hi.", "Hi 😀.")}
    answer = with_model.post("/v1/rewrite", asked)
    Rewritten.model_validate(answer.json)
    assert answer.json["rewording"]["author"] == "model"
    assert answer.json["rewording"]["text"] == MADE
    [edit] = answer.json["rewording"]["edits"]
    units = asked["draft"].encode("utf-16-le")
    made = units[: 2 * edit["start"]] + edit["text"].encode("utf-16-le") + units[2 * edit["end"] :]
    assert made.decode("utf-16-le") == MADE
    assert with_model.post("/v1/coach", asked).json["rewording"]["author"] == "built-in"
