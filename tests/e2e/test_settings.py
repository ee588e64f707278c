"""The settings page: pairing by code, testing the connection, switching sites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from support.coach_page import PATIENCE, CoachPage, OptionsPage

from empathy_coach.web.server import Server


@pytest.fixture
def page(coach: CoachPage, settings_page: OptionsPage, backend: Server) -> Iterator[WebDriver]:
    """The open settings; paired with the backend again afterwards."""
    settings_page.open()
    yield coach.driver
    settings_page.open()
    code = backend.services.pairing.new_code()
    assert settings_page.ask_worker({"type": "pair", "backend": backend.url, "code": code}) == {"ok": True}


def fill(page: WebDriver, field: str, text: str) -> None:
    page.find_element(By.ID, field).clear()
    page.find_element(By.ID, field).send_keys(text)


def said(page: WebDriver, words: str) -> bool:
    return WebDriverWait(page, PATIENCE, 0.05).until(lambda d: words in d.find_element(By.ID, "status").text)


def shown(page: WebDriver, paired: str) -> None:
    """Wait until all of the page says so: after its words it asks the worker once more, and fills in its fields."""
    there = f"html[data-paired={paired}]"
    WebDriverWait(page, PATIENCE, 0.05).until(lambda d: d.find_elements(By.CSS_SELECTOR, there))


def test_pair_test_and_forget(page: WebDriver, backend: Server, artefacts: Path) -> None:
    page.find_element(By.ID, "unpair").click()
    assert said(page, "Forgotten")
    shown(page, paired="false")
    fill(page, "backend", backend.url)
    fill(page, "code", "AAAA-AAAA")
    page.find_element(By.ID, "connect").click()
    assert said(page, "not valid")
    fill(page, "code", backend.services.pairing.new_code().lower().replace("-", " "))
    page.find_element(By.ID, "connect").click()
    assert said(page, "Paired.")
    shown(page, paired="true")
    page.find_element(By.ID, "test").click()
    assert said(page, "It works.")
    page.save_screenshot(str(artefacts / "settings.png"))


def test_nobody_there(page: WebDriver) -> None:
    fill(page, "backend", "http://127.0.0.1:9")
    fill(page, "code", "ABCD-EFGH")
    page.find_element(By.ID, "connect").click()
    assert said(page, "Nothing answers")


@pytest.mark.parametrize("address", ["http://desk.example.com", "http://127.0.0.1.example.com", "ftp://127.0.0.1", "x"])
def test_the_token_goes_to_this_machine_or_over_tls(address: str, page: WebDriver, settings_page: OptionsPage) -> None:
    outcome = settings_page.ask_worker({"type": "pair", "backend": address, "code": "ABCD-EFGH"})
    assert isinstance(outcome, dict) and outcome["ok"] is False


@pytest.mark.parametrize("part", ["backend", "site", "next"])
def test_the_address_sets_up_this_machine_only(part: str, page: WebDriver, settings_page: OptionsPage) -> None:
    before = settings_page.ask_worker({"type": "status"})
    page.get("about:blank")
    page.get(f"{settings_page.url}#pair=ABCD-EFGH&{part}=http%3A%2F%2Fevil.example")
    assert said(page, "not on this machine")
    assert settings_page.ask_worker({"type": "status"}) == before
    assert page.current_url == settings_page.url
