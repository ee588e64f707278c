"""Real help desks, started for the tests from the packages in .venv-desks."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.whole_way import ANGRY, TITLE

ROOT = Path(__file__).resolve().parents[3]
PYTHON = ROOT / ".venv-desks" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


@dataclass(frozen=True)
class Desk:
    """A desk that runs: where it answers, and the folder with its database."""

    url: str
    folder: Path


@contextmanager
def running(server: str, folder: Path) -> Iterator[Desk]:
    """The desk that ``servers/SERVER`` serves; it prints its address when it is ready."""
    if not PYTHON.exists():
        pytest.fail("The real desks are not installed. python3 tests/run.py does it.")
    log = folder / "server.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [PYTHON, Path(__file__).parent / "servers" / server, folder],
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    try:
        address = next((line for line in process.stdout if line.startswith(b"http")), None)
        if address is None:
            pytest.fail(f"{server} did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
        yield Desk(address.decode().strip(), folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()


@pytest.fixture(scope="session")
def django_helpdesk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running("django_helpdesk.py", tmp_path_factory.mktemp("django-helpdesk")) as desk:
        yield desk


@pytest.fixture(scope="session")
def roundup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running("roundup_desk.py", tmp_path_factory.mktemp("roundup")) as desk:
        yield desk


def written(folder: Path) -> Path:
    """``folder`` with the customer's ticket, for desks whose customers write mails."""
    (folder / "ticket.txt").write_text(f"{TITLE}\n{ANGRY}\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def request_tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    needs("rt-setup-database-5")
    with running("request_tracker.py", written(tmp_path_factory.mktemp("request-tracker"))) as desk:
        yield desk


@pytest.fixture(scope="session")
def roundcube(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    needs("dovecot", "php")
    with running("roundcube.py", written(tmp_path_factory.mktemp("roundcube"))) as desk:
        yield desk


def needs(*programs: str) -> None:
    """Skip, and say so, where Debian's packages cannot be had."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (tests/run.py installs them on Debian, as root)")
