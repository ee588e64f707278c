"""``coach serve``."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Any

import click

from empathy_coach.settings import load_settings


@click.command("serve")
@click.option("--port", type=int, help="The port on 127.0.0.1 (default 8737; another free one when it is taken).")
@click.option("--data-dir", type=click.Path(path_type=Path), help="The folder of the database.")
@click.option("--rules-dir", type=click.Path(path_type=Path), help="The folder of the rules.")
@click.option("--team", help="The team whose choices in teams/ apply.")
def command(**arguments: Any) -> None:
    """Serve the API on this machine until Ctrl-C.

    A client needs a token: `coach pair` shows a code for it. On Linux and macOS, the signal HUP reads the rules
    again. All settings: `coach settings`.
    """
    from empathy_coach.web import logs
    from empathy_coach.web.server import Server

    logs.set_up()
    settings = load_settings(**arguments)
    server = Server(settings)
    if server.settings.port != settings.port:
        click.echo(f"Port {settings.port} is taken.", err=True)
    click.echo(f"Empathy Coach answers at {server.url}. Stop it with Ctrl-C.")

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    def reload_rules(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.services.rules.reload, name="reload-rules").start()

    signal.signal(signal.SIGTERM, end)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, reload_rules)
    server.run()
