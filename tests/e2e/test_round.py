"""A listening round: three browsers that see the same thing at the same time, and thirty players on the embedded server."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlencode, urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support import expected_conditions as until
from selenium.webdriver.support.ui import WebDriverWait

from empathy_coach.demo.browser import find_browser, find_driver
from empathy_coach.web.server import Server

PLAYERS = 30
PATIENCE = 20  # seconds


@pytest.fixture
def others() -> Iterator[list[WebDriver]]:
    """Two more browsers, of people who have nothing installed."""
    browser = find_browser()
    assert browser
    options = webdriver.ChromeOptions()
    options.binary_location = str(browser.program)
    for flag in ("--headless=new", "--no-sandbox", "--window-size=390,800"):
        options.add_argument(flag)
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        started = [pool.submit(webdriver.Chrome, options, Service(str(find_driver()))) for _ in range(2)]
        for one in started:
            stack.callback(one.result().quit)
        yield [one.result() for one in started]


def begun(driver: WebDriver, backend: Server) -> str:
    """A lead comes in and starts a round; its code."""
    driver.get(f"{backend.url}/practice/enter?code={backend.services.pairing.new_code()}")
    driver.find_element(By.CSS_SELECTOR, "button.main").click()
    WebDriverWait(driver, PATIENCE).until(until.title_contains("Practice ·"))
    driver.get(f"{backend.url}/practice/round")
    driver.find_element(By.XPATH, "//button[contains(., 'Start')]").click()
    return WebDriverWait(driver, PATIENCE).until(until.presence_of_element_located((By.CSS_SELECTOR, ".code"))).text


def test_three_browsers_see_the_answers_at_the_same_time(
    driver: WebDriver, others: list[WebDriver], backend: Server
) -> None:
    code = begun(driver, backend)
    for guest in others:
        guest.get(f"{backend.url}/practice/round")
        guest.find_element(By.NAME, "code").send_keys(code.lower())
        guest.find_element(By.XPATH, "//button[.='Join']").click()
    for player, pen in ((driver, "1"), (others[0], "1"), (others[1], "3")):
        piece = WebDriverWait(player, PATIENCE).until(until.element_to_be_clickable((By.CSS_SELECTOR, ".piece")))
        piece.send_keys(f"{pen} ")
        player.find_element(By.XPATH, "//button[.='Send, without my name']").click()
        WebDriverWait(player, PATIENCE).until(
            until.text_to_be_present_in_element((By.TAG_NAME, "main"), "Your marks are in")
        )
    WebDriverWait(driver, PATIENCE).until(until.text_to_be_present_in_element((By.ID, "count"), "3 have answered"))
    driver.find_element(By.NAME, "show").click()
    for player in (driver, *others):
        WebDriverWait(player, PATIENCE).until(until.presence_of_element_located((By.CSS_SELECTOR, "table.compared")))
        first = player.find_element(By.CSS_SELECTOR, ".compared tbody td").text
        assert "Feels 2" in first and "Asks 1" in first


class Player:
    """Somebody's phone: one connection, one cookie."""

    def __init__(self, server: str, code: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=PATIENCE)
        self.server, self.path = server, f"/practice/round/{code}"
        self.cookie = ""

    def ask(self, path: str = "", form: list[tuple[str, str]] | None = None) -> str:
        headers = {"Cookie": self.cookie, "Origin": self.server, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST" if form else "GET", self.path + path, urlencode(form or []) or None, headers)
        answer = self.connection.getresponse()
        self.cookie = (answer.headers["Set-Cookie"] or self.cookie).partition(";")[0]
        body = answer.read().decode()
        assert answer.status == 200, answer.status
        return body

    def play(self) -> str:
        """Look, mark, wait for the answers, look at them."""
        self.ask()
        assert "Your marks are in" in self.ask(form=[("mark", "0:told"), ("mark", "1:feels")])
        ends = time.monotonic() + PATIENCE
        while '"shown":true' not in self.ask("/state"):
            assert time.monotonic() < ends, "the answers were never shown"
            time.sleep(0.2)
        return self.ask()


def test_thirty_players_at_once(driver: WebDriver, backend: Server) -> None:
    code = begun(driver, backend)
    with ThreadPoolExecutor(PLAYERS) as pool:
        pages = [pool.submit(Player(backend.url, code).play) for _ in range(PLAYERS)]
        count = (By.ID, "count")
        WebDriverWait(driver, PATIENCE).until(until.text_to_be_present_in_element(count, f"{PLAYERS} have answered"))
        driver.find_element(By.NAME, "show").click()
        seen = {re.sub(r'nonce[="-][^" ]*"?|[\w-]{20,}', "", page.result()) for page in pages}
    assert all(f"Told us {PLAYERS}" in page and f"Feels {PLAYERS}" in page for page in seen)
    assert len(seen) == 1  # everybody sees the same
