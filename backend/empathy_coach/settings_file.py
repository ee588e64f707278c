"""The file of a team's server: TOML, one key a setting. Problems name the file, the line and the key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from empathy_coach.errors import SettingsError


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a file says; nothing when there is none."""

    path: Path | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, key: str) -> str:
        """Where a key of the file stands, as ``team.toml:3``."""
        return f"{self.path}:{self.lines.get(key, 1)}"


def read_settings_file(path: Path) -> SettingsFile:
    """Read ``path``. Raises SettingsError when it cannot be read or is no TOML, or has tables in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{path}: cannot be read ({reason}).") from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        raise SettingsError(f"{path}:{line}: {str(error).partition(' (at ')[0]}.") from None
    lines: dict[str, int] = {}
    for number, line_of in enumerate(text.splitlines(), 1):
        key = re.match(r"\s*\[*\s*[\"']?([A-Za-z0-9_-]+)", line_of)
        if key:
            lines.setdefault(key[1], number)
    file = SettingsFile(path, values, lines)
    for name, value in values.items():
        if isinstance(value, dict):
            raise SettingsError(f"{file.place(name)}: {name}: settings stand side by side, without [sections].")
    return file
