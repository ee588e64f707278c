"""Puts the rules and the extension into a wheel, where the package finds them when there is no repository around it.

Run by setuptools (`[tool.setuptools.cmdclass]` in pyproject.toml). An installation with `-e` uses the repository.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools.command.build_py import build_py

_ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("coach_rules", "extension")


class BuildPy(build_py):
    """The usual build, and then the folders that lie beside the package."""

    def run(self) -> None:
        """Called by setuptools."""
        super().run()
        if self.editable_mode:
            return
        for name in SHIPPED:
            target = Path(self.build_lib) / "empathy_coach" / "_shipped" / name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(_ROOT / name, target)
