"""The first command of the README from its hand-over on: what it prints, serves and leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from engines import wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to see what was left behind")


@contextmanager
def demo(folder, *options):
    """`coach demo` without a display; ended by Ctrl-C, after which nothing of it may be there."""
    process = subprocess.Popen(
        [Path(sys.executable).with_name("coach"), "demo", "--data-dir", folder, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")},
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=120)
    assert process.returncode == 0, rest
    assert "Stopped." in rest
    wait_for(lambda: left_behind(str(folder)) == [], "the end of all it started", 30)


def printed_until(process, start):
    """What it prints up to the line that begins with ``start``."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(start):
            return "".join(lines)
    raise AssertionError("".join(lines))


@pytest.mark.parametrize("ticket", [1, 3])  # a textarea, and rich text
def test_the_demo_shows_a_ticket_and_goes_on_serving(tmp_path, ticket):
    with demo(tmp_path, "--ticket", str(ticket)) as process:
        text = printed_until(process, "Still serving")
        assert "There is no display" in text
        assert "The coach shows" in text
        assert "A possible rewording" in text
        assert (tmp_path / "demo.png").stat().st_size > 10_000
        desk = text.split("a help desk to try it on, at ")[1].split()[0]
        with urllib.request.urlopen(f"{desk}/tickets/{ticket}", timeout=60) as answer:
            assert "empathy-demo" in answer.read().decode()


def test_ctrl_c_while_the_browser_starts(tmp_path):
    with demo(tmp_path) as process:
        printed_until(process, "There is no display")
        while not left_behind(str(tmp_path / "browser")):
            assert process.poll() is None


def left_behind(folder):
    """The command lines that name the demo's folder: its browser's, if any still runs."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue  # ended meanwhile
        if any(folder.encode() in word for word in words):
            found.append(words)
    return found
