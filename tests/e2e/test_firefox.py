"""Firefox runs the same folder: score, underlines, changes and taking them back, in a textarea and in rich text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from support.editing import Desk, go_through, report_for
from support.firefox import UUID, Firefox
from support.pageserver import PageServer
from support.recorder import recorder

from empathy_coach.demo.browser import EXTENSION
from empathy_coach.web.server import Server

OPTIONS = f"moz-extension://{UUID}/pages/options.html"
CURT = "Hi Mara, You should have checked the tracking page. Per our policy, no."


class FirefoxDesk(Desk):
    def __init__(self, firefox: Firefox, site: str, editor: str, asked: list[dict[str, Any]]) -> None:
        super().__init__(editor, asked)
        self.firefox = firefox
        firefox.visit(f"{site}/editor.html?{editor}")
        firefox.wait(lambda: firefox.run("() => document.body?.dataset.ready"))

    def script(self, code: str) -> Any:
        return self.firefox.run(f"async () => {{ {code} }}")

    def keys(self, text: str, *held: str) -> None:
        self.firefox.type(text, *held)

    def click(self, selector: str) -> None:
        self.firefox.click(selector)

    def said(self) -> str:
        return self.firefox.text(".notes")


@pytest.fixture(scope="module")
def firefox(backend: Server, pages: PageServer) -> Iterator[Firefox]:
    """The browser, paired and switched on for the pages."""
    started = Firefox(EXTENSION)
    wishes = {"pair": backend.services.pairing.new_code(), "backend": backend.url, "site": pages.url}
    wishes["next"] = f"{pages.url}/empty.html"
    started.visit(f"{OPTIONS}#" + "&".join(f"{key}={quote(value, safe='')}" for key, value in wishes.items()))
    started.wait(lambda: started.run("() => location.href") == wishes["next"])
    yield started
    started.stop()


@pytest.fixture
def asked(firefox: Firefox, backend: Server) -> Iterator[list[dict[str, Any]]]:
    """What is asked of a backend that answers by the table."""

    def point_at(url: str) -> None:
        firefox.visit(OPTIONS)
        firefox.wait(lambda: firefox.run("() => 'browser' in globalThis"))
        firefox.run(f"() => browser.storage.local.set({{backend: '{url}'}})")

    with recorder(report_for) as (url, asked):
        point_at(url)
        yield asked
    point_at(backend.url)


@pytest.mark.parametrize("page", ["textarea.html", "rich.html"])
def test_score_and_underlines(page: str, firefox: Firefox, pages: PageServer, artefacts: Path) -> None:
    firefox.visit(f"{pages.url}/{page}")
    firefox.enter("#answer")
    firefox.type(CURT)
    read = f"() => document.querySelector('empathy-coach')?.dataset.for === '{len(CURT)}'"
    firefox.wait(lambda: firefox.run(read))
    firefox.click(".badge button")
    assert firefox.text(".total").endswith("of 100")
    if page == "rich.html":
        assert firefox.run("() => CSS.highlights.get('empathy-coach')?.size") > 0
    else:
        assert "You should have" in firefox.text(".mirror span")
    firefox.picture(artefacts / f"firefox-{page.removesuffix('.html')}.png")


@pytest.mark.parametrize("editor", ["textarea", "contenteditable", "tiptap", "jodit", "lexical", "trix"])
def test_every_case(editor: str, firefox: Firefox, pages: PageServer, asked: list[dict[str, Any]]) -> None:
    go_through(FirefoxDesk(firefox, pages.url, editor, asked))
