"""What ships: scripts loaded once, no text read as markup, the token and the network with the worker alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from empathy_coach.demo.browser import EXTENSION

SCRIPTS = sorted(EXTENSION.rglob("*.js"))
LOADED = re.findall(r'"([\w/-]+\.js)"', (EXTENSION / "lib/scripts.js").read_text("utf-8"))


def name(script: Path) -> str:
    return script.relative_to(EXTENSION).as_posix()


@pytest.mark.parametrize("room", ["content", "desks", "editors"])
def test_every_file_of_a_room_is_loaded_once(room: str) -> None:
    there = [name(script) for script in SCRIPTS if name(script).startswith(f"{room}/")]
    assert sorted(path for path in LOADED if path.startswith(f"{room}/")) == there


def test_the_general_ones_come_last() -> None:
    desks = [path for path in LOADED if path.startswith("desks/")]
    editors = [path for path in LOADED if path.startswith("editors/")]
    assert desks[0] == "desks/index.js" and desks[-1] == "desks/generic.js"
    assert editors[0] == "editors/index.js" and editors[-1] == "editors/exec-command.js"


def test_desks_that_no_test_drives_say_so() -> None:
    driven = {"demo", "django-helpdesk", "roundup", "request-tracker", "roundcube", "generic", "index"}
    others = [desk for desk in (EXTENSION / "desks").glob("*.js") if desk.stem not in driven]
    assert others
    assert [desk.name for desk in others if "untested on the product itself" not in desk.read_text("utf-8")] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_no_text_is_read_as_markup_or_code(script: Path) -> None:
    forbidden = (
        r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|createContextualFragment|document\.write|\beval\(|new Function"
    )
    assert not re.search(forbidden, script.read_text("utf-8"))


def test_one_more_reads_a_page_of_the_desk_itself() -> None:
    code = (EXTENSION / "content/elsewhere.js").read_text("utf-8")
    assert code.count("fetch(") == code.count('mode: "same-origin", redirect: "error"') == 1
    assert not re.search(r"\btoken\b|storage|method", code)


@pytest.mark.parametrize(
    "script", [s for s in SCRIPTS if s.name not in {"worker.js", "choices.js", "elsewhere.js"}], ids=name
)
def test_only_the_worker_knows_the_network_and_the_token(script: Path) -> None:
    code = re.sub(r"//.*|/\*.*?\*/", "", script.read_text("utf-8"), flags=re.S)
    assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|\btoken\b|storage\.local", code)


def test_permissions_are_few() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    assert manifest["permissions"] == ["storage", "scripting", "activeTab", "sidePanel"]
    assert manifest["host_permissions"] == ["http://127.0.0.1/*", "http://localhost/*"]
    assert "content_scripts" not in manifest and "web_accessible_resources" not in manifest
    for script in [manifest["background"]["service_worker"], *manifest["background"]["scripts"], *LOADED]:
        assert (EXTENSION / script).is_file()
    worker = (EXTENSION / "worker.js").read_text("utf-8")
    imported = re.search(r"importScripts\((.*?)\)", worker)
    assert imported
    assert [*re.findall(r'"(.*?)"', imported[1]), "worker.js"] == manifest["background"]["scripts"]


def messages(language: str) -> dict[str, str]:
    told = json.loads((EXTENSION / f"_locales/{language}/messages.json").read_text("utf-8"))
    return {name: message["message"] for name, message in told.items()}


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_every_language_says_the_same(language: str) -> None:
    english, other = messages("en"), messages(language)
    assert list(other) == list(english)
    gaps = {name: sorted(re.findall(r"\$\d", text)) for name, text in english.items()}
    assert {name: sorted(re.findall(r"\$\d", text)) for name, text in other.items()} == gaps


def test_every_message_is_said_and_known() -> None:
    code = "".join(script.read_text("utf-8") for script in SCRIPTS)
    pages = "".join(page.read_text("utf-8") for page in (EXTENSION / "pages").glob("*.html"))
    said = set(re.findall(r'\bsay\("(\w+)"', code)) | set(re.findall(r'data-(?:say|title)="(\w+)"', pages))
    families = re.compile("|".join(f"{name}_" for name in re.findall(r'family\("(\w+)"', code)))
    told = set(messages("en"))
    assert said <= told
    assert {name for name in told - said if not families.match(name)} == {"extensionDescription"}
