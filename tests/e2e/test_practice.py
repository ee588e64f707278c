"""Practice in a real browser: a whole role play with the keyboard, and a listening game."""

from __future__ import annotations

from pathlib import Path

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support import expected_conditions as until
from selenium.webdriver.support.ui import WebDriverWait
from support.axe import faults
from support.coach_page import OptionsPage
from support.pageserver import PageServer

from empathy_coach.web.server import Server


def come_in(driver: WebDriver, backend: Server) -> WebDriverWait[WebDriver]:
    driver.get(f"{backend.url}/practice/enter?code={backend.services.pairing.new_code()}")
    driver.find_element(By.CSS_SELECTOR, "button.main").click()
    wait = WebDriverWait(driver, 15)
    wait.until(until.title_contains("Practice ·"))
    return wait


def test_a_role_play_from_first_word_to_debrief(driver: WebDriver, backend: Server, artefacts: Path) -> None:
    wait = come_in(driver, backend)
    scenario = backend.services.practice.library.scenarios["residence-card"]
    driver.get(f"{backend.url}/practice/play/{scenario.id}")
    for number, reply in enumerate(scenario.agents["good"], 1):
        field = wait.until(until.element_to_be_clickable((By.ID, "text")))
        field.send_keys(reply)
        field.send_keys(Keys.CONTROL, Keys.ENTER)
        wait.until(lambda d, n=number: len(d.find_elements(By.CSS_SELECTOR, ".bubble.agent")) == n)
    debrief = wait.until(until.visibility_of_element_located((By.ID, "debrief")))
    assert "went with thanks" in debrief.text
    assert len(debrief.find_elements(By.CSS_SELECTOR, "svg .dot")) == len(scenario.agents["good"]) + 1
    # What is remembered stays in this browser, and can be deleted there.
    wait.until(lambda d: d.execute_script("return document.documentElement.dataset.kept === 'yes'"))
    driver.save_screenshot(str(artefacts / "practice-debrief.png"))
    driver.get(f"{backend.url}/practice/")
    forget = wait.until(until.element_to_be_clickable((By.ID, "forget")))
    weeks = driver.find_element(By.ID, "weeks").text
    assert "exercises that went well 1 of 1" in weeks and "tone 3 of 3" in weeks
    forget.click()
    assert driver.execute_script("return localStorage.length") == 0


def test_the_extension_opens_the_way_in(driver: WebDriver, paired: PageServer, settings_page: OptionsPage) -> None:
    settings_page.open()
    before, there = driver.current_window_handle, set(driver.window_handles)
    assert settings_page.ask_worker({"type": "practice"}) == {"ok": True}
    wait = WebDriverWait(driver, 15, ignored_exceptions=[StaleElementReferenceException])
    (opened,) = wait.until(lambda d: set(d.window_handles) - there)
    driver.switch_to.window(opened)
    wait.until(until.element_to_be_clickable((By.CSS_SELECTOR, "button.main"))).click()
    wait.until(until.title_contains("Practice ·"))
    driver.close()
    driver.switch_to.window(before)


def test_a_listening_game_with_the_keyboard(driver: WebDriver, backend: Server, artefacts: Path) -> None:
    wait = come_in(driver, backend)
    driver.get(f"{backend.url}/practice/listen/charged-twice")
    pieces = driver.find_elements(By.CSS_SELECTOR, ".piece")
    assert "".join(piece.get_property("textContent") for piece in pieces).endswith("who pays for the 12?")
    for number, keys in ((0, "4 "), (1, "1 "), (3, "5 "), (3, "5 ")):  # the last mark is taken away again
        pieces[number].send_keys(keys)
    assert [p.get_attribute("aria-pressed") for p in pieces[:4]] == ["true", "true", "false", "false"]
    assert driver.find_element(By.ID, "said").get_property("textContent") == "Between the lines taken away"
    driver.find_element(By.CSS_SELECTOR, "#listening .main").click()
    wait.until(until.presence_of_element_located((By.CSS_SELECTOR, "table.compared")))
    assert "You heard 2 of the 7" in driver.find_element(By.CSS_SELECTOR, ".lead").text
    driver.save_screenshot(str(artefacts / "practice-listened.png"))


def test_practice_has_no_barriers(driver: WebDriver, backend: Server) -> None:
    come_in(driver, backend)
    for scheme in ("light", "dark"):
        driver.execute_cdp_cmd(  # type: ignore[attr-defined] # Chromium only
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        for page in ("", "tour", "listen/charged-twice", "play/mums-scan", "drill", "round"):
            driver.get(f"{backend.url}/practice/{page}")
            assert faults(driver) == [], page
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})  # type: ignore[attr-defined] # see above
