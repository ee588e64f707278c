"""Every editor, every case: what would be sent is the promised text, its formatting kept, nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from support.coach_page import CoachPage
from support.editing import DRAFT, EDITORS, SWAPS, Desk, go_through, report_for, swapped
from support.recorder import recorder
from support.sent import marked

from empathy_coach.demo.browser import EXTENSION


class ChromiumDesk(Desk):
    def __init__(self, coach: CoachPage, editor: str, asked: list[dict[str, Any]]) -> None:
        super().__init__(editor, asked)
        self.coach = coach
        coach.visit(f"editor.html?{editor}")
        coach.wait().until(lambda d: d.execute_script("return document.body.dataset.ready"))

    def script(self, code: str) -> Any:
        return self.coach.driver.execute_script(f"return (async () => {{ {code} }})()")

    def keys(self, text: str, *held: str) -> None:
        chain = ActionChains(self.coach.driver)
        named = [getattr(Keys, name.upper()) for name in held]
        for key in named:
            chain.key_down(key)
        chain.send_keys(text)
        for key in reversed(named):
            chain.key_up(key)
        chain.perform()

    def click(self, selector: str) -> None:
        def clicked(_: object) -> bool:
            self.coach.find(selector).click()  # may be drawn anew just now
            return True

        self.coach.wait().until(clicked)

    def said(self) -> str:
        return self.coach.said()


@pytest.fixture
def open_desk(coach: CoachPage, point_at: Callable[[str], None]) -> Iterator[Callable[[str], Desk]]:
    with recorder(report_for) as (url, asked):
        point_at(url)
        yield lambda editor: ChromiumDesk(coach, editor, asked)


def test_the_table_tells_of_all() -> None:
    rows = re.findall(
        r"^\|.*\| `([\w-]+)` \| `([\w-]+\.js)` \| yes \|$", (EXTENSION / "EDITORS.md").read_text("utf-8"), re.M
    )
    assert [editor for editor, _ in rows] == EDITORS
    assert all((EXTENSION / "editors" / way).is_file() for _, way in rows)


@pytest.mark.parametrize("editor", EDITORS)
def test_every_case(editor: str, open_desk: Callable[[str], Desk]) -> None:
    go_through(open_desk(editor))


@pytest.mark.parametrize("editor", ["textarea", "contenteditable", "ckeditor5"])
def test_undo_takes_only_the_change_back_when_more_was_typed(editor: str, open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk(editor)
    desk.load(DRAFT)
    before = marked(DRAFT) + "!"
    desk.expect(before, "as typed")
    desk.click(".badge button")
    desk.swap("swap/0")
    desk.expect(swapped(before, SWAPS[0]), "swapped")
    desk.keys(Keys.END, "Control")
    desk.keys(" More words")
    desk.expect(swapped(before, SWAPS[0]) + " More words", "typed since")
    desk.click("[data-key=undo]")
    desk.expect(before + " More words", "Undo in the panel")
