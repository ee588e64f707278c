"""The listening game."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from flask import Blueprint, render_template, request

from empathy_coach.practice.library import Library
from empathy_coach.practice.listening import compare, heard_share, pieces
from empathy_coach.practice.scenario import MARKS, Mark, Scenario
from empathy_coach.services.house import Services
from empathy_coach.web.practice.roleplay import known
from empathy_coach.web.problems import ProblemError


def add_to(practice: Blueprint, services: Services) -> None:
    """The list of messages and the game itself."""

    @practice.get("/listen")
    def listens() -> str:
        return render_template("practice/listens.html", scenarios=heard(services.practice.library))

    @practice.route("/listen/<name>", methods=["GET", "POST"])
    def listen(name: str) -> str:
        scenario = known(services.practice.library, name)
        if not scenario.listening:
            raise ProblemError(404, "There is no listening game for this scenario.")
        if request.method == "GET":
            return render_template("practice/listen.html", scenario=scenario, pieces=pieces(scenario.opens))
        compared = compare(scenario, read_marks(request.form.getlist("mark")), services.rules.current)
        return render_template(
            "practice/listened.html", scenario=scenario, compared=compared, share=heard_share(compared)
        )


def heard(library: Library) -> list[Scenario]:
    """The scenarios whose author says what is to be heard."""
    return [s for s in library.scenarios.values() if s.listening]


def read_marks(values: Iterable[str]) -> dict[int, set[Mark]]:
    """Marks such as "3:feels" from a form; what is none is left out."""
    found: dict[int, set[Mark]] = defaultdict(set)
    for value in list(values)[:200]:
        number, _, word = value.partition(":")
        mark = next((m for m in MARKS if m == word), None)
        if mark and number.isascii() and number.isdigit() and len(number) < 4:
            found[int(number)].add(mark)
    return found
