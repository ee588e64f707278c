"""Serves Harbour Desk from this process, on 127.0.0.1 only."""

from __future__ import annotations

import threading
from pathlib import Path

from waitress.server import create_server

from empathy_coach.demo.desk import create_desk
from empathy_coach.web.server import HOST, listen

DESK_PORT = 8738


class Desk:
    """The demo help desk on ``DESK_PORT``, or on a free port when that one is taken. Ends with the process."""

    def __init__(self, file: Path) -> None:
        """``file`` keeps the tickets and what was sent."""
        listening = listen(DESK_PORT)
        address = f"{HOST}:{listening.getsockname()[1]}"
        self.url = f"http://{address}"
        self._waitress = create_server(create_desk(file, frozenset({address})), sockets=[listening], ident=None, map={})

    def start(self) -> None:
        """Serve in a thread of its own."""
        threading.Thread(target=self._waitress.run, name="harbour-desk", daemon=True).start()

    def ticket(self, number: int) -> str:
        """The address of one ticket."""
        return f"{self.url}/tickets/{number}"
