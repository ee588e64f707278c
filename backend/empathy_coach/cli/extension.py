"""``coach extension``: the browser extension as the stores take it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import click

from empathy_coach.demo.browser import EXTENSION
from empathy_coach.errors import CoachError

# What one browser's store does not know, or does not want: the folder itself runs unpacked in both.
LEFT_OUT: dict[str, tuple[str, ...]] = {
    "chromium": ("key", "browser_specific_settings", "sidebar_action", "background.scripts"),
    "firefox": ("key", "minimum_chrome_version", "side_panel", "storage", "background.service_worker"),
}
FOR_DEVELOPERS = (".md", ".d.ts")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can hold, so that no clock is in it


@click.group("extension")
def command() -> None:
    """The browser extension."""


@command.command("pack")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), default=Path("dist"), show_default=True)
def run(to: Path) -> None:
    """Write the two zip files that the browsers' stores take. The same folder makes the same bytes."""
    try:
        to.mkdir(parents=True, exist_ok=True)
        for file in pack(to):
            click.echo(file)
    except OSError as error:
        raise CoachError(f"The packages cannot be written: {error}") from error


def pack(to: Path, folder: Path = EXTENSION) -> Iterator[Path]:
    """Write a zip file for each browser into ``to``; yields their paths.

    Raises:
        OSError: when ``folder`` cannot be read or ``to`` cannot be written.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and _ships(path.relative_to(folder)))
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for browser in LEFT_OUT:
        target = to / f"empathy-coach-{manifest['version']}-{browser}.zip"
        with ZipFile(target, "w") as package:
            for file in files:
                name = file.relative_to(folder).as_posix()
                ours = name == "manifest.json"
                entry = ZipInfo(name, EARLIEST)
                entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o644 << 16, 3
                package.writestr(entry, manifest_for(browser, manifest) if ours else file.read_bytes(), compresslevel=9)
        yield target


def manifest_for(browser: str, manifest: dict[str, Any]) -> str:
    """The manifest without what only the other browser knows, as JSON."""
    own = json.loads(json.dumps(manifest))
    for path in LEFT_OUT[browser]:
        *outer, last = path.split(".")
        place = own
        for name in outer:
            place = place[name]
        place.pop(last, None)
    if browser == "firefox":
        own["permissions"].remove("sidePanel")
    return json.dumps(own, indent=2, ensure_ascii=False) + "\n"


def _ships(path: Path) -> bool:
    return not path.name.endswith(FOR_DEVELOPERS) and not any(part.startswith(".") for part in path.parts)
