"""The coach's own rewording in rich editors by other hands; `test_every_editor.py` goes through all of them."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from support.coach_page import CoachPage
from support.sent import bare, marked

EDITORS = ["ckeditor5", "tinymce", "lexical"]


def sent(coach: CoachPage) -> str:
    """What the editor would send, as HTML."""
    return str(coach.driver.execute_script("return editor.sent()")).replace("&nbsp;", " ")


def words(html: str) -> str:
    """Its words alone."""
    return " ".join(bare(marked(html)).split())


def keys(coach: CoachPage, *typed: str) -> None:
    ActionChains(coach.driver).send_keys(*typed).perform()


def chord(coach: CoachPage, letter: str) -> None:
    ActionChains(coach.driver).key_down(Keys.CONTROL).send_keys(letter).key_up(Keys.CONTROL).perform()


def enter(coach: CoachPage, editor: str) -> None:
    """Open the editor's page and put the caret into it."""
    coach.visit(f"editor.html?{editor}")
    coach.wait().until(lambda d: d.execute_script("return document.body.dataset.ready"))
    coach.driver.execute_script("editor.load('')")


@pytest.mark.parametrize("editor", EDITORS)
def test_reword_and_undo(editor: str, coach: CoachPage) -> None:
    enter(coach, editor)
    # The bold words state a fact, which no rewording touches; there is something to change on both sides of them.
    keys(coach, "Hi Mara,", Keys.ENTER, "You should have waited. The ")
    chord(coach, "b")
    keys(coach, "blue lamp")
    chord(coach, "b")
    keys(coach, " left on Monday. Per our policy, no.")
    assert coach.wait_read() == "ideas"
    before = words(sent(coach))
    assert before == "Hi Mara, You should have waited. The blue lamp left on Monday. Per our policy, no."
    coach.open()
    wanted = (coach.find(".after").get_attribute("textContent") or "").removeprefix("Reworded")
    coach.change("apply")
    coach.wait_read()
    assert words(sent(coach)) == " ".join(wanted.split())
    assert "<b>blue lamp</b>" in marked(sent(coach))
    coach.change("undo")
    coach.wait_read()
    assert words(sent(coach)) == before
    coach.change("apply")
    coach.wait_read()
    assert words(sent(coach)) == " ".join(wanted.split())
    chord(coach, "z")
    coach.wait().until(lambda _: words(sent(coach)) == before)
