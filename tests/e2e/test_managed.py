"""What an administrator sets for all browsers of a company, by a real policy of Chromium's."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from support.coach_page import CoachPage, OptionsPage
from support.pageserver import PageServer

from empathy_coach.demo.browser import EXTENSION, extension_id, find_browser, find_driver
from empathy_coach.web.server import Server

POLICIES = Path("/etc/chromium")  # where Debian's Chromium looks


def private_mounts() -> bool:
    """Whether this machine lets a process see a folder of its own under /etc: no other browser here is told then."""
    if not POLICIES.is_dir() or not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def managed(tmp_path_factory: pytest.TempPathFactory, backend: Server, pages: PageServer) -> Iterator[WebDriver]:
    """A browser under the policy, with the extension as it ships."""
    if not private_mounts():
        pytest.skip("needs root and Debian's Chromium: the policy must reach this one browser alone")
    folder = tmp_path_factory.mktemp("policies")
    shutil.copytree(POLICIES, folder, dirs_exist_ok=True)
    (folder / "policies/managed").mkdir(parents=True)
    preset = {"server": backend.url, "sites": [pages.url], "strictness": "gentle"}
    policy = {"3rdparty": {"extensions": {extension_id(): preset}}}
    (folder / "policies/managed/coach.json").write_text(json.dumps(policy), "utf-8")
    driver = folder / "chromedriver"
    driver.write_text(
        f'#!/bin/sh\nexec unshare -m sh -c \'mount --bind {folder} {POLICIES} && exec "$0" "$@"\' {find_driver()} "$@"\n'
    )
    driver.chmod(0o755)
    options = webdriver.ChromeOptions()
    browser = find_browser()
    assert browser
    options.binary_location = str(browser.program)
    for flag in ("--headless=new", "--no-sandbox", "--window-size=1200,900", f"--load-extension={EXTENSION}"):
        options.add_argument(flag)
    started = webdriver.Chrome(options=options, service=Service(str(driver)))
    started.set_script_timeout(60)
    yield started
    started.quit()


@pytest.fixture
def settings(managed: WebDriver) -> OptionsPage:
    page = OptionsPage(managed, extension_id())
    page.open()
    return page


def test_the_settings_page_shows_what_is_set(managed, settings, backend, pages, artefacts) -> None:
    server = managed.find_element(By.ID, "backend")
    assert (server.get_attribute("value"), server.get_attribute("readOnly")) == (backend.url, "true")
    assert pages.url in managed.find_element(By.ID, "sites").text
    status = settings.ask_worker({"type": "status"})
    assert isinstance(status, dict)
    assert status["preset"] == {"server": backend.url, "sites": [pages.url], "strictness": "gentle"}
    assert status["sites"] == []  # each agent still switches them on
    managed.save_screenshot(str(artefacts / "settings-managed.png"))


def test_how_much_the_coach_says_cannot_be_changed(managed, settings) -> None:
    radios = managed.find_elements(By.NAME, "strictness")
    assert [radio.get_attribute("value") for radio in radios if radio.is_selected()] == ["gentle"]
    assert not any(radio.is_enabled() for radio in radios)
    assert managed.find_element(By.ID, "strictness-fixed").is_displayed()


def test_no_token_of_another_server_is_used(managed, settings) -> None:
    store = "chrome.storage.local.set({backend: 'http://127.0.0.1:9', token: 'of-another'}).then(arguments[0])"
    managed.execute_async_script(store)
    status = settings.ask_worker({"type": "status"})
    assert isinstance(status, dict) and status["paired"] is False


def test_the_agent_pairs_and_is_coached_as_was_set(managed, settings, backend, pages) -> None:
    code = backend.services.pairing.new_code()
    settings.set_up(backend=backend.url, code=code, site=pages.url, then=f"{pages.url}/empty.html")
    coach = CoachPage(managed, pages.url)
    coach.visit("textarea.html")
    draft = "You should have read the policy. Calm down. As I already said, you failed to log in. We will look into it."
    managed.find_element(By.CSS_SELECTOR, "textarea").send_keys(draft)
    assert coach.wait_read(len(draft)) == "ideas"
    coach.wait().until(lambda _: coach.ideas == 2)  # the gentle measure; three without the policy
