"""The packages for the browsers' stores: the same bytes twice, nothing in them for developers, no error of the linter."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.pageserver import NODE_MODULES

from empathy_coach.cli.extension import pack


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    files = list(pack(tmp_path_factory.mktemp("packages")))
    return {file.stem.rsplit("-", 1)[1]: file for file in files}


def test_the_same_bytes_twice(packages: dict[str, Path], tmp_path: Path) -> None:
    again = list(pack(tmp_path))
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in packages.values()]


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_what_is_in_it(browser: str, packages: dict[str, Path]) -> None:
    with ZipFile(packages[browser]) as package:
        names = set(package.namelist())
        manifest = json.loads(package.read("manifest.json"))
    assert "key" not in manifest
    assert not [name for name in names if name.endswith((".md", ".d.ts"))]
    started = manifest["background"].get("scripts", [manifest["background"].get("service_worker")])
    assert names.issuperset(started)
    assert len(manifest["background"]) == 1


def test_the_stores_linter_finds_no_error(packages: dict[str, Path], tmp_path: Path) -> None:
    with ZipFile(packages["firefox"]) as package:
        package.extractall(tmp_path)
    web_ext = NODE_MODULES / "web-ext" / "bin" / "web-ext.js"
    command = [shutil.which("node") or "node", web_ext, "lint", "--no-config-discovery", "--output=json"]
    done = subprocess.run(
        [*command, f"--source-dir={tmp_path}"], env={**os.environ, "CI": "true"}, capture_output=True, text=True
    )
    found = json.loads(done.stdout[done.stdout.index("{") :])
    assert (found["errors"], found["warnings"]) == ([], [])
