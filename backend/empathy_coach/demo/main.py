"""The demo: a backend, a help desk, and a browser that has the extension and is paired with the backend."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

import click

from empathy_coach.demo import browser as browsers
from empathy_coach.demo.serving import Desk
from empathy_coach.settings import Settings, load_settings
from empathy_coach.web.server import Server

WHAT_TO_INSTALL = {
    "darwin": "Install Chromium, Microsoft Edge or Brave in Applications",
    "win32": "Microsoft Edge is usually there; else install Chromium or Brave",
}
ON_LINUX = "Install Chromium (on Debian:  sudo apt install chromium chromium-driver)"


def run(*, ticket: int = 1, headless: bool = False, data_dir: Path | None = None) -> None:
    """Serve until Ctrl-C, with a browser on ``ticket`` (1 to 6) where there is one. Raises CoachError."""
    _end_on_signals()
    window: subprocess.Popen[bytes] | None = None
    try:
        settings = load_settings(data_dir=data_dir, access_log=False)
        backend = Server(settings)
        backend.start()
        desk = Desk(settings.data_dir / "harbour-desk.db")
        desk.start()
        click.echo(f"Empathy Coach answers at {backend.url}, and Harbour Desk, a help desk to try it on, at {desk.url}")
        window = _show(backend, desk, settings, ticket, headless or not browsers.has_display())
        click.echo("Still serving. Stop it with Ctrl-C.")
        while True:
            if window is not None and window.poll() is not None:
                window = None
                click.echo(f"The browser is closed. Harbour Desk is still at {desk.url}")
            threading.Event().wait(1)
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    finally:
        if window is not None:
            browsers.end(window)


def _end_on_signals() -> None:
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]

    def end(_signal: int, _frame: FrameType | None) -> None:
        for one in known:
            signal.signal(one, signal.SIG_IGN)  # a second Ctrl-C must not leave the browser behind
        raise KeyboardInterrupt

    # Also where the shell started this in the background, with Ctrl-C switched off.
    for one in known:
        signal.signal(one, end)


def _show(
    backend: Server, desk: Desk, settings: Settings, ticket: int, headless: bool
) -> subprocess.Popen[bytes] | None:
    """Open the browser, or look at the ticket without a window; says what cannot be done."""
    browser = browsers.find_browser()
    if browser is None:
        advice = WHAT_TO_INSTALL.get(sys.platform, ON_LINUX)
        click.echo(f"There is no browser of the Chromium family here. {advice}, then start this again.")
        return None
    if not browser.takes_extension:
        click.echo(_by_hand(browser, backend, desk, ticket))
        return None
    profile = settings.data_dir / "browser"
    address = _paired_address(backend, desk, ticket)
    if not headless:
        click.echo(f"Opening {browser.name} on ticket {ticket}. Put in a hurried draft, or write one.")
        return browsers.open_window(browser, profile, address)
    _look(browser, profile, address, desk.ticket(ticket), settings.data_dir / "demo.png")
    return None


def _paired_address(backend: Server, desk: Desk, ticket: int) -> str:
    """The options page with all that it needs to pair by itself, and to go on to the ticket."""
    given = {
        "pair": backend.services.pairing.new_code(),
        "backend": backend.url,
        "site": desk.url,
        "next": desk.ticket(ticket),
    }
    return f"chrome-extension://{browsers.extension_id()}/pages/options.html#{urlencode(given)}"


def _by_hand(browser: browsers.Browser, backend: Server, desk: Desk, ticket: int) -> str:
    return f"""{browser.name} does not take an extension from a program. To see the coach in it:
  1. open chrome://extensions and switch on Developer mode,
  2. choose Load unpacked, and this folder: {browsers.EXTENSION}
  3. in the coach's options enter {backend.url} and the code {backend.services.pairing.new_code()} (ten minutes),
     and switch the coach on for {desk.url}
  4. open {desk.ticket(ticket)}"""


def _look(browser: browsers.Browser, profile: Path, address: str, ticket: str, picture: Path) -> None:
    driver = browsers.find_driver()
    if driver is None:
        click.echo(f"There is no display, and no chromedriver to work without one. {ON_LINUX}.")
        return
    click.echo(f"There is no display, so this looks at {ticket} without a window.")
    from empathy_coach.demo.headless import UnseenError, look  # Selenium is slow to import, and only needed here

    try:
        seen = look(browser, driver, profile, address, ticket, picture)
    except UnseenError as error:
        click.echo(f"That did not work: {error}")
        return
    click.echo(
        f"\nThe agent types:\n\n{_indent(seen.draft)}\n\nThe coach shows ({seen.badge}):\n\n{_indent(seen.panel)}\n"
    )
    click.echo(f"A picture of it: {picture}")


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" if line.strip() else "" for line in text.splitlines())
