"""The backend under waitress, on the loopback address only."""

from __future__ import annotations

import gc
import os
import socket
import threading
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from empathy_coach.services.house import Services, open_services
from empathy_coach.settings import Settings
from empathy_coach.web.app import create_app

HOST = "127.0.0.1"
_REFUSED_UNREAD = 26 * 1024 * 1024  # bytes of a body, room for a lead's upload; the API itself takes 1 MB
_IN_MEMORY = 2 * _REFUSED_UNREAD  # waitress puts more than this into a file, and nobody's text goes to disk
_SLOW_CLIENT = 20  # seconds without a byte
_CONNECTIONS = 500  # Windows' select() takes 512


class Server:
    """One backend in this process. ``settings.port`` is its real port: another free one when the wish was taken."""

    def __init__(self, settings: Settings) -> None:
        """Take the port, load the rules, open the database. Raises CoachError saying what is wrong."""
        listening = listen(settings.port)
        try:
            self.settings = settings.model_copy(update={"port": listening.getsockname()[1]})
            self.services: Services = open_services(self.settings)
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

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.settings.port}"

    def run(self) -> None:
        """Serve until Ctrl-C, SystemExit or ``stop``."""
        self.services.watch.start()
        gc.collect()
        gc.freeze()  # what is here now stays: rules, modules
        self._waitress.run()

    def start(self) -> None:
        """Serve in a thread of its own, until ``stop``."""
        self._thread = threading.Thread(target=self.run, name="empathy-coach", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End ``run``, from whichever thread, and wait for it when ``start`` was used."""
        self._waitress.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets))
        if self._thread is not None:
            self._thread.join()
        self._waitress.task_dispatcher.shutdown()
        self.services.watch.stop()


def listen(wish: int) -> socket.socket:
    """A listening socket on the loopback address, at port ``wish`` or at another free one when it is taken."""
    try:
        return _listening(wish)
    except OSError:
        return _listening(0)  # any free one


def _listening(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows this option would let two servers share a port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((HOST, port))
        # At once: two sockets may be bound to one port as long as neither of them listens.
        found.listen()
    except OSError:
        found.close()
        raise
    return found
