"""The side panel: the whole reading beside the page, and what is clicked there happens in the draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from support.axe import faults
from support.coach_page import CoachPage

CURT = "You should have checked the tracking page. Per our policy we will look into it."


@pytest.fixture
def side(coach: CoachPage) -> Iterator[tuple[str, WebElement]]:
    """The page with a draft, the panel opened from the coach, the window switched to it; (the page's window, the field)."""
    driver = coach.driver
    coach.visit("textarea.html")
    field = driver.find_element(By.ID, "answer")
    field.send_keys(CURT)
    coach.wait_read(len(CURT))
    page = driver.current_window_handle
    before = set(driver.window_handles)
    coach.open()
    coach.click("side panel")
    coach.wait().until(lambda d: set(d.window_handles) - before)
    driver.switch_to.window((set(driver.window_handles) - before).pop())
    coach.wait().until(lambda d: d.execute_script("return document.documentElement.dataset.for") == str(len(CURT)))
    yield page, field
    if driver.current_window_handle != page:
        driver.close()
    driver.switch_to.window(page)


def test_the_whole_reading(coach: CoachPage, side: tuple[str, WebElement], artefacts: Path) -> None:
    driver = coach.driver
    page, field = side
    assert driver.current_url.endswith("/pages/side-panel.html")
    told = driver.find_element(By.TAG_NAME, "main").text
    for part in (
        "One next step",
        "What the customer is telling you",
        "Ideas",
        "A possible rewording",
        "Feeling",
        "of 100",
    ):
        assert part in told
    assert len(driver.find_elements(By.CSS_SELECTOR, ".rubric .why")) >= 4
    driver.save_screenshot(str(artefacts / "side-panel.png"))
    assert faults(driver) == []
    apply = By.CSS_SELECTOR, "[data-key=apply]"
    coach.wait().until(lambda d: [d.find_element(*apply).click()])  # the panel draws anew whenever the page has news
    coach.wait().until(lambda d: d.find_element(By.ID, "status").get_attribute("textContent").startswith("Applied"))
    driver.switch_to.window(page)
    applied = str(field.get_property("value"))
    assert applied != CURT
    coach.wait_read(len(applied))
    field.send_keys("!")
    coach.wait_read(len(applied) + 1)
