"""The wheel, in an environment that knows nothing of this repository: it scores, serves, and has all it needs."""

from __future__ import annotations

import json
import os
import re
import shutil
import site
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("backend", "coach_rules", "extension"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(source)], check=True)
    shutil.rmtree(source)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path) -> Path:
    """An environment with the wheel. What it depends on is borrowed from ours, to do without a network."""
    folder = wheel.parent / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    packages = next(folder.glob("lib/python*/site-packages"))
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True, env=_plain())
    borrowed = next(path for path in site.getsitepackages() if Path(path).is_dir())
    (packages / "borrowed.pth").write_text(
        borrowed + "\n"
    )  # the .pth files in there, ours among them, count for nothing
    return folder / "bin"


def _plain() -> dict[str, str]:
    """The environment without what leads to this repository."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONPATH" and not k.startswith("EMPATHY_COACH_")}


def run(programs: Path, *command: str, **more: Any) -> str:
    done = subprocess.run(
        [str(programs / command[0]), *command[1:]],
        capture_output=True, text=True, timeout=120, cwd=programs, env=_plain(), **more,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_rules_extension_console_and_migrations_are_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    def relative(folder: str) -> set[str]:
        return {
            str(p.relative_to(ROOT)) for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts
        }

    for folder in ("coach_rules", "extension"):
        assert {f"empathy_coach/_shipped/{name}" for name in relative(folder)} <= names
    code = {name.removeprefix("backend/") for name in relative("backend/empathy_coach")}
    making = "empathy_coach/corpus/"  # what the weights are made from stays at home
    wanted = {n for n in code if not n.endswith(".tsv") and (n.endswith(".py") or not n.startswith(making))}
    assert wanted <= names and not any(n.endswith((".npz", ".jsonl")) for n in names if n.startswith(making))
    assert not [name for name in names if name.startswith(("tests/", "shipping"))]


def test_it_scores_from_its_own_rules(programs: Path, angry: dict[str, Any]) -> None:
    where = run(programs, "python", "-c", "import empathy_coach; print(empathy_coach.__file__)")
    assert str(programs.parent) in where
    settings = run(programs, "coach", "settings")
    assert f"EMPATHY_COACH_RULES_DIR={programs.parent}" in settings
    report = json.loads(run(programs, "coach", "score", "--jsonl", input=json.dumps(angry)))
    assert [finding for finding in report["findings"] if finding.get("fault") == "blame"]


def test_it_packs_its_extension(programs: Path, tmp_path: Path) -> None:
    run(programs, "coach", "extension", "pack", "--to", str(tmp_path))
    assert len(list(tmp_path.glob("*.zip"))) == 2


def test_the_lock_file_has_what_the_project_asks_for() -> None:
    """Made anew by the command that stands at its head."""
    lock = (ROOT / "backend/deploy/requirements.lock").read_text("utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+) \\\n    --hash=sha256:", lock, flags=re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [Requirement(line) for line in [*project["dependencies"], *project["optional-dependencies"]["server"]]]
    assert [str(w) for w in wanted if not w.specifier.contains(locked.get(w.name, "0"))] == []
