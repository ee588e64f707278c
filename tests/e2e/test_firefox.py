"""Firefox runs the same folder: score, underlines, changes and taking them back, in a textarea and in rich text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.editing import go_through
from support.firefox import Firefox, FirefoxDesk
from support.pageserver import PageServer

CURT = "Hi Mara, You should have checked the tracking page. Per our policy, no."


@pytest.mark.parametrize("page", ["textarea.html", "rich.html"])
def test_score_and_underlines(page: str, firefox: Firefox, pages: PageServer, artefacts: Path) -> None:
    firefox.visit(f"{pages.url}/{page}")
    firefox.enter("#answer")
    firefox.type(CURT)
    read = f"() => document.querySelector('empathy-coach')?.dataset.for === '{len(CURT)}'"
    firefox.wait(lambda: firefox.run(read))
    firefox.click(".badge button")
    firefox.wait(lambda: firefox.text(".total").endswith("of 100"))
    if page == "rich.html":
        assert firefox.run("() => CSS.highlights.get('empathy-coach')?.size") > 0
    else:
        assert "You should have" in firefox.text(".mirror span")
    firefox.picture(artefacts / f"firefox-{page.removesuffix('.html')}.png")


@pytest.mark.parametrize("editor", ["textarea", "contenteditable", "tiptap", "ckeditor5", "slate", "draft", "lexical"])
def test_every_case(editor: str, firefox: Firefox, pages: PageServer, asked: list[dict[str, Any]]) -> None:
    go_through(FirefoxDesk(firefox, pages.url, editor, asked))
