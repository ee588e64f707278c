"""PostgreSQL, Redis and nginx as Debian ships them, each in a folder and on a port of its own, ended by their ids.

None of them may run as root, so where the tests do, they are started as an unprivileged user.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ports import free_port

PATIENCE = 180  # seconds for a start on a very busy machine
_ROOT = os.name == "posix" and os.geteuid() == 0
DEBIAN = "/usr/sbin:/usr/lib/postgresql/15/bin"  # where Debian keeps what only services call


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:{DEBIAN}")
    assert found, f"These tests need {name}: python3 tests/run.py installs it"
    return found


def wait_for(there: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    ends = time.monotonic() + patience
    while not there():
        assert time.monotonic() < ends, f"{what} did not come"
        time.sleep(0.02)


def listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def user() -> str | None:
    """Whom to start them as; None for whoever runs the tests."""
    if not _ROOT:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def own_folder() -> Path:
    """A folder of that user. Short, because sockets lie in it."""
    folder = Path(tempfile.mkdtemp(prefix="coach-"))
    if (name := user()) is not None:
        shutil.chown(folder, name)
    return folder


class Engine:
    """A process in a folder of its own."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or own_folder()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *command: str | Path, **more: Any) -> subprocess.Popen[bytes]:
        who = user()
        output = (self.folder / "output.txt").open("ab")
        return subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=self.folder,
            user=who, group=who and pwd.getpwnam(who).pw_gid, extra_groups=[] if who else None,
            **more,
        )  # fmt: skip

    def end(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)
            self.process = None

    def remove(self) -> None:
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Engine):
    """PostgreSQL on a free port of 127.0.0.1. ``durable`` as in use; without, faster than any disk."""

    def __init__(self, durable: bool = False, folder: Path | None = None) -> None:
        super().__init__(folder)
        self.port = free_port()
        self.options = "" if durable else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        made = self.run(
            program("initdb"), "-D", self.folder / "data", "-A", "trust", "-U", "coach", "-E", "UTF8", "--locale=C",
            "--no-sync",
        )  # fmt: skip
        assert made.wait(PATIENCE) == 0, (self.folder / "output.txt").read_text()
        self.start()
        self._numbers = iter(range(1, 10_000))

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=200 {self.options}".split()
        self.process = self.run(program("postgres"), "-D", self.folder / "data", "-p", str(self.port), *options)
        wait_for(self._answers, "PostgreSQL")

    def end(self, how: int = signal.SIGINT) -> None:
        super().end(how)  # at once, whoever is connected

    def kill(self) -> None:
        """As when the power goes: it and all it started, at once."""
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()  # each has a process group of its own
        for each in (pid, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self.process.wait(PATIENCE)
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://coach@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"coach{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    @contextlib.contextmanager
    def connect(self, url: str | None = None) -> Iterator[Any]:
        import psycopg

        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            yield connection

    def _answers(self) -> bool:
        import psycopg

        with contextlib.suppress(psycopg.OperationalError), self.connect():
            return True
        assert self.process is not None and self.process.poll() is None, (self.folder / "output.txt").read_text()
        return False


class Redis(Engine):
    """Redis on a free port, keeping nothing on disk."""

    def __init__(self) -> None:
        super().__init__()
        self.port = free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = self.run(
            program("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"
        )
        wait_for(lambda: listens(self.port), "Redis")
