"""The team's own model in the panel: beside the coach's words, named, never waited for, and only where there is one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from model_server import Model, running
from selenium.webdriver.common.by import By
from support.coach_page import CoachPage, OptionsPage

from empathy_coach.domain import Conversation, Draft, Rewording
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.services.own_model import OwnModel
from empathy_coach.web.server import Server

CURT = "You should have checked the tracking page. Your parcel comes on Friday."
KIND = "I'm sorry about the wait. Your parcel comes on Friday."


@pytest.fixture
def model(backend: Server, monkeypatch: pytest.MonkeyPatch, settings_page: OptionsPage) -> Iterator[Model]:
    """A model of the team's, which says the kind words, and the backend that asks it."""
    with running() as made:
        made.says = lambda asked: KIND
        monkeypatch.setattr(backend.services.author, "_model", OwnModel(made.url, "local", 30.0))
        pair_anew(settings_page, backend)
        yield made


def pair_anew(settings_page: OptionsPage, backend: Server) -> None:
    """Other settings: what the worker remembers of the backend no longer holds."""
    settings_page.open()
    code = backend.services.pairing.new_code()
    assert settings_page.ask_worker({"type": "pair", "backend": backend.url, "code": code}) == {"ok": True}


def opened(coach: CoachPage) -> None:
    coach.visit("textarea.html")
    coach.driver.find_element(By.ID, "answer").send_keys(CURT)
    coach.wait_read(len(CURT))
    coach.open()


def test_its_words_stand_beside_the_coachs_and_can_be_used(coach: CoachPage, model: Model) -> None:
    def hold(asked: object) -> str:
        model.go_on.wait(30)
        return KIND

    model.says = hold
    opened(coach)
    assert coach.find(".rewording").is_displayed() and not coach.find_all(".second-author")  # nobody waits
    model.go_on.set()
    coach.wait().until(lambda _: coach.find_all(".second-author"))
    assert coach.find(".second-author .model-words").text == KIND
    assert "language model" in coach.find(".second-author .hint").text
    assert coach.find(".rewording").is_displayed()
    coach.click("apply model")
    field = coach.driver.find_element(By.ID, "answer")
    coach.wait().until(lambda _: field.get_attribute("value") == KIND)


def test_a_team_without_one_is_asked_once(
    coach: CoachPage, backend: Server, settings_page: OptionsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    author = backend.services.author
    rewrite = author.rewrite

    def counted(conversation: Conversation, draft: Draft, rule_set: RuleSet) -> Rewording | str:
        asked.append(draft.text)
        return rewrite(conversation, draft, rule_set)

    monkeypatch.setattr(author, "rewrite", counted)
    pair_anew(settings_page, backend)
    opened(coach)
    coach.wait().until(lambda _: asked == [CURT])
    for length in (len(CURT) + 1, len(CURT) + 2):
        # Read once more, so that the worker has long heard that there is none.
        coach.driver.find_element(By.ID, "answer").send_keys("!")
        coach.wait_read(length)
        coach.click("close")
        coach.open()  # asks at once
    pair_anew(settings_page, backend)
    opened(coach)
    coach.wait().until(lambda _: len(asked) > 1)
    assert asked == [CURT, CURT]
