"""Set up Empathy Coach from nothing and run it:  python3 backend/start.py

Needs Python 3.11 or later and nothing else. Makes `.venv`, installs the package into it, and hands over to
`coach demo`. On Debian it also installs Chromium when there is no browser to show the coach in;
`--no-install` leaves the system as it is. A second start finds everything there and takes no time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
SCRIPTS = "Scripts" if WINDOWS else "bin"
BROWSER = ("chromium", "chromium-driver", "fonts-dejavu-core")


def say(text: str) -> None:
    """Print at once, also when the output goes into a file."""
    print(text, flush=True)


def apt_install(packages: tuple[str, ...], purpose: str) -> bool:
    """Install Debian packages; False where that cannot be done here. Asks for the password through sudo."""
    if not shutil.which("apt-get"):
        return False
    patient = ("-o", "DPkg::Lock::Timeout=300")  # where something else is installing just now
    command = ["apt-get", *patient, "install", "-y", "--no-install-recommends", *packages]
    as_root: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return False
        as_root = ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
    say(f"Installing {purpose} from apt: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], command):
        # apt's own chatter is kept for the case that it fails.
        done = subprocess.run([*as_root, *step], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            say(done.stdout.decode(errors="replace"))
    return done.returncode == 0


def make_venv(folder: Path) -> None:
    """A virtual environment at ``folder``. Debian keeps a part of that in a package of its own."""
    try:
        import ensurepip  # noqa: F401 - only to see whether it is there
    except ImportError:
        if not apt_install((f"python{sys.version_info[0]}.{sys.version_info[1]}-venv",), "Python's venv"):
            sys.exit("Python's venv is missing here. On Debian and Ubuntu:  sudo apt install python3-venv")
    if folder.exists():
        shutil.rmtree(folder)
    # A process of its own, because this one may have started without ensurepip.
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)


def install(folder: Path, *what: str) -> Path:
    """Install ``what`` (pip's arguments) into the virtual environment ``folder``, unless that was done before.

    Returns the folder of its programs. What was installed is written down with the contents of pyproject.toml,
    so that a change there installs anew.
    """
    programs = folder / SCRIPTS
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + repr((what, sys.version)).encode()).hexdigest()
    stamps = folder / "installed.txt"
    if stamps.exists() and wanted in stamps.read_text("utf-8").split():
        return programs
    if not all((programs / (name + ".exe" * WINDOWS)).exists() for name in ("python", "pip")):
        make_venv(folder)
    say(f"Installing into {folder.name}: {' '.join(what)}")
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    if subprocess.run([str(programs / "python"), "-m", "pip", "install", *quiet, *what], cwd=ROOT).returncode:
        sys.exit("That did not work; pip says why above. Nothing outside this folder was changed.")
    with stamps.open("a", encoding="utf-8") as file:
        file.write(wanted + "\n")
    return programs


def offer_browser(python: Path) -> None:
    """Install Chromium when there is no browser that can show the coach."""
    found = subprocess.run([str(python), "-m", "empathy_coach.demo.browser"], stdout=subprocess.DEVNULL).returncode
    if found != 0 and not WINDOWS and not apt_install(BROWSER, "a browser (skip with --no-install)"):
        say("To see the coach at work, install Chromium, Microsoft Edge or Brave. It is served without it too.")


def main() -> int:
    """Set up, then become `coach demo` with the arguments that are left."""
    if sys.version_info < (3, 11):  # noqa: UP036 - runs on whatever Python it is started with
        sys.exit(f"Empathy Coach needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    arguments = [word for word in sys.argv[1:] if word != "--no-install"]
    programs = install(VENV, "-e", ".")
    if "--no-install" not in sys.argv:
        offer_browser(programs / "python")
    command = [str(programs / "coach"), "demo", *arguments]
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606 - becomes the demo, so Ctrl-C and signals reach it directly
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the demo got the same Ctrl-C and is ending


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
