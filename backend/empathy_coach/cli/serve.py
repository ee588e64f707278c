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
@click.option(
    "--port",
    type=int,
    help="The port (default 8737; another free one when it is taken, but not with --config's public_url).",
)
@options.config
@options.data_dir
@click.option("--workers", type=int, help="How many processes answer (default 1).")
@click.option("--rules-dir", type=click.Path(path_type=Path), help="The folder of the rules.")
@click.option("--team", help="The team whose choices in teams/ apply.")
def command(**arguments: Any) -> None:
    """Serve the API on this machine until Ctrl-C.

    A client needs a token: `coach pair` shows a code for it. On Linux and macOS, the signal HUP reads the rules
    again, and TERM ends it once what is under way is answered. A team's server: `coach serve --config team.toml`.
    All settings: `coach settings`.
    """
    settings = load_settings(**arguments)
    if settings.workers > 1:
        from empathy_coach.web.processes import serve

        serve(settings)
    else:
        run(settings)


def run(settings: Settings, ready: Callable[[Server], None] = lambda _: None) -> None:
    """Serve until Ctrl-C. ``ready`` is called once requests are answered."""
    from empathy_coach.web import logs
    from empathy_coach.web.server import Server

    logs.set_up(settings.log_format)
    server = Server(settings)
    if server.settings.port != settings.port:
        click.echo(f"Port {settings.port} is taken.", err=True)
    click.echo(f"Empathy Coach answers at {server.url}. Stop it with Ctrl-C.")
    ready(server)

    def end(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.finish, name="finish").start()

    def reload_rules(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.read_rules, name="reload-rules").start()

    signal.signal(signal.SIGTERM, end)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, reload_rules)
    try:
        server.run()
    finally:
        server.services.close()
