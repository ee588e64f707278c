"""The example of backend/deploy, really started: nginx with TLS, two servers of the coach, PostgreSQL, Redis.

The files are used as they are; only ports, folders and the certificate are put in.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import re
import signal
import ssl
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from engines import PATIENCE, Engine, Postgres, Redis, listens, program, wait_for
from ports import free_port

from empathy_coach.services.accounts import Accounts
from empathy_coach.services.pairing import Pairing
from empathy_coach.storage.database import Database

DEPLOY = Path(__file__).resolve().parents[2] / "backend" / "deploy"
NAME = "coach.example.com"
PEOPLE = os.environ.get("COACH_COMMAND")  # another installation of the coach to be tried


def make_certificate(folder: Path) -> tuple[Path, Path, str]:
    """A certificate for ``NAME``, its key, and the hash by which Chromium is told to trust it."""
    certificate, key = folder / "tls.crt", folder / "tls.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    public = subprocess.run(
        ["openssl", "x509", "-in", str(certificate), "-pubkey", "-noout"], check=True, capture_output=True
    ).stdout
    der = base64.b64decode(b"".join(public.splitlines()[1:-1]))
    return certificate, key, base64.b64encode(hashlib.sha256(der).digest()).decode()


class Nginx(Engine):
    """nginx with the example's configuration."""

    def __init__(self, ports: Mapping[int, int]) -> None:
        super().__init__()
        self.port = ports[443]
        self.certificate, self.key, self.spki = make_certificate(self.folder)
        for file in (self.certificate, self.key):
            file.chmod(0o644)
        text = (DEPLOY / "nginx.conf").read_text("utf-8")
        text = re.sub(r"listen 443 ", f"listen 127.0.0.1:{self.port} ", text)
        for old, new in ports.items():
            text = text.replace(f"127.0.0.1:{old};", f"127.0.0.1:{new};")
        text = text.replace("/etc/empathy-coach", str(self.folder)).replace("/var/log/nginx", str(self.folder))
        text = text.replace("/run/nginx.pid", f"{self.folder}/nginx.pid")
        folders = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"{name}_temp_path {self.folder}/{name};" for name in folders)
        self.configuration = self.folder / "nginx.conf"
        self.configuration.write_text(text.replace("http {", "http { " + places, 1))
        self.start()

    def start(self) -> None:
        once = "daemon off; master_process on;"
        self.process = self.run(
            program("nginx"), "-p", self.folder, "-c", self.configuration, "-e", self.folder / "error.log", "-g", once
        )
        wait_for(lambda: listens(self.port), f"nginx ({self.output()})")

    def output(self) -> str:
        return (self.folder / "output.txt").read_text(errors="replace")


