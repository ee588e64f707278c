"""``coach serve``."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from empathy_coach.cli import options
from empathy_coach.settings import Settings, load_settings

if TYPE_CHECKING:
    from empathy_coach.web.server import Server


@click.command("serve")
@click.option("--port", type=int, help="The port on 127.0.0.1 (default 8737; another free one when it is taken).")
@options.config
@options.data_dir
@click.option("--rules-dir", type=click.Path(path_type=Path), help="The folder of the rules.")
@click.option("--team", help="The team whose choices in teams/ apply.")
def command(**arguments: Any) -> None:
    """Serve the API on this machine until Ctrl-C.

    A client needs a token: `coach pair` shows a code for it. On Linux and macOS, the signal HUP reads the rules
    again. All settings: `coach settings`.
    """
    run(load_settings(**arguments))


def run(settings: Settings, ready: Callable[[Server], None] = lambda _: None) -> None:
    """Serve until Ctrl-C. ``ready`` is called once requests are answered."""
    from empathy_coach.web import logs
    from empathy_coach.web.server import Server

    logs.set_up()
    server = Server(settings)
    if server.settings.port != settings.port:
        click.echo(f"Port {settings.port} is taken.", err=True)
    click.echo(f"Empathy Coach answers at {server.url}. Stop it with Ctrl-C.")
    ready(server)

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    def reload_rules(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.services.rules.reload, name="reload-rules").start()

    signal.signal(signal.SIGTERM, end)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, reload_rules)
    try:
        server.run()
    finally:
        server.services.shadow.write()
