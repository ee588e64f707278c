"""Set up what the tests need and run them all:  python3 tests/run.py [paths or options for pytest]

Standard library only. On Debian, Chromium, its driver and Node come from apt when they are missing;
elsewhere this says what to install. Each section shows its time; the last line counts everything, the checks of
the code (ruff, mypy, imports, types of the JavaScript) among it. The exit status is 0 when nothing failed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "backend"))

from start import BROWSER, VENV, apt_install, install, say  # noqa: E402 - start.py is not installed

JS = ROOT / "tests" / "js"
DESKS = ROOT / ".venv-desks"
RESULTS = ROOT / ".cache" / "results"
# Real desks, in an environment of their own: they are software to test on, not a part of the coach.
REAL_DESKS = ("django-helpdesk==2.6.1", "Django==5.2.19", "roundup==2.6.0", "waitress==3.0.2")
PROGRAMS = {"chromium": BROWSER[:1], "chromedriver": BROWSER[1:2], "node": ("nodejs",), "npm": ("npm",)}
FIREFOX = ("firefox", "firefox-esr")  # one of them
# Desks and servers that come as Debian packages. They bring services that a system with systemd would start for
# everybody; the tests start them by themselves, each on a port of its own.
SERVICES = {
    "pg_ctlcluster": ("postgresql-15",),
    "redis-server": ("redis-server",),
    "nginx": ("nginx-light",),
    "rt-setup-database-5": ("request-tracker5", "rt5-db-sqlite"),
    "dovecot": ("roundcube-core", "roundcube-sqlite3", "dovecot-imapd", "php-cli", "php-sqlite3"),
}
SEARCHED = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))  # where Debian has what only services call
COUNTED = ("tests", "failures", "errors", "skipped")
FOLDERS = ("unit", "rules", "practice", "api", "golden", "server", "security", "e2e")


@dataclass
class Tally:
    """What passed and failed so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    lines: list[str] = field(default_factory=list)

    def note(self, title: str, passed: int, failed: int, skipped: int, seconds: float) -> None:
        """Add one section."""
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        self.lines.append(f"{title:<28}{passed:>6} passed{failed:>5} failed{skipped:>5} skipped{seconds:>8.1f} s")


def title(text: str) -> None:
    """Start a section."""
    say(f"\n== {text} " + "=" * max(0, 76 - len(text)))


def set_up() -> Path:
    """Install what is missing; returns the folder of the environment's programs."""
    title("Set-up")
    wanted = PROGRAMS if Path("/run/systemd/system").exists() or os.name == "nt" else PROGRAMS | SERVICES
    missing = [name for name in wanted if not shutil.which(name, path=SEARCHED)]
    packages = tuple(package for name in missing for package in wanted[name])
    if not any(shutil.which(name) for name in FIREFOX):
        missing.append("firefox")
        packages += ("firefox-esr",)
    if "chromium" in missing:
        packages += BROWSER[2:]
    if missing and not apt_install(packages, "what the tests need"):
        say(
            f"Not found: {', '.join(missing)}. Please install Chromium with its chromedriver, Firefox, and Node with npm."
        )
        say("Tests that need them will fail.")
    programs = install(VENV, "-e", ".[test]")
    install(DESKS, *REAL_DESKS)
    install_node_modules()
    return programs


def install_node_modules() -> None:
    """`npm ci`, unless the lock file is the one that was installed last."""
    stamp = JS / "node_modules" / ".installed"
    wanted = hashlib.sha256((JS / "package-lock.json").read_bytes()).hexdigest()
    npm = shutil.which("npm")
    if npm and not (stamp.exists() and stamp.read_text() == wanted):
        say("Installing the editors and the type checker of tests/js from npm")
        if subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=JS).returncode == 0:
            stamp.write_text(wanted)


def check(tally: Tally, name: str, *command: str | Path) -> None:
    """Run one check of the code; it counts as one test."""
    title(name)
    started = time.monotonic()
    try:
        failed = subprocess.run([str(part) for part in command], cwd=ROOT).returncode != 0
    except OSError as error:
        say(str(error))
        failed = True
    tally.note(name, not failed, failed, 0, time.monotonic() - started)


def run_tests(tally: Tally, python: Path, name: str, places: list[str], options: list[str]) -> None:
    """Run pytest on ``places`` and count what it reports."""
    title(name)
    started = time.monotonic()
    report = RESULTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    # Colours are pytest's choice, from the terminal it sees.
    code = subprocess.run(
        [str(python), "-m", "pytest", "-q", f"--junitxml={report}", *options, *places], cwd=ROOT
    ).returncode
    if code == 5 and options:  # no test has what was asked for (-k, -m)
        return
    found = ET.parse(report).getroot().find("testsuite") if report.exists() else None
    counts = {key: int(found.get(key, 0)) if found is not None else 0 for key in COUNTED}
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    # A run that broke off without a failing test has failed all the same.
    tally.note(name, max(0, passed), failed or int(code != 0), counts["skipped"], time.monotonic() - started)


def main() -> int:
    """Set up, check, test, count."""
    started = time.monotonic()
    os.chdir(ROOT)
    RESULTS.mkdir(parents=True, exist_ok=True)
    places = [word for word in sys.argv[1:] if Path(word.split("::")[0]).exists()]
    options = [word for word in sys.argv[1:] if word not in places]
    programs = set_up()
    say(f"\nSet up after {time.monotonic() - started:.0f} s")
    tally = Tally()
    python = programs / "python"
    if places:
        run_tests(tally, python, "chosen", places, options)
    else:
        ours = ("backend", "tests")
        check(tally, "ruff", python, "-m", "ruff", "check", "--quiet", *ours)
        check(tally, "ruff format", python, "-m", "ruff", "format", "--check", "--quiet", *ours)
        check(tally, "mypy", python, "-m", "mypy")
        check(tally, "mypy of the two scripts", python, "-m", "mypy", "backend/start.py", "tests/run.py")
        check(tally, "imports", programs / "lint-imports", "--no-cache")
        check(
            tally,
            "types of the JavaScript",
            shutil.which("node") or "node",
            JS / "node_modules/typescript/bin/tsc",
            "-p",
            JS,
        )
        for folder in FOLDERS:
            if any((ROOT / "tests" / folder).rglob("test_*.py")):
                # Two at a time where it saves time; a file's browser tests stay together.
                shared = {"unit": ["-n", "2"], "e2e": ["-n", "2", "--dist", "loadfile"]}.get(folder, [])
                run_tests(tally, python, folder, [f"tests/{folder}"], [*shared, *options])
    title("All together")
    say("\n".join(tally.lines))
    say(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped in {time.monotonic() - started:.0f} s")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
