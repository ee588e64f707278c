"""Finding a browser, naming the extension, ending what was started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from empathy_coach.demo import browser


def test_the_id_follows_from_the_key(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps({"key": "AAAA"}), "utf-8")
    # sha256 of three zero bytes begins with 709e80c88487a2411e1ee4dfb9f22a86.
    assert browser.extension_id(tmp_path) == "hajoiamiieihkcebbobooenpljpcckig"


def test_the_shipped_extension_has_an_id():
    found = browser.extension_id()
    assert len(found) == 32
    assert set(found) <= set("abcdefghijklmnop")


@pytest.mark.skipif(sys.platform != "linux", reason="the names on PATH are those of Linux")
def test_a_browser_that_takes_extensions_is_preferred(tmp_path, monkeypatch):
    for name in ("google-chrome", "brave-browser"):
        program = tmp_path / name
        program.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(browser._LINUX, "Chromium", ("chromium",))
    assert browser.find_browser() == browser.Browser("Brave", tmp_path / "brave-browser")
    (tmp_path / "brave-browser").unlink()
    only_chrome = browser.find_browser()
    assert only_chrome is not None
    assert not only_chrome.takes_extension


@pytest.mark.skipif(os.name == "nt", reason="process groups of POSIX")
def test_end_ends_children_too(tmp_path):
    file = tmp_path / "child"
    parent = subprocess.Popen(
        ["sh", "-c", f"sleep 600 & echo $! > {file}.new; mv {file}.new {file}; wait"],
        start_new_session=True,
    )
    while not file.exists():
        assert parent.poll() is None
    child = int(file.read_text())
    browser.end(parent)
    assert parent.poll() is not None
    patience = time.monotonic() + 10  # the signal is on its way
    while alive(child):
        assert time.monotonic() < patience
    browser.end(parent)  # once more does no harm


def alive(process: int) -> bool:
    """Whether it runs; one that ended and waits to be noticed by its new parent does not."""
    stat = Path(f"/proc/{process}/stat")
    if sys.platform == "linux":
        try:
            return stat.read_text().rpartition(")")[2].split()[0] != "Z"
        except (FileNotFoundError, ProcessLookupError):
            return False
    return subprocess.run(["ps", "-p", str(process)], stdout=subprocess.DEVNULL, check=False).returncode == 0
