"""Generated requests over every route of a running backend on PostgreSQL: no 5xx, and no text of theirs in a page.

    python tests/faults/fuzz.py [REQUESTS] [SEED] [accounts]

With ``accounts`` it is a team's server, and an administrator asks; without, one person's own.

Hypothesis makes them from hand-written seeds (nested JSON, lone surrogates, NUL, huge numbers, wrong types and
encodings, other scripts) in paths, queries, forms, uploads and JSON, mostly with the right cookies, tokens and form
tokens, so that they get past the door. A failure is printed as the smallest request that shows it.
"""

from __future__ import annotations

import http.client
import json
import re
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "server"))

from engines import Postgres
from ports import free_port

from empathy_coach.services.access import digest, new_token
from empathy_coach.settings import Settings
from empathy_coach.storage import tokens
from empathy_coach.web.app import create_app
from empathy_coach.web.identity import SESSION_COOKIE
from empathy_coach.web.pages import form_token
from empathy_coach.web.server import Server

MARK = "<i id=zq>"
TEXTS = [
    "", " ", "0", "-1", "1e999", "NaN", "null", "true", "\0", "a\0b", "\ud800", "a\udfffb", "\ufeff", "\u202e", "é" * 50,
    "x" * 5000, "9" * 400, MARK, f'"{MARK}', f"'{MARK}", "]]>" + MARK, "{{7*7}}", "%s%n", "%00", "../../etc/passwd",
    "' OR 1=1 --", "=cmd|' /C calc'!A0", "title: [", "a: &a [*a]", "!!python/object:os.system x", "((((((((((a|b)?)?)?", "...",
    "core/tone/blames-customer", "our-team/x", "everyone", "shadow", "𐍈" * 30, "\r\nX-Injected: 1", "\u2028", "\u0131\u0307",
]  # fmt: skip
FIELDS = sorted({
    name
    for file in (Path(__file__).resolve().parents[2] / "backend/empathy_coach/web").rglob("*.html")
    for name in re.findall(r'name="([a-z_-]+)"', file.read_text("utf-8"))
} - {"csrf", "viewport"})  # fmt: skip
API = ["draft", "conversation", "role", "text", "author", "at", "agent_name", "customer_name", "channel", "kind",
       "rule_set", "rule", "element", "verdict", "code", "label"]  # fmt: skip
ENCODINGS = ["utf-8", "utf-16", "latin-1", "utf-7", "shift_jis"]

text = st.one_of(st.sampled_from(TEXTS), st.text(max_size=40))
number = st.one_of(st.integers(), st.floats(), st.sampled_from([2**31, 2**63, 2**64, -(2**63) - 1, 10**400]))
value: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), number, text, st.sampled_from(["customer", "agent", "reply", "tone", "shown"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(st.sampled_from(API), text), inner, max_size=5)
    ),
    max_leaves=12,
)
message = st.fixed_dictionaries(
    {"role": st.sampled_from(["customer", "agent"]), "text": text},
    optional={"author": text, "at": text},
)
nearly_right = st.fixed_dictionaries(
    {"draft": text},
    optional={"conversation": st.lists(message, max_size=3), "kind": st.sampled_from(["reply", "note", "escalation"]),
              "agent_name": text, "customer_name": text, "channel": text},
)  # fmt: skip
document = st.one_of(value, nearly_right, st.dictionaries(st.sampled_from(API), value, max_size=6))
form = st.dictionaries(st.one_of(st.sampled_from(FIELDS), text), text, max_size=6)


def as_bytes(found: str, encoding: str = "utf-8") -> bytes:
    return found.encode(encoding, "surrogatepass" if encoding.startswith("utf") and encoding != "utf-7" else "replace")


class Visitor:
    """A lead and an agent at once, with the cookies, the token and the form tokens of both."""

    def __init__(self, server: Server) -> None:
        self.server, self.port = server, server.settings.port
        self.host = f"127.0.0.1:{self.port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.csrf: dict[str, str] = {}
        self.token = ""
        self.sent_to_sign_in = False
        self.come_in()

    def come_in(self) -> None:
        services = self.server.services
        if services.sign_in.with_accounts:
            name = f"adi-{time.monotonic_ns()}"  # who was here before may be locked or gone by now
            services.accounts.add(name, "administrator", "a fuzz")
            account = services.accounts.named(name)
            session = services.sign_in.open(account)
            self.cookies = {SESSION_COOKIE: session}
            self._pair(account.id)
            self.csrf = {part: form_token(session, part) for part in ("console", "practice", "people")}
            return
        self._pair(None)
        origin = {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
        link = urlencode({"link": services.sign_in.new_link(), "name": "Fuzz"}).encode()
        self.send("POST", "/console/sign-in", link, origin)
        code = urlencode({"code": services.pairing.new_code()}).encode()
        self.send("POST", "/practice/enter", code, origin)
        for part, path in (("console", "/console/pilot"), ("practice", "/practice/tour")):
            page = self.send("GET", path, None, {})[2].decode()
            found = re.search(r'name="csrf" value="([^"]*)"', page)
            self.csrf[part] = found[1] if found else ""

    def _pair(self, account: str | None) -> None:
        """Not by a code: the codes that are made up use up the tries."""
        self.token = new_token()
        with self.server.services.database.transaction() as connection:
            tokens.add_token(connection, digest(self.token), "fuzz", date.today(), account)

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, bytes]:
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        try:
            self.connection.request(method, path, body, sent)
            answer = self.connection.getresponse()
            said = answer.read()
        except (http.client.HTTPException, OSError):
            self.connection.close()  # the server may close after a refusal; asked again on a new connection
            self.connection.request(method, path, body, sent)
            answer = self.connection.getresponse()
            said = answer.read()
        for name, content in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = content.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        self.sent_to_sign_in = (answer.getheader("Location") or "").startswith("/sign-in")
        if answer.getheader("X-Injected"):
            raise AssertionError("a header was injected")
        return answer.status, answer.getheader("Content-Type", ""), said


