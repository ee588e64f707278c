"""What the coach offers besides the reading: practice in the team's rhythm, a breather, how a colleague would say it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from support.axe import faults
from support.coach_page import CoachPage, OptionsPage

from empathy_coach.rules.team_life import ModelReply, Rhythm
from empathy_coach.web.server import Server

FORGET = """const done = arguments[0];
chrome.storage.local.remove("practiceFrom").then(() => chrome.storage.session.remove(["hard", "rhythm"])).then(done)"""
DRAFT = "You should have checked the tracking page."
MODEL = "Hello Mara, third time is two times too many. I have the new lamp here and send it today. Maria"


@pytest.fixture
def team(backend: Server, settings_page: OptionsPage) -> Iterator[Server]:
    """The backend with a team that practises every Monday (so that the week's time has always come) and a model reply."""
    rules = backend.services.team_rules
    rules.keep_rhythm(Rhythm("monday", 10), "Maria")
    rules.keep_model("maria", ModelReply("Maria", MODEL, "core/tone/blames-customer"), "Maria")
    settings_page.open()
    settings_page.driver.execute_async_script(FORGET)
    yield backend
    rules.roll_back(0, "Maria", "As before")
    settings_page.open()
    settings_page.driver.execute_async_script(FORGET)


class SidePanel:
    """The side panel as a page of its own."""

    def __init__(self, coach: CoachPage, settings_page: OptionsPage) -> None:
        self.coach, self.driver = coach, coach.driver
        self.address = settings_page.url.replace("options", "side-panel")

    def open(self, offer: str) -> str:
        """Open it and wait for that offer; what it says."""
        self.driver.get(self.address)
        return self.shows(offer)

    def shows(self, offer: str) -> str:
        self.coach.wait().until(lambda d: d.find_element(By.ID, "offers").get_attribute("data-offer") == offer)
        return self.driver.find_element(By.ID, "offers").text

    def click(self, key: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, f"#offers [data-key='{key}']").click()


@pytest.fixture
def side(coach: CoachPage, settings_page: OptionsPage) -> SidePanel:
    return SidePanel(coach, settings_page)


def test_practice_is_offered_and_may_be_put_off(team: Server, side: SidePanel, artefacts: Path) -> None:
    said = side.open("practice")
    assert "from Monday on: 10 minutes" in said and "Nobody is told" in said
    side.driver.save_screenshot(str(artefacts / "side-panel-practice.png"))
    assert faults(side.driver) == []
    side.click("tomorrow")
    side.shows("none")
    side.open("none")


def test_a_breather_after_a_run_of_very_upset_customers(
    team: Server, coach: CoachPage, side: SidePanel, artefacts: Path
) -> None:
    for _ in range(3):
        coach.visit("textarea.html")
        coach.driver.find_element(By.ID, "answer").send_keys(DRAFT)
        coach.wait_read(len(DRAFT))
        coach.driver.find_element(By.ID, "go").click()
        coach.wait().until(lambda d: d.find_elements(By.ID, "sent"))
    said = side.open("breather")
    assert "several hard conversations" in said and "Only this browser knows" in said
    side.driver.save_screenshot(str(artefacts / "side-panel-breather.png"))
    assert faults(side.driver) == []
    side.click("breathe")
    assert "The next ticket can wait" in side.shows("breathing")
    side.click("back")
    side.shows("practice")  # a new run has to come first


def test_how_a_colleague_would_say_it(team: Server, coach: CoachPage, artefacts: Path) -> None:
    coach.visit("textarea.html")
    coach.driver.find_element(By.ID, "answer").send_keys(DRAFT)
    coach.wait_read(len(DRAFT))
    coach.open()
    summary = coach.find("[data-key='model summary']")
    assert summary.text == "How Maria would say it"
    summary.click()
    assert coach.find(".model-words").text == MODEL
    coach.driver.save_screenshot(str(artefacts / "panel-model-reply.png"))
