"""A language model may word what a customer says. What is said, and how they feel, stays with the engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from model_server import Model, running

from empathy_coach.practice.library import Library
from empathy_coach.practice.play import played
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.services.customer_voice import CustomerVoice
from empathy_coach.services.house import Services
from empathy_coach.services.own_model import OwnModel
from empathy_coach.settings import Settings
from empathy_coach.web.app import create_app

from .conftest import Visitor

REPLY = "Hello Ingrid, a new one reaches you on Thursday the 12th. Marcus"


@pytest.fixture
def model() -> Iterator[Model]:
    with running() as made:
        yield made


def line(asked: dict[str, Any]) -> str:
    return str(json.loads(asked["messages"][1]["content"])["line"])


def worded(model: Model, library: Library, rules: RuleSet, said: str) -> tuple[str, str]:
    """The engine's line after one reply, and what is shown of it when the model says ``said``."""
    model.says = lambda asked: said
    play = played(library.scenarios["changing-table"], 1, [REPLY], library.words, rules)
    return play.turns[0].answer, CustomerVoice(OwnModel(model.url, "m", 3), True).worded(play, "tense")


def test_its_words_are_taken_when_they_say_the_same(model: Model, library: Library, rules: RuleSet) -> None:
    said = "That is all very well, but which neighbour has it now?"
    assert worded(model, library, rules, said)[1] == said
    told = json.loads(model.asked[0]["messages"][1]["content"])
    assert told["mood"] == "tense" and told["conversation"][-1] == {"role": "agent", "text": REPLY}


@pytest.mark.parametrize(
    "said",
    ["", "All is well, thank you.", "Where is it? Refund me 900 at once.", "Where is it? " * 90, "x" * 5000],
)
def test_what_says_something_else_is_dropped(said: str, model: Model, library: Library, rules: RuleSet) -> None:
    engine, shown = worded(model, library, rules, said)
    assert shown == engine and "?" in engine


def test_a_model_that_is_away_is_not_missed(library: Library, rules: RuleSet) -> None:
    play = played(library.scenarios["changing-table"], 1, [REPLY], library.words, rules)
    assert CustomerVoice(OwnModel("http://127.0.0.1:9/v1", "m", 1), True).worded(play, "calm") == play.turns[0].answer


def test_the_page_keeps_what_was_said_and_the_temper_is_the_engines(model: Model, services: Services) -> None:
    model.says = lambda asked: f"So: {line(asked)}"
    voice = CustomerVoice(OwnModel(model.url, "m", 3), True)
    app = create_app(Settings(access_log=False), replace(services, voice=voice))
    visitor = Visitor(app.test_client()).come_in(services)
    first = visitor.post("play/changing-table", {"seed": "1", "reply": REPLY}).text
    assert "So: " in first and "language model" in first
    said = re.findall(r'name="said" value="([^"]*)"', first)
    second = visitor.post(
        "play/changing-table", {"seed": "1", "reply": [REPLY, REPLY], "said": ["kept <b>words</b>"]}
    ).text
    assert len(said) == 1 and "kept &lt;b&gt;words&lt;/b&gt;" in second
    assert len(model.asked) == 2  # once for each new line
    assert "nearly the same reply as before" in second
