"""Ports for servers that are told theirs."""

from __future__ import annotations

import random
import socket
from contextlib import suppress

#: Below those that a system hands out to whoever asks for any, as browsers, their drivers and every connection do:
#: none of these takes one between its choice and its use, or while a server that is stopped comes back.
OURS = range(20_000, 32_000)


def free_port() -> int:
    """A free port of 127.0.0.1."""
    while True:
        port = random.SystemRandom().choice(OURS)  # not what another process chooses just now
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
