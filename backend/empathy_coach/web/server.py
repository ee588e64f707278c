"""The backend under waitress, on the loopback address unless a team's server says otherwise."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from empathy_coach.errors import CoachError
from empathy_coach.services.house import Services, open_services
from empathy_coach.services.memory import settle
from empathy_coach.settings import Settings
from empathy_coach.web.app import create_app

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
_REFUSED_UNREAD = 26 * 1024 * 1024  # bytes of a body, room for a lead's upload; the API itself takes 1 MB
_IN_MEMORY = 2 * _REFUSED_UNREAD  # waitress puts more than this into a file, and nobody's text goes to disk
_SLOW_CLIENT = 20  # seconds without a byte
_CONNECTIONS = 500  # Windows' select() takes 512


class _Refusal(ErrorTask):  # type: ignore[misc] # waitress ships no types
    """What waitress answers to malformed requests, without the words that it repeats from them."""

    def execute(self) -> None:
        self.request.error.body = "This is not a request that can be answered."
        super().execute()


class _Channel(HTTPChannel):  # type: ignore[misc] # as above
    error_task_class = _Refusal


class Server:
    """One backend in this process. ``settings.port`` is its real port: another free one when the wish was taken."""

    def __init__(self, settings: Settings) -> None:
        """Take the port, load the rules, open the database. Raises CoachError saying what is wrong."""
        listening = listen(settings.port, settings.host, insist=settings.public_url is not None)
        try:
            self.settings = settings.model_copy(update={"port": listening.getsockname()[1]})
            self.services: Services = open_services(self.settings)
            announce(self.settings, self.services)
        except BaseException:
            listening.close()
            raise
        self._sockets: dict[int, Any] = {}
        self._thread: threading.Thread | None = None
        self._waitress = create_server(
            create_app(self.settings, self.services),
            map=self._sockets,
            sockets=[listening],
            threads=self.settings.threads,
            channel_timeout=_SLOW_CLIENT,
            cleanup_interval=5,
            connection_limit=_CONNECTIONS,
            max_request_body_size=_REFUSED_UNREAD,
            inbuf_overflow=_IN_MEMORY,
            outbuf_overflow=_IN_MEMORY,
            asyncore_use_poll=hasattr(wasyncore.select, "poll"),
            ident=None,
        )
        self._waitress.channel_class = _Channel

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.settings.port}"

    def run(self) -> None:
        """Serve until Ctrl-C, SystemExit or ``stop``."""
        settle()
        self._waitress.run()

    def start(self) -> None:
        """Serve in a thread of its own, until ``stop``."""
        self._thread = threading.Thread(target=self.run, name="empathy-coach", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End ``run``, from whichever thread, and wait for it when ``start`` was used."""
        self._close()
        if self._thread is not None:
            self._thread.join()
        self.services.close()

    def read_rules(self) -> None:
        """Read the rule files again, and tell the other servers of the team."""
        self.services.rules.reload()
        announce(self.settings, self.services)

    def finish(self, patience: float = 30.0) -> None:
        """End ``run`` like ``stop``, once what is under way is answered. To be called from another thread than it."""
        self._waitress.trigger.pull_trigger(lambda: wasyncore.dispatcher.close(self._waitress))  # nobody new
        ends = time.monotonic() + patience
        while self._under_way() and time.monotonic() < ends:
            time.sleep(0.02)
        self._close()

    def _close(self) -> None:
        """Have ``run`` close everything, the trigger that wakes it too, and end."""
        self._waitress.task_dispatcher.shutdown()  # who has just answered wakes it a last time
        trigger = self._waitress.trigger
        with trigger.lock:  # else whoever wakes it just now would have it closed before it is pulled here
            trigger.thunks.append(lambda: wasyncore.close_all(self._sockets))
            trigger.pull_trigger()

    def _under_way(self) -> bool:
        channels = list(self._waitress.active_channels.values())
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


def announce(settings: Settings, services: Services) -> None:
    """Where there may be other servers, tell them when the rule files here are newer."""
    if settings.database_url:
        try:
            services.team_rules.announce()
        except CoachError as error:
            log.error("The other servers could not be told of the rules here. %s", error)


def listen(wish: int, host: str = HOST, insist: bool = False) -> socket.socket:
    """A listening socket at port ``wish``, or at another free one when it is taken.

    With ``insist``, that is an error (a proxy would look for it there): raises CoachError.
    """
    try:
        return _listening(host, wish)
    except OSError as error:
        if insist:
            raise CoachError(f"Port {wish} on {host} cannot be used ({error.strerror}).") from None
        return _listening(host, 0)  # any free one


def _listening(host: str, port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows this option would let two servers share a port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        # At once: two sockets may be bound to one port as long as neither of them listens.
        found.listen()
    except OSError:
        found.close()
        raise
    return found
