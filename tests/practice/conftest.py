"""The shipped scenarios and rules, read once; and a visitor of the practice pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from empathy_coach.practice.library import Library, load_library
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.services.house import Services, open_services
from empathy_coach.settings import Settings
from empathy_coach.web.app import create_app

BASE = "http://127.0.0.1:8737"
RULES = Path(__file__).parents[2] / "coach_rules"


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return load_rule_set(RULES)


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(RULES)


@dataclass
class Visitor:
    """A browser that keeps its cookies and sends forms as a page of ours would."""

    client: FlaskClient
    csrf: str = ""

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/practice/{path}", base_url=BASE)

    def post(self, path: str, data: Any, origin: str | None = BASE) -> TestResponse:
        headers = {"Origin": origin} if origin else {}
        return self.client.post(f"/practice/{path}", base_url=BASE, data={"csrf": self.csrf, **data}, headers=headers)

    def come_in(self, services: Services) -> Visitor:
        assert self.post("enter", {"code": services.pairing.new_code()}).status_code == 302
        self.csrf = re.findall(r'name="csrf" value="(\w+)"', self.get("drill").text)[0]
        return self


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return open_services(Settings(data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture
def stranger(services: Services) -> Visitor:
    return Visitor(create_app(Settings(access_log=False), services).test_client())


@pytest.fixture
def visitor(stranger: Visitor, services: Services) -> Iterator[Visitor]:
    yield stranger.come_in(services)
