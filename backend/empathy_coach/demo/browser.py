"""Finds a browser of the Chromium family and starts it with the extension.

``python -m empathy_coach.demo.browser`` prints the one that is found; its exit status is 1 when there is none that
can show the coach here (with no display, a chromedriver is needed too).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from empathy_coach.shipped import shipped

EXTENSION = shipped("extension")
CHROME = "Google Chrome"

# In order of preference. Google's own build comes last: it does not take an extension from the command line.
_LINUX = {
    "Chromium": ("/usr/lib/chromium/chromium", "chromium", "chromium-browser"),
    "Microsoft Edge": ("microsoft-edge", "microsoft-edge-stable"),
    "Brave": ("brave-browser", "brave"),
    "Vivaldi": ("vivaldi", "vivaldi-stable"),
    CHROME: ("google-chrome", "google-chrome-stable"),
}
_MACOS = {
    "Chromium": "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge": "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Brave": "Brave Browser.app/Contents/MacOS/Brave Browser",
    "Vivaldi": "Vivaldi.app/Contents/MacOS/Vivaldi",
    CHROME: "Google Chrome.app/Contents/MacOS/Google Chrome",
}
_WINDOWS = {
    "Chromium": r"Chromium\Application\chrome.exe",
    "Microsoft Edge": r"Microsoft\Edge\Application\msedge.exe",
    "Brave": r"BraveSoftware\Brave-Browser\Application\brave.exe",
    "Vivaldi": r"Vivaldi\Application\vivaldi.exe",
    CHROME: r"Google\Chrome\Application\chrome.exe",
}


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser on this machine."""

    name: str
    program: Path

    @property
    def takes_extension(self) -> bool:
        """Whether it loads an unpacked extension named on its command line (Google Chrome does not since 137)."""
        return self.name != CHROME


def _places(name: str) -> list[str | Path]:
    if sys.platform == "darwin":
        return [Path(folder).expanduser() / _MACOS[name] for folder in ("/Applications", "~/Applications")]
    if sys.platform == "win32":
        folders = (os.environ.get(key) for key in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
        return [Path(folder) / _WINDOWS[name] for folder in folders if folder]
    return list(_LINUX[name])


def find_browser() -> Browser | None:
    """The first browser found, by preference."""
    for name in _LINUX:
        for place in _places(name):
            if found := shutil.which(place):
                return Browser(name, Path(found))
    return None


def find_driver() -> Path | None:
    """The chromedriver on PATH. None is ever fetched from the network."""
    found = shutil.which("chromedriver")
    return Path(found) if found else None


def has_display() -> bool:
    """Whether a window can be shown. macOS and Windows always have a desktop."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def extension_id(folder: Path = EXTENSION) -> str:
    """The id that the manifest's fixed key gives the extension: sha256 of the key, its hex digits as a to p."""
    key = json.loads((folder / "manifest.json").read_text("utf-8"))["key"]
    digits = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digits)


def flags(profile: Path) -> list[str]:
    """What the browser is started with: a profile of its own, the extension, and nothing it would ask first."""
    given = [
        f"--user-data-dir={profile}",
        f"--load-extension={EXTENSION}",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",  # nothing leaves the machine, not for the browser's own ends either
        "--disable-component-update",
        "--disable-sync",
    ]
    if sys.platform == "linux" and os.geteuid() == 0:
        given.append("--no-sandbox")  # Chromium does not start as root with it
    return given


def open_window(browser: Browser, profile: Path, address: str) -> subprocess.Popen[bytes]:
    """Start the browser on ``address``, in a process group of its own so that all of it can be ended."""
    return subprocess.Popen(
        [str(browser.program), *flags(profile), address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started. No harm when it has ended already."""
    if sys.platform == "win32":
        tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return
    import signal

    for name, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, name)
        except ProcessLookupError:
            return
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    browser = find_browser()
    usable = browser is not None and (has_display() or find_driver() is not None)
    print(browser.program if browser else "none")
    sys.exit(0 if usable else 1)
