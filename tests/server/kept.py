"""What a part has written into its folder, read while it is at work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def contents(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file under ``folders``. One that its owner takes away or renames meanwhile is passed over, as PostgreSQL
    does with its caches, SQLite with its journals, a mail server with new mail.
    """
    for folder in folders:
        for place, _, names in os.walk(folder):
            for file in (Path(place, name) for name in names):
                try:
                    if file.is_file():  # no socket
                        yield file, file.read_bytes()
                except FileNotFoundError:
                    continue


def traces(marker: bytes, *folders: Path) -> list[str]:
    """The files under ``folders`` that hold ``marker``, in capitals or not."""
    return [str(file) for file, data in contents(*folders) if marker.lower() in data.lower()]
