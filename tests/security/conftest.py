"""A team's server with accounts: two agents, a lead, an administrator, as browsers and as paired clients."""

from __future__ import annotations

import functools
import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from empathy_coach.services import live_rules
from empathy_coach.services.house import Services, open_services
from empathy_coach.services.people import Role
from empathy_coach.settings import Settings
from empathy_coach.web.app import create_app
from empathy_coach.web.identity import SESSION_COOKIE
from empathy_coach.web.pages import form_token

BASE = "http://127.0.0.1:8737"
PEOPLE: dict[str, Role] = {"ann": "agent", "bob": "agent", "lea": "lead", "adi": "administrator"}
_shipped = functools.cache(live_rules.load_rule_set)


@dataclass
class Browser:
    """A browser of somebody. ``session`` is empty while nobody is signed in."""

    client: FlaskClient
    session: str = ""

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=BASE, headers=headers)

    def post(self, path: str, data: dict[str, Any], pages: str = "", origin: str | None = BASE) -> TestResponse:
        """Send a form; ``pages`` names the blueprint whose form token goes with it."""
        token = {"csrf": form_token(self.session, pages)} if pages else {}
        headers = {"Origin": origin} if origin else {}
        return self.client.post(path, base_url=BASE, data={**token, **data}, headers=headers)

    def send(self, path: str, data: dict[str, Any]) -> TestResponse:
        """Fill in the form of a page and send it."""
        found = re.search(r'name="csrf" value="([^"]*)"', self.get(path).text)
        assert found
        return self.post(path, {"csrf": html.unescape(found[1]), **data})


@dataclass
class Team:
    """The server and its people."""

    app: Flask
    services: Services
    folder: Path
    ids: dict[str, str] = field(default_factory=dict)

    def browser(self, name: str = "") -> Browser:
        """A browser in which ``name`` has just signed in, or nobody."""
        found = Browser(self.app.test_client())
        if name:
            found.session = self.services.sign_in.open(self.services.accounts.with_id(self.ids[name]))
            found.client.set_cookie(SESSION_COOKIE, found.session, domain="127.0.0.1")
        return found

    def token(self, name: str) -> str:
        """A paired client of ``name``."""
        return self.services.pairing.redeem(self.services.pairing.new_code(self.ids[name]), f"{name}'s browser")

    def call(self, token: str, path: str, body: Any = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"}
        if body is None:
            return self.app.test_client().get(path, base_url=BASE, headers=headers)
        return self.app.test_client().post(path, base_url=BASE, headers=headers, json=body)


def make_team(folder: Path) -> Team:
    folder.mkdir(exist_ok=True)
    (client := folder / "client.secret").write_text("nobody is asked")
    settings = Settings(
        data_dir=folder, accounts=True, access_log=False, oidc_issuer="http://127.0.0.1:9", oidc_secret_file=client
    )
    services = open_services(settings)
    return make_people(Team(create_app(settings, services), services, folder))


def make_people(team: Team) -> Team:
    services = team.services
    for name, role in PEOPLE.items():
        services.accounts.add(name, role, "a test")
        team.ids[name] = services.accounts.named(name).id
    return team


@pytest.fixture(scope="session")
def shared_team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    """For tests that leave nothing behind but sessions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live_rules, "load_rule_set", _shipped)  # the same rules as for the others, read once
        return make_team(tmp_path_factory.mktemp("team"))


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setattr(live_rules, "load_rule_set", _shipped)
    return make_team(tmp_path / "team")
