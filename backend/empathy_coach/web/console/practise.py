"""When the team practises, and the way to the practice pages."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.rules.team_life import LEAST_MINUTES, MOST_MINUTES, WEEKDAYS, Rhythm
from empathy_coach.services.house import Services
from empathy_coach.web.console.team import shown_week
from empathy_coach.web.problems import ProblemError


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""

    @console.get("/practice")
    def practise() -> str:
        rhythm = services.rules.sets.choices.rhythm
        week = shown_week(services)
        return render_template(
            "console/practise.html",
            rhythm=rhythm,
            days=WEEKDAYS,
            least=LEAST_MINUTES,
            most=MOST_MINUTES,
            week=week,
            practised=week.of("practice"),
        )

    @console.post("/practice")
    def keep_rhythm() -> AnyResponse:
        form = request.form
        rhythm = None
        if form.get("every"):
            every = next((day for day in WEEKDAYS if day == form["every"]), None)
            minutes = form.get("minutes", type=int) or 0
            if every is None or not LEAST_MINUTES <= minutes <= MOST_MINUTES:
                raise ProblemError(422, f"Choose a day, and {LEAST_MINUTES} to {MOST_MINUTES} minutes.")
            rhythm = Rhythm(every, minutes)
        services.team_rules.keep_rhythm(rhythm, g.lead)
        return redirect(url_for("console.practise", done="rhythm"))

    @console.post("/practice/open")
    def open_practice() -> AnyResponse:
        return redirect(url_for("practice.enter", code=services.pairing.new_code(g.person.account)))
