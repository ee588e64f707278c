"""Looks at one ticket without a window, as an agent would: types a hurried draft and opens the coach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from selenium import webdriver
from selenium.common.exceptions import NoSuchShadowRootException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from empathy_coach.demo.browser import Browser, end, flags

PATIENCE = 30  # seconds for one step, generous for a slow machine


class UnseenError(Exception):
    """The ticket could not be looked at; the text says at which step."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an agent saw: the ``draft`` that was typed, the words on the ``badge``, the words in the ``panel``."""

    draft: str
    badge: str
    panel: str


def look(browser: Browser, driver: Path, profile: Path, address: str, ticket: str, picture: Path) -> Seen:
    """Pair by way of ``address``, type on ``ticket``, open the panel, keep a screenshot at ``picture``.

    Raises UnseenError.
    """
    options = webdriver.ChromeOptions()
    options.binary_location = str(browser.program)
    for flag in (*flags(profile), "--headless=new", "--window-size=1280,1000"):
        options.add_argument(flag)
    # A group of its own: Ctrl-C in the terminal must end it through us, not behind our back.
    service = Service(str(driver), popen_kw={"start_new_session": True})
    step = "starting the browser"
    chrome = None
    try:
        chrome = webdriver.Chrome(options=options, service=service)
        wait = WebDriverWait(
            chrome, PATIENCE, ignored_exceptions=(NoSuchShadowRootException, StaleElementReferenceException)
        )
        step = "pairing the extension"
        chrome.get(address)
        wait.until(lambda _: chrome.current_url.startswith(ticket))
        step = "finding the coach beside the reply"
        field = wait.until(lambda _: chrome.find_element(By.CSS_SELECTOR, "#reply-text, #reply-rich"))
        field.click()
        draft = chrome.find_element(By.ID, "hurried").get_attribute("data-draft") or ""
        field.send_keys(draft)
        step = "waiting for the coach's answer"
        host = wait.until(lambda _: _settled(chrome, len(draft)))
        badge = host.shadow_root.find_element(By.CSS_SELECTOR, ".badge button")
        said = badge.text
        badge.click()
        step = "opening the panel"
        panel = host.shadow_root.find_element(By.CSS_SELECTOR, ".panel")
        wait.until(lambda _: panel.is_displayed())
        chrome.save_screenshot(str(picture))
        return Seen(draft, said, _in_words(panel))
    except WebDriverException as error:
        reason = (error.msg or type(error).__name__).splitlines()[0]
        raise UnseenError(f"it stopped while {step} ({reason or type(error).__name__}).") from None
    finally:
        if chrome is not None:
            chrome.quit()
        if service.process is not None:
            end(service.process)  # where Ctrl-C came while it was starting


def _in_words(panel: WebElement) -> str:
    """The panel as plain text: its headings, and a line for each thing below them."""
    parts = []
    for section in panel.find_elements(By.CSS_SELECTOR, ".scroll > section"):
        title = [heading.text for heading in section.find_elements(By.TAG_NAME, "h2")]
        after = section.find_elements(By.CSS_SELECTOR, ".after")
        if after:
            lines = after[0].text.splitlines()[1:]  # the first says which of the two it is
        else:
            things = section.find_elements(By.CSS_SELECTOR, "li") or section.find_elements(By.TAG_NAME, "p")
            lines = ["- " + _one_line(thing) for thing in things]
        parts.append("\n".join([*title, *lines]))
    return "\n\n".join(parts)


def _one_line(thing: WebElement) -> str:
    folded = {summary.text for summary in thing.find_elements(By.TAG_NAME, "summary")}
    said = " · ".join(line for line in thing.text.splitlines() if line not in folded)
    return re.sub(r"(?<=\w)“", ": “", said)


def _settled(chrome: webdriver.Chrome, length: int) -> WebElement | Literal[False]:
    """The coach's element once it has answered for a draft of this length."""
    for host in chrome.find_elements(By.CSS_SELECTOR, "empathy-coach"):
        if host.get_attribute("data-for") == str(length) and host.get_attribute("data-state") != "busy":
            return host
    return False