def main() -> int:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    postgres = Postgres()
    with tempfile.TemporaryDirectory() as folder:
        (secret := Path(folder) / "client.secret").write_text("nobody is asked")
        people: dict[str, Any] = {"accounts": True, "oidc_issuer": "http://127.0.0.1:9", "oidc_secret_file": secret}
        server = Server(
            Settings(
                port=free_port(),
                data_dir=Path(folder),
                access_log=False,
                database_url=postgres.new_database(),
                **(people if sys.argv[3:] == ["accounts"] else {}),
            )
        )
        server.start()
        rules = [
            (method, rule.rule)
            for rule in create_app(server.settings, server.services).url_map.iter_rules()
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            if not rule.rule.endswith("/sign-out")
        ]
        visitor, seen = Visitor(server), Counter[tuple[str, str]]()
        statuses: Counter[int] = Counter()

        @seed(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
        @settings(max_examples=wanted, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(st.sampled_from(rules), st.data())
        def ask(route: tuple[str, str], data: st.DataObject) -> None:
            method, rule = route
            path = re.sub(r"<(?:\w+:)?\w+>", lambda _: quote(as_bytes(data.draw(text))[:300], safe="/"), rule)
            if data.draw(st.integers(0, 3)) == 0:
                query = data.draw(form)
                path += "?" + urlencode({as_bytes(k): as_bytes(v)[:500] for k, v in query.items()})
            headers = {"Origin": f"http://{visitor.host}"} if method == "POST" else {}
            body = None
            if rule.startswith("/v1"):
                headers = {"Authorization": f"Bearer {visitor.token}", "Content-Type": "application/json"}
                if method == "POST":
                    body = as_bytes(json.dumps(data.draw(document), ensure_ascii=data.draw(st.booleans())),
                                    data.draw(st.sampled_from(["utf-8"] * 6 + ENCODINGS)))  # fmt: skip
                    if data.draw(st.integers(0, 19)) == 0:
                        body = data.draw(
                            st.sampled_from([b"", b"[" * 50_000, b'{"a":' * 20_000, b'{"draft":"x"', b"\xff\xfe"])
                        )
            elif method == "POST":
                part = rule.split("/")[1]
                fields = {**data.draw(form), "csrf": visitor.csrf.get(part, visitor.csrf.get("people", ""))}
                if data.draw(st.integers(0, 9)) == 0:
                    content = as_bytes(data.draw(text), data.draw(st.sampled_from(ENCODINGS)))
                    lines = [b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (as_bytes(k), as_bytes(v))
                             for k, v in fields.items() if '"' not in k and "\r" not in k]  # fmt: skip
                    lines.append(
                        b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n' + content
                    )
                    body = b"".join(lines) + b"\r\n--b--\r\n"
                    headers["Content-Type"] = "multipart/form-data; boundary=b"
                else:
                    body = urlencode({as_bytes(k): as_bytes(v) for k, v in fields.items()}).encode()
                    headers["Content-Type"] = "application/x-www-form-urlencoded"
            status, kind, said = visitor.send(method, path, body, headers)
            seen[route] += 1
            statuses[status] += 1
            away = status == 503 and rule == "/sign-in/provider"  # there is none, and the page says so
            assert status < 500 or away, f"{status} for {method} {path} {body!r:.300}"
            if kind.startswith("text/html"):
                assert MARK.encode() not in said, f"{method} {path} {body!r:.300} is repeated in a page"
            if status == 401 or visitor.sent_to_sign_in:
                visitor.come_in()

        began = time.monotonic()
        try:
            ask()
        finally:
            took = time.monotonic() - began
            print(
                f"{sum(seen.values())} requests over {len(seen)} of {len(rules)} routes in {took:.0f} s; {dict(statuses)}"
            )
            server.stop()
            postgres.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
