"""The backend as several processes, under gunicorn: for a team's server, behind a proxy.

gunicorn because it is the plainest of the proven ones: a parent that loads the rules once and forks, so that the
processes share that memory, one that is killed is back in a moment, and a stop or a reload finishes what is under
way. It is made to stand behind a proxy that takes slow clients off its hands; the example has nginx there.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import time
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from empathy_coach.errors import StorageError
from empathy_coach.services.house import Services, open_services
from empathy_coach.services.live_rules import LiveRules
from empathy_coach.services.memory import settle
from empathy_coach.settings import Settings
from empathy_coach.web import logs
from empathy_coach.web.server import announce
from empathy_coach.web.vitals import SHARED

_FINISH = 30  # seconds for what is under way when the server is stopped
_KEPT_OPEN = 75  # seconds; longer than nginx keeps its own end
_TRIES = 20  # seconds a new process waits for a database that is away

log = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Serve with ``settings.workers`` processes until TERM. Raises CoachError when that cannot begin."""
    logs.set_up(settings.log_format)
    shared = tempfile.mkdtemp(prefix="coach-metrics-")
    os.environ[SHARED] = shared
    try:
        _Parent(settings).run()
    finally:
        shutil.rmtree(shared, ignore_errors=True)


class _Parent(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    """The parent process: it holds the rules and answers nothing itself."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rules = LiveRules(settings.rules_dir, settings.team)
        self._begin()
        settle()  # also so that the processes go on sharing what is here now
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn, at the start and at each reload."""
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        values: dict[str, Any] = {
            "bind": f"{host}:{self.settings.port}",
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "worker_class": "gthread",
            "graceful_timeout": _FINISH,
            "timeout": 60,
            "keepalive": _KEPT_OPEN,
            "logger_class": _Log,
            "secure_scheme_headers": {},  # what a request says of its own scheme is not believed
            "control_socket_disable": True,
            "on_reload": lambda _arbiter: self._read_again(),
            "child_exit": lambda _arbiter, worker: _forget(worker.pid),
            "worker_exit": lambda _arbiter, worker: worker.app.close(),
        }
        for name, value in values.items():
            if name in self.cfg.settings:  # the control socket came with gunicorn 25
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called by gunicorn in each of its processes."""
        from empathy_coach.web.app import create_app

        self._services = self._open()
        return create_app(self.settings, self._services)

    def close(self) -> None:
        """Called in a process that ends."""
        services: Services | None = getattr(self, "_services", None)
        if services is not None:
            services.close()

    def _open(self) -> Services:
        """The services of one process. While the database is away, it waits; its parent then starts it again."""
        ends = time.monotonic() + _TRIES
        while True:
            try:
                return open_services(self.settings, self.rules)
            except StorageError as error:
                log.warning("A process cannot begin yet. %s", error)
                if time.monotonic() > ends:
                    sys.exit(0)
                time.sleep(1)

    def _begin(self) -> None:
        """Bring the tables up to date, and say when the rules here are newer: once, before there are several."""
        services = open_services(self.settings, self.rules)
        announce(self.settings, services)
        services.database.close()

    def _read_again(self) -> None:
        self.rules.reload()
        try:
            self._begin()
        except StorageError as error:
            log.error("The other servers could not be told of the rules here. %s", error)


class _Log(Logger):  # type: ignore[misc] # gunicorn ships no types
    """gunicorn's own log, into ours, which knows what may be said."""

    def setup(self, cfg: Any) -> None:
        """Leave the handlers as ``logs.set_up`` made them."""
        self.loglevel = logging.INFO
        self.error_log.setLevel(self.loglevel)
        self.error_log.propagate = True

    def access(self, *_: Any) -> None:
        """Nothing: each request is logged by ``logs``."""

    def reopen_files(self) -> None:
        """Nothing: there are none."""


def _forget(pid: int) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)  # type: ignore[no-untyped-call] # it has none
