"""``coach console``."""

from __future__ import annotations

import json
import urllib.request
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from empathy_coach.cli import options
from empathy_coach.errors import CoachError
from empathy_coach.settings import LOOPBACK, load_settings

if TYPE_CHECKING:
    from empathy_coach.web.server import Server

_PATIENCE = 20  # seconds


@click.command("console")
@click.option("--port", type=int, help="The port of the backend (default 8737).")
@options.config
@options.data_dir
@click.option("--rules-dir", type=click.Path(path_type=Path), help="The folder of the rules.")
@click.option("--team", help="The team whose choices in teams/ apply.")
@click.option("--no-open", is_flag=True, help="Only print the link.")
def command(no_open: bool, **arguments: Any) -> None:
    """Open the team lead's pages: rules to browse, write, try, publish and take back.

    Prints a link that signs you in, once, within ten minutes. When no backend runs here yet, this starts one and
    serves until Ctrl-C.
    """
    from empathy_coach.services.secret import open_secret
    from empathy_coach.services.sign_in import SignIn
    from empathy_coach.services.tries import Tries
    from empathy_coach.storage.database import Database

    settings = load_settings(**arguments)
    if settings.accounts:
        raise CoachError("This server has accounts: sign in at /sign-in. `coach users` makes accounts.")
    database = Database(settings.database)
    sign_in = SignIn(database, Tries(database, open_secret(settings.secret)))

    def show(address: str) -> None:
        link = f"{address}/console/sign-in?link={sign_in.new_link()}"
        click.echo(link)
        if not no_open and _has_display():
            webbrowser.open(link)

    def started(server: Server) -> None:
        show(server.url)

    if _answers(f"http://{LOOPBACK[0]}:{settings.port}") or settings.public_url:
        show(settings.url)
        return
    from empathy_coach.cli.serve import run

    run(settings, started)


def _answers(address: str) -> bool:
    """Whether a backend of ours runs there. One that is just starting takes the connection, and answers in a while."""
    try:
        with urllib.request.urlopen(f"{address}/v1/health", timeout=_PATIENCE) as answer:  # noqa: S310 - our own address
            return bool(json.load(answer) == {"status": "ok"})
    except (OSError, ValueError):
        return False


def _has_display() -> bool:
    from empathy_coach.demo.browser import has_display

    return has_display()
