"""Page objects: the coach as an agent meets it on a page, and the extension's settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.shadowroot import ShadowRoot
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 12  # seconds; longer than the worker waits for a backend
GONE = (NoSuchElementException, StaleElementReferenceException)
# A click that met nothing, because what it was aimed at is being drawn anew or moved just now.
MISSED = (ElementNotInteractableException, ElementClickInterceptedException)


class Drawn(WebElement):
    """One element of the panel, found again when the panel was drawn anew since: a new answer may come at any time."""

    def __init__(self, locate: Callable[[], WebElement]) -> None:
        self._locate = locate
        found = locate()
        super().__init__(found.parent, found.id)

    def _execute(self, command: str, params: dict[str, Any] | None = None) -> Any:
        try:
            return super()._execute(command, params)  # type: ignore[no-untyped-call]  # selenium has no types here
        except StaleElementReferenceException:
            self._id = self._locate().id
            return super()._execute(command, params)  # type: ignore[no-untyped-call]  # as above


class CoachPage:
    """Badge, panel and marks of the coach in the page (or frame) that the browser is in."""

    def __init__(self, driver: WebDriver, site: str = "") -> None:
        self.driver = driver
        self.site = site

    def visit(self, page: str) -> None:
        """Open a page of the site."""
        self.driver.get(f"{self.site}/{page}")

    def wait(self, patience: float = PATIENCE) -> WebDriverWait[WebDriver]:
        """For states; looks often."""
        return WebDriverWait(self.driver, patience, poll_frequency=0.03, ignored_exceptions=(*GONE, *MISSED))

    # --- where it is ---

    def hosts(self) -> list[WebElement]:
        """All elements that the coach added to this document."""
        return self.driver.find_elements(By.CSS_SELECTOR, "empathy-coach")

    def host(self) -> WebElement:
        """The one that is shown."""
        return self.driver.find_element(By.CSS_SELECTOR, "empathy-coach:not([data-hidden])")

    @property
    def shadow(self) -> ShadowRoot:
        """Its closed shadow root."""
        return self.host().shadow_root

    def find(self, selector: str) -> WebElement:
        """Something inside the coach's shadow root."""
        return Drawn(lambda: self.shadow.find_element(By.CSS_SELECTOR, selector))

    def find_all(self, selector: str) -> list[WebElement]:
        """All such things inside the coach's shadow root."""
        return self.shadow.find_elements(By.CSS_SELECTOR, selector)

    # --- what it says ---

    @property
    def state(self) -> str | None:
        """off, ready, busy, ideas, away or refresh; None without a badge."""
        try:
            return self.host().get_attribute("data-state")
        except GONE:
            return None

    @property
    def ideas(self) -> int:
        """How many ideas the badge counts."""
        return int(self.host().get_attribute("data-ideas") or 0)

    @property
    def badge(self) -> str:
        """What the badge says."""
        return self.find(".badge button").text

    def wait_for(self, *states: str) -> str:
        """Wait until the badge is in one of these states."""
        # Read once: the next reading may begin at any time.
        return self.wait().until(lambda _: (now := self.state) in states and now)  # type: ignore[return-value]

    def wait_read(self, length: int | None = None) -> str:
        """Wait until the draft as it is now (of ``length`` UTF-16 units, when given) was answered; the state then."""

        def read(driver: WebDriver) -> str | bool:
            # Both at once: the next reading may begin at any time.
            told = "const { for: answered, state } = arguments[0].dataset; return [answered, state]"
            answered, state = driver.execute_script(told, self.host())
            done = answered is not None and (length is None or answered == str(length)) and state != "busy"
            return state if done else False

        return self.wait().until(read)  # type: ignore[return-value]

    # --- what an agent does ---

    def open(self) -> WebElement:
        """Click the badge; returns the open panel."""
        if not self.is_open:
            self.find(".badge button").click()
        self.wait().until(lambda _: self.is_open)
        return self.find(".panel")

    @property
    def is_open(self) -> bool:
        """Whether the panel is open."""
        return self.find(".panel").is_displayed()

    def click(self, key: str) -> None:
        """Click a control of the panel by its key, such as ``apply`` or ``swap 0 0``, once the draft as it is was answered.

        An answer that came between the aim and the press would move what stands there: nobody's finger is that fast.
        """

        def clicked(_: WebDriver) -> bool:
            if self.host().get_attribute("data-for") is None and self.state not in ("off", "refresh"):
                return False
            control = self.find(f'[data-key="{key}"]')
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", control)
            control.click()
            return True

        self.wait().until(clicked)  # a new answer may draw the panel anew just now

    def change(self, key: str) -> None:
        """Click what changes the draft, and wait until the coach has said what came of it.

        The draft's text tells less: a rich editor shows one of several edits after the other, and until the last is
        done the answer that is shown is still the one about the draft before.
        """
        before = self.said()
        self.click(key)
        self.wait().until(lambda _: self.said() not in ("", before))

    def name_of(self, selector: str) -> str:
        """The name that a screen reader says: asked of a part that is being drawn anew, the browser knows none yet."""
        return self.wait().until(lambda _: self.find(selector).accessible_name)

    def drawn(self) -> None:
        """Wait until all that is put off to the next picture has been done."""
        self.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")

    def said(self) -> str:
        """What a screen reader was last told about a click."""
        return self.find(".notes").get_attribute("textContent") or ""

    def select_all(self, field: WebElement) -> None:
        """Ctrl+A in a field."""
        field.send_keys(Keys.CONTROL, "a")

    def picture(self, path: Path) -> None:
        """Keep a screenshot."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(path))


class OptionsPage:
    """The extension's settings."""

    def __init__(self, driver: WebDriver, extension_id: str) -> None:
        self.driver = driver
        self.url = f"chrome-extension://{extension_id}/pages/options.html"

    def set_up(self, *, backend: str, code: str, site: str, then: str) -> None:
        """Pair, switch the coach on for ``site``, and go on to ``then``: all by the address."""
        parts = {"pair": code, "backend": backend, "site": site, "next": then}
        self._open("#" + "&".join(f"{key}={quote(value, safe='')}" for key, value in parts.items()))
        self._wait_for(then)

    def switch_on(self, site: str, then: str) -> None:
        """Switch the coach on for a further site."""
        self._open(f"#site={quote(site, safe='')}&next={quote(then, safe='')}")
        self._wait_for(then)

    def open(self) -> None:
        """Show the settings."""
        self._open("")
        WebDriverWait(self.driver, PATIENCE, 0.03).until(
            lambda d: d.find_element(By.TAG_NAME, "html").get_attribute("data-paired")
        )

    def ask_worker(self, message: dict[str, object]) -> object:
        """Ask the worker as this page does. The page must be open."""
        return self.driver.execute_async_script(
            "const done = arguments[1]; chrome.runtime.sendMessage(arguments[0]).then(done)", message
        )

    def choose(self, **choices: object) -> None:
        """Change how the coach helps, as the settings page does."""
        self.open()
        assert self.ask_worker({"type": "choose", **choices}) == {"ok": True}

    def _wait_for(self, url: str) -> None:
        there = "return document.readyState === 'complete' && location.href"
        WebDriverWait(self.driver, PATIENCE, 0.03).until(lambda d: d.execute_script(there) == url)

    def _open(self, fragment: str) -> None:
        def there(driver: WebDriver) -> bool:
            driver.get("about:blank")  # a new fragment alone would not load the page again
            driver.get(self.url + fragment)
            return not driver.find_elements(By.ID, "main-frame-error")  # while the extension is being reloaded

        WebDriverWait(self.driver, PATIENCE, 0.1).until(there)
