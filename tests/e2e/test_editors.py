"""Rich editors by other hands: what would be sent is the promised text, formatting stays, one Ctrl+Z brings it back."""

from __future__ import annotations

import re
from html import unescape

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from support.coach_page import CoachPage

EDITORS = ["trix", "quill", "ckeditor5", "tinymce"]


def sent(coach: CoachPage) -> str:
    """What the editor would send, as HTML."""
    return str(coach.driver.execute_script("return window.sent()")).replace("&nbsp;", " ")


def words(html: str) -> str:
    """Its words alone."""
    spaced = re.sub(r"</(p|div|li)>|<br ?/?>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", spaced)).split())


def keys(coach: CoachPage, *typed: str) -> None:
    ActionChains(coach.driver).send_keys(*typed).perform()


def chord(coach: CoachPage, letter: str) -> None:
    ActionChains(coach.driver).key_down(Keys.CONTROL).send_keys(letter).key_up(Keys.CONTROL).perform()


def enter(coach: CoachPage, editor: str) -> None:
    """Open the editor's page and put the caret into it."""
    coach.visit(f"editor-{editor}.html")
    coach.wait().until(lambda d: d.execute_script("return Boolean(window.sent)"))
    frame = coach.driver.find_elements(By.CSS_SELECTOR, "iframe.tox-edit-area__iframe")
    (frame or coach.driver.find_elements(By.ID, "answer"))[0].click()


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
    coach.click("apply")
    coach.wait().until(lambda _: words(sent(coach)) != before)
    coach.wait_read()
    assert words(sent(coach)) == " ".join(wanted.split())
    assert re.search(r"<(b|strong)>blue lamp</(b|strong)>", sent(coach))
    coach.click("undo")
    coach.wait().until(lambda _: words(sent(coach)) == before)
    coach.wait_read()
    coach.click("apply")
    coach.wait().until(lambda _: words(sent(coach)) == " ".join(wanted.split()))
    coach.wait_read()
    chord(coach, "z")
    coach.wait().until(lambda _: words(sent(coach)) == before)
