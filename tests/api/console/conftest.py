"""A lead at the console, through the real app and a real database."""

from __future__ import annotations

import functools
import html
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from empathy_coach.services import live_rules
from empathy_coach.services.house import Services, open_services
from empathy_coach.settings import Settings
from empathy_coach.web.app import create_app

HOST = "127.0.0.1:8737"
OWN = f"http://{HOST}"
RULE = """\
title: Blaming the computer
# what the team calls it
element: tone
severity: warn
weight: 2
why: It leaves the customer alone with a machine.
source: our team
find:
  - the (system|computer) (says|said) no   # both ways
advise:
  - Say who can help.
examples:
  fires:
    - Sorry, <<the system says no>>.
  silent:
    - The system is up again.
"""
BLAME = "core/tone/blames-customer"
_shipped = functools.cache(live_rules.load_rule_set)


class Lead:
    """A browser at the console."""

    def __init__(self, app: Any, services: Services) -> None:
        self.services = services
        self.client: FlaskClient = app.test_client()
        self.csrf = ""

    def sign_in(self, name: str = "Maria") -> Lead:
        form = {"link": self.services.sign_in.new_link(), "name": name}
        assert self.post("/console/sign-in", form).status_code == 302
        self.csrf = field(self.get("/console/history"), "csrf") or field(self.get("/console/pilot"), "csrf")
        return self

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers={"Host": HOST, **headers})

    def post(self, path: str, form: dict[str, Any], origin: str | None = OWN, **more: Any) -> TestResponse:
        headers = {"Host": HOST, **({} if origin is None else {"Origin": origin})}
        return self.client.post(path, data={"csrf": self.csrf, **form}, headers=headers, **more)

    def save(self, text: str = RULE, name: str = "", began: str = "", **more: str) -> TestResponse:
        return self.post("/console/write", {"view": "yaml", "text": text, "name": name, "began": began, **more})

    def publish(self, name: str, stage: str = "everyone", why: str = "It helps") -> TestResponse:
        began = field(self.get(f"/console/publish/{name}"), "began")
        return self.post(f"/console/publish/{name}", {"stage": stage, "why": why, "began": began})

    def verdicts(self, text: str) -> str:
        return said(self.post("/console/write/verdicts", {"view": "yaml", "text": text}))


def field(answer: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.get_data(as_text=True))
    return html.unescape(found[1]) if found else ""


def said(answer: TestResponse) -> str:
    text = re.sub(r"<(script|style).*?</\1>", "", answer.get_data(as_text=True), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setattr(live_rules, "load_rule_set", _shipped)  # reading the same files again would be most of the time
    return open_services(Settings(data_dir=tmp_path))


@pytest.fixture
def app(services: Services, tmp_path: Path) -> Any:
    return create_app(Settings(data_dir=tmp_path, access_log=False), services)


@pytest.fixture
def lead(app: Any, services: Services) -> Lead:
    return Lead(app, services).sign_in()


@pytest.fixture(scope="session")
def shared_lead(tmp_path_factory: pytest.TempPathFactory) -> Lead:
    """For tests that leave nothing behind."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("console"), access_log=False)
    services = open_services(settings)
    return Lead(create_app(settings, services), services).sign_in()
