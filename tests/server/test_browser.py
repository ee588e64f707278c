"""The extension in Chromium, paired with the team's server over HTTPS."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from support.coach_page import CoachPage, OptionsPage
from support.pageserver import PageServer
from team import NAME, Team

from empathy_coach.demo.browser import EXTENSION, extension_id, find_browser, find_driver

CURT = "You should have checked the tracking page. Per our policy we will look into it."


@pytest.fixture
def driver(team: Team, tmp_path: Path) -> Iterator[WebDriver]:
    """Chromium that finds the team's server by its name and trusts the certificate that this run made.

    The extension is the one that ships, with the permission for the server's address given beforehand, as a company
    gives it by policy: the question to the user is a window of the browser's own, out of reach here.
    """
    extension = tmp_path / "extension"
    shutil.copytree(EXTENSION, extension)
    manifest = json.loads((extension / "manifest.json").read_text("utf-8"))
    manifest["host_permissions"].append(f"https://{NAME}/*")
    (extension / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    browser, service = find_browser(), find_driver()
    assert browser and service, "These tests need Chromium and its chromedriver: python3 tests/run.py installs them"
    options = webdriver.ChromeOptions()
    options.binary_location = str(browser.program)
    for flag in (
        "--headless=new", "--no-sandbox", "--window-size=1200,900", f"--load-extension={extension}",
        f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
        f"--user-data-dir={tmp_path / 'profile'}", f"--ignore-certificate-errors-spki-list={team.nginx.spki}",
    ):  # fmt: skip
        options.add_argument(flag)
    options.add_experimental_option("enableExtensionTargets", True)
    started = webdriver.Chrome(options=options, service=Service(str(service)))
    started.set_script_timeout(60)
    yield started
    started.quit()


@pytest.fixture
def pages() -> Iterator[PageServer]:
    server = PageServer()
    yield server
    server.stop()


def test_an_agent_pairs_with_the_team_s_server_and_applies_a_rewording(
    driver: WebDriver, team: Team, pages: PageServer
) -> None:
    settings = OptionsPage(driver, extension_id())
    settings.open()
    for name, value in (("backend", team.public_url), ("code", team.code())):
        field = driver.find_element(By.ID, name)
        field.clear()
        field.send_keys(value)
    coach = CoachPage(driver, pages.url)
    driver.find_element(By.CSS_SELECTOR, "#pair button[type=submit], #pair button").click()
    coach.wait().until(lambda d: d.find_element(By.TAG_NAME, "html").get_attribute("data-paired") == "true")
    status = settings.ask_worker({"type": "status"})
    assert isinstance(status, dict) and status["backend"] == team.public_url

    settings.switch_on(pages.url, f"{pages.url}/empty.html")
    coach.visit("textarea.html")
    field = driver.find_element(By.ID, "answer")
    field.send_keys(CURT)
    assert coach.wait_read(len(CURT)) == "ideas"
    coach.open()
    coach.click("apply")
    coach.wait().until(lambda _: field.get_property("value") != CURT)
