"""A listening round for a group: everyone marks the same message on their own device, then all look at it together.

Its code lets people in; pages ask every few seconds how many have answered.
"""

from __future__ import annotations

import secrets
from collections import Counter

from flask import Blueprint, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.practice.listening import compare, pieces
from empathy_coach.practice.scenario import Mark
from empathy_coach.services.house import Services
from empathy_coach.services.rounds import LENGTH, LIFETIME, NoRoundError, Round, TooManyError
from empathy_coach.web.practice.listening import heard, read_marks
from empathy_coach.web.practice.roleplay import known
from empathy_coach.web.problems import ProblemError

#: Where a round's code is enough to be let in: players need no pairing of their own.
GUESTS = frozenset({"practice.round", "practice.in_round", "practice.round_state"})


def add_to(practice: Blueprint, services: Services) -> None:
    """The pages of a round."""
    rounds = services.rounds

    @practice.errorhandler(NoRoundError)
    def no_round(error: NoRoundError) -> AnyResponse:
        return make_response(render_template("practice/problem.html", text=str(error)), 404)

    @practice.errorhandler(TooManyError)
    def too_many(error: TooManyError) -> AnyResponse:
        return make_response(render_template("practice/problem.html", text=str(error)), 429)

    @practice.route("/round", methods=["GET", "POST"])
    def round() -> AnyResponse | str:
        if request.method == "GET":
            return render_template("practice/round.html", scenarios=heard(services.practice.library), lead=bool(g.csrf))
        if "scenario" in request.form:
            if not g.csrf:
                raise ProblemError(403, "To start a round, come in with a code of your own first.")
            name = known(services.practice.library, request.form["scenario"]).id
            return redirect(url_for("practice.in_round", code=rounds.begin(name, g.csrf)))
        code = "".join(request.form.get("code", "").split()).upper()[:LENGTH]
        return redirect(url_for("practice.in_round", code=code))

    @practice.route("/round/<code>", methods=["GET", "POST"])
    def in_round(code: str) -> AnyResponse:
        player = request.cookies.get(f"round-{code}", "")[:40] or secrets.token_urlsafe(12)
        found = rounds.find(code)
        lead = bool(g.csrf) and g.csrf == found.row.lead
        if request.method == "POST":
            if "show" not in request.form:
                marks = read_marks(request.form.getlist("mark"))
                rounds.answer(code, player, (f"{piece}:{mark}" for piece, some in marks.items() for mark in some))
            elif lead:
                rounds.show(code)
            found = rounds.find(code)
        scenario = known(services.practice.library, found.row.scenario)
        page = render_template(
            "practice/in_round.html",
            code=code,
            scenario=scenario,
            lead=lead,
            shown=found.row.shown,
            answered=player in found.answers,
            count=len(found.answers),
            pieces=pieces(scenario.opens),
            compared=compare(scenario, {}, services.rules.current) if found.row.shown else (),
            tally=_tally(found) if found.row.shown else {},
        )
        answer = make_response(page)
        answer.set_cookie(f"round-{code}", player, max_age=LIFETIME, path="/practice", httponly=True, samesite="Strict")
        return answer

    @practice.get("/round/<code>/state")
    def round_state(code: str) -> Response:
        found = rounds.find(code)
        return jsonify(count=len(found.answers), shown=found.row.shown)


def _tally(found: Round) -> dict[int, Counter[Mark]]:
    """How many marked what, piece by piece."""
    tally: dict[int, Counter[Mark]] = {}
    for mark, count in found.tally.items():
        for piece, kinds in read_marks([mark]).items():
            tally.setdefault(piece, Counter()).update(dict.fromkeys(kinds, count))
    return tally
