"""Role play, turn by turn. The page carries the replies so far; the server keeps none of them."""

from __future__ import annotations

import secrets

from flask import Blueprint, render_template, request

from empathy_coach.practice.debrief import debrief
from empathy_coach.practice.library import Library
from empathy_coach.practice.play import LONGEST, TURNS, played
from empathy_coach.practice.scenario import Scenario
from empathy_coach.services.customer_voice import LONGEST as VOICE_LONGEST
from empathy_coach.services.house import Services
from empathy_coach.web.practice.words import plain_lines
from empathy_coach.web.problems import ProblemError

_SEEDS = 1000


def add_to(practice: Blueprint, services: Services) -> None:
    """The list of scenarios and the play itself."""

    @practice.get("/play")
    def plays() -> str:
        library = services.practice.library
        every = sorted(library.scenarios.values(), key=lambda s: (s.taking_over, -s.temper))
        return render_template("practice/plays.html", scenarios=every, words=library.words)

    @practice.route("/play/<name>", methods=["GET", "POST"])
    def play(name: str) -> str:
        library = services.practice.library
        scenario = known(library, name)
        seed = request.form.get("seed", type=int) or secrets.randbelow(_SEEDS) + 1
        replies = [text for text in map(plain_lines, request.form.getlist("reply")) if text][:TURNS]
        game = played(scenario, seed, replies, library.words, services.rules.current)
        said = [text[:VOICE_LONGEST] for text in map(plain_lines, request.form.getlist("said"))][: len(game.turns) - 1]
        said += [turn.answer for turn in game.turns[len(said) :]]
        if services.voice.on and game.turns:
            said[-1] = services.voice.worded(game, library.words.band(game.temper))
        end = debrief(game, library.words) if game.end else None
        return render_template(
            "practice/play.html",
            scenario=scenario,
            play=game,
            said=said,
            voiced=services.voice.on,
            words=library.words,
            debrief=end,
            longest=LONGEST,
            turns=TURNS,
        )


def known(library: Library, name: str) -> Scenario:
    """The scenario of this name, or a 404."""
    scenario = library.scenarios.get(name)
    if scenario is None:
        raise ProblemError(404, "There is no such scenario.")
    return scenario
