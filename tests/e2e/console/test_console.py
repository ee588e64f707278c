"""A team lead's way in a real browser: sign in, find a rule, write one, try it, publish it, take it back."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from empathy_coach.settings import Settings
from empathy_coach.web.server import Server

AXE = Path(__file__).parents[2] / "js/node_modules/axe-core/axe.min.js"
RULE = "teams/our-team/blaming-the-computer"
DRAFT = "Hi Maria, sorry, the system says no."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A backend of its own: these tests change its rules."""
    started = Server(Settings(port=8741, data_dir=tmp_path_factory.mktemp("console"), access_log=False))
    started.start()
    yield started
    started.stop()


class Console:
    """The pages as a lead sees them."""

    def __init__(self, driver: WebDriver, server: Server, artefacts: Path) -> None:
        self.driver, self.server, self.artefacts = driver, server, artefacts
        self.url = f"{server.url}/console"
        token = server.services.pairing.redeem(server.services.pairing.new_code(), "a browser")
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def open(self, path: str) -> None:
        self.driver.get(f"{self.url}/{path}")

    def find(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def fill(self, css: str, text: str) -> None:
        field = self.find(css)
        field.clear()
        field.send_keys(text)

    def press(self, words: str) -> None:
        """Press the button or link of that name, and wait for the page that follows."""
        way = f'//main//*[self::button or self::a][normalize-space()="{words}"]'
        self.leave(self.driver.find_element(By.XPATH, way).click)

    def leave(self, go: Callable[[], None]) -> None:
        """Do what leads to another page, and wait until that is there as a whole."""
        old = self.find("html")
        go()
        whole = "return document.readyState === 'complete'"
        self.until(lambda: self.find("html") != old and self.driver.execute_script(whole))

    def until(self, state: Callable[[], object], what: str = "") -> None:
        waiting = WebDriverWait(self.driver, 15, 0.05, ignored_exceptions=[StaleElementReferenceException])
        waiting.until(lambda _: state(), what)

    def shows(self, words: str, css: str = "main") -> bool:
        return words in self.find(css).text

    def picture(self, name: str) -> None:
        """What README shows; and nothing on the page that a keyboard or a screen reader would stumble over."""
        self.driver.save_screenshot(str(self.artefacts / f"console-{name}.png"))
        self.check()

    def check(self, *rules: str) -> None:
        """axe-core's verdict on the page, by some of its rules or by all."""
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        options = {"runOnly": list(rules)} if rules else {}
        ask = "const [options, done] = arguments; axe.run(options).then((r) => done(r.violations))"
        found = self.driver.execute_async_script(ask, options)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []

    def coach(self) -> set[str]:
        """The rules that a paired browser is told of."""
        body = json.dumps({"draft": DRAFT}).encode()
        asked = urllib.request.Request(f"{self.server.url}/v1/coach", body, self.headers)
        with urllib.request.urlopen(asked) as answer:
            return {finding["rule"] for finding in json.load(answer)["findings"]}


@pytest.fixture
def lead(driver: WebDriver, server: Server, artefacts: Path) -> Iterator[Console]:
    """A lead who is signed in; the browser's errors are looked at when they leave."""
    page = Console(driver, server, artefacts)
    page.open(f"sign-in?link={server.services.sign_in.new_link()}")
    page.fill("#name", "Maria")
    page.press("Sign in")
    yield page
    errors = [entry["message"] for entry in driver.get_log("browser") if server.url in entry["message"]]
    assert [message for message in errors if "Content Security Policy" in message] == []


def test_from_the_first_look_to_a_published_rule_and_back(lead: Console) -> None:
    assert lead.shows("You are signed in.")
    lead.fill("#q", "you should have")
    lead.leave(lambda: lead.find("#q").send_keys(Keys.ENTER))
    lead.until(lambda: lead.shows("Pointing at the customer's mistake"))
    lead.picture("rules")
    lead.press("Pointing at the customer's mistake")
    assert lead.find("mark").text == "You should have"
    lead.picture("rule")

    lead.open("write")
    for field, text in {
        "#title": "Blaming the computer",
        "#why": "It leaves the customer alone with a machine. Say what you can do.",
        "#source": "Our team, May 2026",
        "#find": "the (system|computer) (says|said) no",
        "#advise": "Say who can change it, and ask them.",
        "#draft-fires1": "Sorry, <<the system says no>>.",
        "#draft-silent1": "I asked, and the computer said no to it.",
    }.items():
        lead.fill(field, text)
    lead.until(lambda: lead.shows('This silent example fired on "the computer said no"', "#verdicts"))
    lead.fill("#draft-silent1", "The system is up again.")
    lead.until(lambda: lead.shows("All 2 examples are as they should be", "#verdicts"))
    lead.driver.execute_script("scrollTo(0, 0)")
    lead.picture("write")
    lead.press("As YAML")
    assert "(system|computer)" in str(lead.find("#text").get_property("value"))
    lead.press("As a form")
    lead.press("Save draft")
    assert lead.shows("Saved as a draft")
    assert RULE not in lead.coach()

    lead.press("See what it would change")
    lead.fill("#pasted", "Sorry, the system says no.")
    lead.press("Compare")
    lead.until(lambda: lead.shows("1 of 41 replies would be judged differently"))
    lead.picture("impact")

    lead.press("Publish…")
    lead.find("input[value=everyone]").click()
    lead.fill("#why", "Customers told us")
    lead.picture("publish")
    lead.press("Publish")
    assert lead.shows("Published.")
    assert RULE in lead.coach()

    lead.open("history")
    assert lead.shows("Customers told us")
    lead.picture("history")
    lead.press("Go back to this (the beginning)")
    assert RULE not in lead.coach()


def test_other_pages_have_no_barriers(lead: Console) -> None:
    lead.server.services.feedback.count("core/tone/blames-customer", "tone", "shown", "0123456789abcdef")
    narrow = "return document.documentElement.scrollWidth <= arguments[0]"
    phone = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    for path in ("from-reply", "macros", "works", "pilot", "share", "models", "practice"):
        lead.open(path)
        lead.picture(path)
        lead.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
        lead.until(lambda: lead.driver.execute_script(narrow, phone["width"]), path)
        lead.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_dark_is_as_readable_as_light(lead: Console) -> None:
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    lead.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    for path in ("rules?element=order", "write?from=core/tone/kindly", "history"):
        lead.open(path)
        lead.check("color-contrast")
    lead.driver.save_screenshot(str(lead.artefacts / "console-dark.png"))
    lead.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_marking_words_in_a_reply_begins_a_rule(lead: Console) -> None:
    lead.open("from-reply")
    lead.fill("#reply", "Hi Maria, that is how it is. Your parcel is in Leeds.")
    select = "const f = document.getElementById('reply'); f.focus(); f.setSelectionRange(10, 27)"
    lead.driver.execute_script(select)
    lead.driver.find_element(By.CSS_SELECTOR, "[data-mark]").click()
    assert lead.find("#reply").get_property("value") == "Hi Maria, <<that is how it is>>. Your parcel is in Leeds."
    lead.press("Propose a rule")
    assert lead.find("#find").get_property("value") == "that is how it is"
    assert lead.find("#draft-silent1").get_property("value") == "Your parcel is in Leeds."


def test_reading_needs_no_script(lead: Console) -> None:
    lead.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        lead.open("rules?element=order")
        assert lead.shows("rules")
        lead.open("write?from=core/tone/kindly")
        assert lead.shows("All 3 examples are as they should be")
    finally:
        lead.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
