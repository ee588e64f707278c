"""The coach on many kinds of page: where it shows up, where it stays quiet, what it reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from support.coach_page import CoachPage, OptionsPage
from support.pageserver import PageServer

CURT = "You should have checked the tracking page. Per our policy we will look into it."


def field_of(coach: CoachPage) -> WebElement:
    return coach.driver.find_element(By.ID, "answer")


@pytest.mark.parametrize("page", ["strict.html?csp", "dark.html", "forum.html"])
def test_feedback_and_apply(page: str, coach: CoachPage, artefacts: Path) -> None:
    coach.visit(page)
    field = field_of(coach)
    field.send_keys(CURT)
    assert coach.wait_read(len(CURT)) == "ideas"
    coach.open()
    coach.picture(artefacts / f"page-{page.split('.')[0]}.png")
    coach.click("apply")
    coach.wait().until(lambda _: field.get_property("value") != CURT)
    coach.wait().until(lambda _: coach.said() == "Applied. Undo brings your draft back.")
    field.send_keys(Keys.CONTROL, "z")
    coach.wait().until(lambda _: field.get_property("value") == CURT)


def test_marks_lie_over_their_words(coach: CoachPage) -> None:
    coach.visit("textarea.html")
    field_of(coach).send_keys(CURT)
    coach.wait_read(len(CURT))
    marks = coach.find_all(".mirror span")
    assert marks and all(mark.get_attribute("textContent") in CURT for mark in marks)
    box = field_of(coach).rect
    assert all(box["y"] < mark.rect["y"] < box["y"] + box["height"] for mark in marks)
    # They move along while words are put in front, before any answer, and go when their words are changed.
    before = marks[0].get_attribute("textContent")
    field_of(coach).send_keys(Keys.CONTROL, Keys.HOME)
    field_of(coach).send_keys("So. ")
    assert coach.wait_read(len(CURT) + 4) == "ideas"
    assert coach.find_all(".mirror span")[0].get_attribute("textContent") == before


@pytest.mark.parametrize(
    "field", ["q", "line", "short", "login", "code", "snippet", "fixed", "template", "customerNote", "chat"]
)
def test_quiet_elsewhere(field: str, coach: CoachPage) -> None:
    coach.visit("quiet.html")
    element = coach.driver.find_element(By.ID, field)
    element.click()
    element.send_keys("You should have")
    # Two pictures later the content script has had its say on focus and input.
    coach.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    assert coach.hosts() == []


def test_asked_for_in_a_short_field(coach: CoachPage) -> None:
    coach.visit("quiet.html")
    element = coach.driver.find_element(By.ID, "short")
    element.send_keys(Keys.ALT, Keys.SHIFT, "e")
    coach.wait_for("ready", "ideas")
    assert coach.is_open


def test_keyboard_alone(coach: CoachPage) -> None:
    coach.visit("textarea.html")
    field = field_of(coach)
    field.send_keys(CURT)
    coach.wait_read(len(CURT))
    field.send_keys(Keys.ALT, Keys.SHIFT, "e")
    coach.wait().until(lambda _: coach.is_open)
    focused: list[str] = []
    while "summary 0" not in focused and len(focused) < 30:
        ActionChains(coach.driver).send_keys(Keys.TAB).perform()
        key = coach.driver.execute_script("return arguments[0].activeElement?.dataset.key ?? ''", coach.shadow)
        focused.append(key)
    assert focused[0] == "apply" and "close" in focused  # open, Tab, Enter is the whole way
    ActionChains(coach.driver).send_keys(Keys.ESCAPE).perform()
    coach.wait().until(lambda _: not coach.is_open)
    assert coach.driver.switch_to.active_element == field
    assert field.get_property("value") == CURT


def test_editor_in_a_frame(coach: CoachPage, artefacts: Path) -> None:
    coach.visit("frame-same.html")
    driver = coach.driver
    driver.switch_to.frame("editor")
    field_of(coach).click()
    ActionChains(driver).send_keys(CURT).perform()
    driver.switch_to.default_content()
    coach.wait_read(len(CURT))
    assert coach.state == "ideas" and len(coach.hosts()) == 1
    assert "third time" in read_of(coach), read_of(coach)
    coach.open()
    coach.picture(artefacts / "page-frame.png")
    coach.click("apply")
    driver.switch_to.frame("editor")
    coach.wait().until(lambda _: field_of(coach).text.strip() != CURT)
    assert driver.find_elements(By.CSS_SELECTOR, "empathy-coach, span, [style]:not(style)") == []


def read_of(coach: CoachPage) -> Any:
    """What the panel says of the customer; proves that the conversation was read."""
    coach.open()
    text = coach.find(".panel").get_attribute("textContent")
    coach.click("close")
    return text


def test_editor_from_another_address(coach: CoachPage, settings_page: OptionsPage, paired: PageServer) -> None:
    other = paired.url.replace("127.0.0.1", "localhost")
    settings_page.switch_on(other, f"{paired.url}/empty.html")
    coach.visit("frame-other.html")
    coach.driver.switch_to.frame("editor")
    field_of(coach).send_keys(CURT)
    assert coach.wait_read(len(CURT)) == "ideas"
    assert "third time" in read_of(coach)


def test_open_shadow_root(coach: CoachPage, artefacts: Path) -> None:
    coach.visit("shadow.html")
    inner = coach.driver.find_element(By.TAG_NAME, "reply-box").shadow_root
    field = inner.find_element(By.ID, "answer")
    field.send_keys(CURT)
    assert coach.wait_read(len(CURT)) == "ideas"
    coach.picture(artefacts / "page-shadow.png")
    coach.open()
    coach.click("apply")
    coach.wait().until(lambda _: field.text != CURT)
    coach.click("undo")
    coach.wait().until(lambda _: field.text == CURT)
    assert field.get_attribute("innerHTML").count("<") == 0


def test_page_draws_itself_again(coach: CoachPage) -> None:
    coach.visit("spa.html")
    for _ in range(3):
        field_of(coach).send_keys(CURT)
        coach.wait_read(len(CURT))
        assert len(coach.hosts()) == 1
        coach.driver.execute_script("draw()")
        coach.wait().until(lambda _: coach.hosts() == [])
    field_of(coach).send_keys(CURT)
    assert coach.wait_read(len(CURT)) == "ideas"
    coach.driver.find_element(By.ID, "go").click()  # the page empties the field and adds a message
    assert coach.wait_read(0) == "ready"
    assert coach.find_all(".mirror span") == [] and len(coach.hosts()) == 1


def test_switched_off(coach: CoachPage, settings_page: OptionsPage, paired: PageServer) -> None:
    settings_page.open()
    settings_page.ask_worker({"type": "site", "origin": paired.url, "on": False})
    coach.visit("textarea.html")
    field_of(coach).send_keys("You should have")
    coach.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    assert coach.hosts() == []
    settings_page.switch_on(paired.url, f"{paired.url}/textarea.html")
    field_of(coach).send_keys("You should have")
    assert coach.wait_read(15) in {"ideas", "ready"}
