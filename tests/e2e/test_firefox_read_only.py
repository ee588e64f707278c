"""An editor that an extension cannot write to in Firefox. A browser of its own: keys typed after other pages may reach nobody."""

from typing import Any

from support.editing import DRAFT
from support.firefox import Firefox, FirefoxDesk
from support.pageserver import PageServer


def test_only_copy_where_an_extension_cannot_write(
    firefox: Firefox, pages: PageServer, asked: list[dict[str, Any]]
) -> None:
    desk = FirefoxDesk(firefox, pages.url, "slate", asked)
    desk.load(DRAFT)
    desk.click(".badge button")
    firefox.wait(lambda: firefox.find(".main[data-key=copy]"))
    assert not firefox.find("[data-key=apply]")
    before = desk.sent()[0]
    desk.click('[data-key^="swap"]')
    firefox.wait(lambda: "Copied" in desk.said())
    assert desk.sent()[0] == before
