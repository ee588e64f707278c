"""Where the folders lie that ship beside the package: in the repository, or within an installed wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: Literal["coach_rules", "extension"]) -> Path:
    """The folder of the rules or of the extension."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name
