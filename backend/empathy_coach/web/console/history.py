"""What was published: by whom, when, why, what changed; and the way back."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.rules.differences import differences
from empathy_coach.services.house import Services
from empathy_coach.web.console.browse import signed
from empathy_coach.web.problems import ProblemError


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""

    @console.get("/history")
    def history() -> str:
        releases = [
            (release, differences(release.before, release.choices)) for release in services.team_rules.history()
        ]
        return render_template("console/history.html", releases=releases)

    @console.post("/history")
    def go_back() -> AnyResponse:
        number = request.form.get("release", "")
        if not number.isdecimal() or len(number) > 9:
            raise ProblemError(422, "Please choose the point to go back to.")
        where = f"number {int(number)}" if int(number) else "the beginning"
        why = request.form.get("why", "") or f"Back to {where}"
        services.team_rules.roll_back(int(number), *signed(why))
        return redirect(url_for("console.history", done="back"))
