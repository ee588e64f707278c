"""Signing in with an identity provider: a real one says yes; a hostile one forges tokens, and nobody gets in."""

from __future__ import annotations

import base64
import hmac
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import orjson
import pytest
import requests
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from ports import free_port

from empathy_coach.services import live_rules
from empathy_coach.services.house import open_services
from empathy_coach.services.provider import Provider, ProviderError
from empathy_coach.settings import Settings
from empathy_coach.web.app import create_app

from .conftest import BASE, Browser, Team, _shipped, make_people  # type: ignore[import-not-found]

JS = Path(__file__).parents[1] / "js"
CLIENT, SECRET = "empathy-coach", "a secret that both know, long enough"
BACK = f"{BASE}/sign-in/back"


def team_with(issuer: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setattr(live_rules, "load_rule_set", _shipped)
    secret = folder / "client.secret"
    secret.write_text(SECRET + "\n")
    settings = Settings(
        data_dir=folder / "data", accounts=True, access_log=False, oidc_issuer=issuer, oidc_client=CLIENT,
        oidc_secret_file=secret, oidc_title="Corp",
    )  # fmt: skip
    services = open_services(settings)
    return make_people(Team(create_app(settings, services), services, folder / "data"))


# --- the real one ---


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    node = shutil.which("node")
    assert node
    process = subprocess.Popen(
        [node, str(JS / "provider.mjs"), str(port), CLIENT, SECRET, BACK], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )  # fmt: skip
    assert process.stdout and process.stdout.readline() == b"ready\n"
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def through(start: str, name: str) -> str:
    """What a person does at the provider: the name, any password, and "Continue". Where it sends them at the end."""
    person, address = requests.Session(), start
    for _ in range(12):
        answer = person.get(address, allow_redirects=False, timeout=60)
        while answer.is_redirect:
            address = urljoin(address, answer.headers["Location"])
            if address.startswith(BASE):
                return address
            answer = person.get(address, allow_redirects=False, timeout=60)
        action = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
        assert action and prompt, answer.text
        form = {"prompt": prompt[1], "login": name, "password": "any"}
        answer = person.post(urljoin(address, action[1]), data=form, allow_redirects=False, timeout=60)
        address = urljoin(address, answer.headers["Location"])
    raise AssertionError(f"never came back from {start}")


def test_a_person_comes_in_by_a_real_provider(real: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    team = team_with(real, tmp_path, monkeypatch)
    browser: Browser = team.browser()
    assert "Sign in with Corp" in browser.get("/sign-in").text
    away = browser.get("/sign-in/provider?next=/practice/drill").headers["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["response_type"] == ["code"] and asked["nonce"]
    returned = through(away, "nia")
    back = urlsplit(returned)
    answer = browser.get(f"{back.path}?{back.query}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/practice/drill"), answer.text
    assert browser.get("/practice/drill").status_code == 200
    nia = team.services.accounts.named("nia@corp.example")
    assert (nia.role, nia.password, nia.subject) == ("agent", None, f"{real} nia")
    assert browser.get(f"{back.path}?{back.query}").status_code == 403  # each works once

    # Coming back in another browser, or without having begun, opens nothing.
    for other in (team.browser(), browser):
        assert other.get(f"{back.path}?{back.query}").status_code == 403
    stranger = team.browser()
    stranger.get("/sign-in/provider")
    assert "begun somewhere else" in stranger.get(f"{back.path}?{back.query}").text

    # The second time it is the same account; shut out there, shut out here.
    again = team.browser()
    second = urlsplit(through(again.get("/sign-in/provider").headers["Location"], "nia"))
    team.services.accounts.set_disabled(nia.id, True, by="a test")
    refused = again.get(f"{second.path}?{second.query}")
    assert refused.status_code == 403 and "shut out" in refused.text
    assert len(team.services.accounts.all()) == 5


# --- hostile ones ---


@dataclass
class Hostile:
    """A provider that does as it is told."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    token: str = ""
    says: str = ""

    def answer(self, path: str) -> bytes:
        if path.endswith("openid-configuration"):
            base = self.issuer
            return orjson.dumps({"issuer": self.says or base, "authorization_endpoint": f"{base}/auth",
                                 "token_endpoint": f"{base}/token", "jwks_uri": f"{base}/keys"})  # fmt: skip
        if path == "/keys":
            return orjson.dumps({"keys": [self.key.as_dict(private=False)]})
        return orjson.dumps({"access_token": "x", "token_type": "Bearer", "id_token": self.token})


@pytest.fixture(scope="module")
def hostile() -> Iterator[Hostile]:
    told = Hostile()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = told.answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()


def signed(
    hostile: Hostile, nonce: str | None, key: Any = None, alg: str = "RS256", kid: str = "one", **changed: Any
) -> str:
    now = int(time.time())
    claims = {
        "iss": hostile.issuer,
        "aud": CLIENT,
        "sub": "eve",
        "exp": now + 300,
        "iat": now,
        "nonce": nonce,
        **changed,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": kid}, kept, key or hostile.key, algorithms=[alg])


def plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unsigned(token: str) -> str:
    return f"{plain(orjson.dumps({'alg': 'none'}))}.{token.split('.')[1]}."


def with_public_key_as_secret(token: str, hostile: Hostile) -> str:
    """By hand: no library lets itself be used for it."""
    body = f"{plain(orjson.dumps({'alg': 'HS256', 'kid': 'one'}))}.{token.split('.')[1]}"
    return f"{body}.{plain(hmac.digest(hostile.key.as_pem(private=False), body.encode(), 'sha256'))}"


def spliced(one: str, other: str) -> str:
    """The claims of ``other`` between head and signature of ``one``."""
    head, _, signature = one.split(".")
    return f"{head}.{other.split('.')[1]}.{signature}"


FORGED: dict[str, Callable[[Hostile, str], str]] = {
    "expired": lambda h, n: signed(h, n, exp=int(time.time()) - 400, iat=int(time.time()) - 800),
    "not yet": lambda h, n: signed(h, n, nbf=int(time.time()) + 400),
    "from the future": lambda h, n: signed(h, n, iat=int(time.time()) + 4000, exp=int(time.time()) + 8000),
    "for another client": lambda h, n: signed(h, n, aud="another"),
    "for several, of another": lambda h, n: signed(h, n, aud=[CLIENT, "another"], azp="another"),
    "for several, of nobody": lambda h, n: signed(h, n, aud=[CLIENT, "another"]),
    "of another issuer": lambda h, n: signed(h, n, iss="https://evil.example"),
    "of another sign-in": lambda h, n: signed(h, "another"),
    "of no sign-in": lambda h, n: signed(h, None),
    "without an end": lambda h, n: signed(h, n, exp=None),
    "without a person": lambda h, n: signed(h, n, sub=None),
    "with nobody's id": lambda h, n: signed(h, n, sub=""),
    "with a number for an id": lambda h, n: signed(h, n, sub=7),
    "signed by another key": lambda h, n: signed(h, n, RSAKey.generate_key(2048)),
    "signed by a key nobody knows": lambda h, n: signed(h, n, RSAKey.generate_key(2048), kid="two"),
    "signed by a key of another kind": lambda h, n: signed(h, n, ECKey.generate_key("P-256"), "ES256"),
    "signed with the client's secret": lambda h, n: signed(h, n, OctKey.import_key(SECRET), "HS256"),
    "signed with the public key as a secret": lambda h, n: with_public_key_as_secret(signed(h, n), h),
    "not signed": lambda h, n: unsigned(signed(h, n)),
    "with a cut signature": lambda h, n: signed(h, n)[:-8],
    "with another's claims": lambda h, n: spliced(signed(h, n), signed(h, n, sub="adi")),
    "no token": lambda h, n: "",
    "nonsense": lambda h, n: "a.b.c",
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_token_opens_nothing(hostile: Hostile, how: str) -> None:
    provider = Provider(hostile.issuer, CLIENT, SECRET, "Corp")
    assert provider.identity(signed(hostile, "n"), "n").subject == f"{hostile.issuer} eve"  # what is right is believed
    with pytest.raises(ProviderError, match="cannot be trusted"):
        provider.identity(FORGED[how](hostile, "n"), "n")


def test_a_hostile_provider_signs_nobody_in(hostile: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    team = team_with(hostile.issuer, tmp_path, monkeypatch)
    browser = team.browser()
    asked = parse_qs(urlsplit(browser.get("/sign-in/provider").headers["Location"]).query)
    hostile.token = signed(hostile, "another")
    answer = browser.get(f"/sign-in/back?code=x&state={asked['state'][0]}")
    assert answer.status_code == 403 and "cannot be trusted" in answer.text
    assert browser.get("/practice/").status_code == 302
    # A name is a wish: whoever calls themselves as the administrator does gets another account.
    asked = parse_qs(urlsplit(browser.get("/sign-in/provider").headers["Location"]).query)
    hostile.token = signed(hostile, asked["nonce"][0], preferred_username="adi")
    assert browser.get(f"/sign-in/back?code=x&state={asked['state'][0]}").headers["Location"] == "/practice/"
    assert browser.get("/accounts").status_code == 403
    assert team.services.accounts.named("adi-2").role == "agent"


def test_a_provider_that_calls_itself_otherwise_is_not_asked(hostile: Hostile) -> None:
    hostile.says = "https://login.corp.example"
    with pytest.raises(ProviderError, match="does not describe itself"):
        Provider(hostile.issuer, CLIENT, SECRET, "Corp").begin(BACK)
    hostile.says = ""
    with pytest.raises(ProviderError, match="cannot be reached"):
        Provider("http://127.0.0.1:9", CLIENT, SECRET, "Corp").begin(BACK)