class Coach:
    """`coach serve --config team.toml --port ...` in a process of its own."""

    def __init__(self, folder: Path, config: Path, port: int, workers: int = 1, code: str = "") -> None:
        self.port, self.output = port, folder / f"coach-{port}.txt"
        self.command = [sys.executable, "-c", f"{code}\nfrom empathy_coach.cli import main; main()"]
        if PEOPLE:
            self.command = [PEOPLE]
        self.command += ["serve", "--config", str(config), "--port", str(port), "--workers", str(workers)]
        self.start()

    def start(self) -> None:
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(self.command, stdout=output, stderr=output, start_new_session=True)

    def wait(self) -> None:
        def there() -> bool:
            assert self.process.poll() is None, self.output.read_text()
            return listens(self.port) and self.ready().get("status") == "ready"

        wait_for(there, "the coach")

    def ready(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.get("/v1/ready")[1]))
        except (OSError, http.client.HTTPException):
            return {}

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children] or [self.process.pid]

    def end(self, how: int = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(PATIENCE)

    def kill(self) -> None:
        """As when the machine's power goes: parent and children at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)


class Team:
    """The whole example. ``api`` has two processes, ``pages`` one, and both are behind ``nginx``."""

    def __init__(
        self, folder: Path, postgres: Postgres, redis: Redis | None, workers: int = 2, **settings: Any
    ) -> None:
        ports = {8741: free_port(), 8742: free_port(), 443: free_port()}
        self.postgres, self.redis = postgres, redis
        self.database_url = postgres.new_database()
        self.nginx = Nginx(ports)
        self.public_url = f"https://{NAME}:{self.nginx.port}"
        self.config = folder / "team.toml"
        values = {
            "public_url": self.public_url,
            "database_url": self.database_url,
            "redis_url": redis.url if redis else "",
            "data_dir": str(folder / "data"),
            **settings,
        }
        text = (DEPLOY / "team.toml").read_text("utf-8")
        for name, value in values.items():
            line = f"{name} = {json.dumps(value)}\n"
            text, found = re.subn(rf"^{name} = .*\n", lambda _, line=line: line, text, flags=re.MULTILINE)
            text += "" if found else line
        self.config.write_text(text, "utf-8")
        self.api = Coach(folder, self.config, ports[8741], workers)
        self.pages = Coach(folder, self.config, ports[8742])
        for coach in (self.api, self.pages):
            coach.wait()
        self.token = self.pair()

    def command(self, *arguments: str) -> str:
        """What a command of the coach prints."""
        return coach_command(self.config, *arguments)

    def code(self) -> str:
        database = Database(self.database_url)
        try:
            accounts = Accounts(database)
            if not accounts.all():
                accounts.add("ann", "agent", by="a test")
            return Pairing(database).new_code(accounts.named("ann").id)
        finally:
            database.close()

    def pair(self) -> str:
        status, said = self.ask("POST", "/v1/pair", {"code": self.code(), "label": "a test"}, token=None)
        assert status == 200, said
        return str(json.loads(said)["token"])

    def connection(self) -> http.client.HTTPSConnection:
        return trusting_connection(self.nginx.port, self.nginx.certificate)

    def ask(
        self,
        method: str,
        path: str,
        data: object = None,
        *,
        token: str | None = "own",
        cookies: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """One request through nginx, over TLS. With ``cookies`` it is a browser's: they are sent and kept, and under
        "" where the answer leads; ``data`` is a form then.
        """
        connection = self.connection()
        headers = {"Host": f"{NAME}:{self.nginx.port}"}
        if token is not None:
            headers["Authorization"] = f"Bearer {self.token if token == 'own' else token}"
        body = None if data is None else data if isinstance(data, bytes) else json.dumps(data).encode()
        if body is not None:
            headers["Content-Type"] = "application/json"
        if cookies is not None:
            headers["Cookie"] = "; ".join(kept.partition(";")[0] for kept in cookies.values())
            if isinstance(data, dict):
                body = urlencode(data).encode()
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.public_url}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if cookies is not None and name.lower() in ("set-cookie", "location"):
                    cookies[value.partition("=")[0] if name.lower() == "set-cookie" else ""] = value
            return answer.status, answer.read()
        finally:
            connection.close()

    def end(self) -> None:
        for coach in (self.api, self.pages):
            coach.end()
        self.nginx.remove()


class _Pinned(http.client.HTTPSConnection):
    """To ``NAME``, wherever that name leads."""

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        context: ssl.SSLContext = self._context  # type: ignore[attr-defined]
        self.sock = context.wrap_socket(self.sock, server_hostname=NAME)


def trusting_connection(port: int, certificate: Path) -> http.client.HTTPSConnection:
    return _Pinned("127.0.0.1", port, timeout=30, context=ssl.create_default_context(cafile=str(certificate)))


def coach_command(config: Path, *arguments: str) -> str:
    command = [PEOPLE] if PEOPLE else [sys.executable, "-c", "from empathy_coach.cli import main; main()"]
    done = subprocess.run([*command, *arguments, "--config", str(config)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout
