"""One Chromium with the extension, one backend and one page server for all browser tests."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from selenium import webdriver
from selenium.common import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from support.coach_page import CoachPage, OptionsPage
from support.editing import report_for
from support.firefox import OPTIONS, Firefox
from support.pageserver import PAGES, PageServer
from support.recorder import recorder

from empathy_coach.demo.browser import EXTENSION, extension_id, find_browser, find_driver
from empathy_coach.settings import Settings
from empathy_coach.web.server import Server

STRANGER = PAGES / "stranger"
ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"


@pytest.fixture(scope="session")
def driver() -> Iterator[WebDriver]:
    """The browser, with the extension as it ships, and beside it one that would like to know what it knows."""
    browser, service = find_browser(), find_driver()
    assert browser and service, "These tests need Chromium and its chromedriver: python3 tests/run.py installs them"
    options = webdriver.ChromeOptions()
    options.binary_location = str(browser.program)
    both = f"{EXTENSION},{STRANGER}"
    for flag in ("--headless=new", "--no-sandbox", "--window-size=1200,900", f"--load-extension={both}"):
        options.add_argument(flag)
    options.add_experimental_option("enableExtensionTargets", True)
    # Without it Chromium switches an unpacked extension off when it is reloaded.
    options.add_experimental_option("prefs", {"extensions.ui.developer_mode": True})
    started = webdriver.Chrome(options=options, service=Service(str(service)))
    started.set_script_timeout(60)
    yield started
    started.quit()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What the browser shows when a test fails is said beside the failure."""
    report = yield
    shown = item.funcargs.get("driver") if report.failed else None
    if isinstance(shown, WebDriver):
        with suppress(WebDriverException):  # nothing may hide the failure itself
            text = shown.execute_script("return document.body?.innerText ?? ''")
            report.sections.append(("the page", f"{shown.current_url}\n{text[:1500]}"))
    return report


@pytest.fixture(scope="session")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real backend, on a free port."""
    server = Server(Settings(port=8737, data_dir=tmp_path_factory.mktemp("data"), access_log=False))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def pages() -> Iterator[PageServer]:
    """The pages in ``pages/``."""
    server = PageServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def settings_page(driver: WebDriver) -> OptionsPage:
    """The extension's settings."""
    return OptionsPage(driver, extension_id())


@pytest.fixture(scope="session")
def paired(backend: Server, pages: PageServer, settings_page: OptionsPage) -> PageServer:
    """The pages, with the coach paired and switched on for them."""
    code = backend.services.pairing.new_code()
    settings_page.set_up(backend=backend.url, code=code, site=pages.url, then=f"{pages.url}/empty.html")
    return pages


@pytest.fixture
def coach(driver: WebDriver, paired: PageServer) -> CoachPage:
    """The coach, paired and switched on; open a page of ``pages`` with ``visit``."""
    return CoachPage(driver, paired.url)


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where screenshots are kept."""
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS


@pytest.fixture
def point_at(coach: CoachPage, settings_page: OptionsPage) -> Iterator[Callable[[str], None]]:
    """Points the worker at another backend, by writing its setting from the settings page."""

    def point(url: str) -> None:
        settings_page.open()
        coach.driver.execute_async_script(
            "const [backend, done] = arguments; chrome.storage.local.set({backend}).then(done)", url
        )

    settings_page.open()
    status = settings_page.ask_worker({"type": "status"})
    assert isinstance(status, dict)
    yield point
    point(str(status["backend"]))


@pytest.fixture(scope="module")
def firefox(backend: Server, pages: PageServer) -> Iterator[Firefox]:
    """Firefox, paired and switched on for the pages."""
    started = Firefox(EXTENSION)
    wishes = {"pair": backend.services.pairing.new_code(), "backend": backend.url, "site": pages.url}
    wishes["next"] = f"{pages.url}/empty.html"
    started.visit(f"{OPTIONS}#" + "&".join(f"{key}={quote(value, safe='')}" for key, value in wishes.items()))
    started.wait(lambda: started.run("() => location.href") == wishes["next"])
    yield started
    started.stop()


@pytest.fixture
def asked(firefox: Firefox, backend: Server) -> Iterator[list[dict[str, Any]]]:
    """What is asked of a backend that answers by the table."""

    def point_at(url: str) -> None:
        firefox.visit(OPTIONS)
        firefox.wait(lambda: firefox.run("() => 'browser' in globalThis"))
        firefox.run(f"() => browser.storage.local.set({{backend: '{url}'}})")

    with recorder(report_for) as (url, asked):
        point_at(url)
        yield asked
    point_at(backend.url)
