"""A listening round for a group: everyone marks the same message on their own device, then all look at it together.

A round lives in memory, knows no names, and is gone after two hours. Its code lets people in; pages ask every few
seconds how many have answered.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.practice.listening import compare, pieces
from empathy_coach.practice.scenario import Mark
from empathy_coach.services.house import Services
from empathy_coach.services.pairing import ALPHABET
from empathy_coach.web.practice.listening import heard, read_marks
from empathy_coach.web.practice.roleplay import known
from empathy_coach.web.problems import ProblemError

LIFETIME = 2 * 3600.0  # seconds
PLAYERS = 60
ROUNDS = 100
_LENGTH = 6
#: Where a round's code is enough to be let in: players need no pairing of their own.
GUESTS = frozenset({"practice.round", "practice.in_round", "practice.round_state"})


@dataclass
class Round:
    """One message and what was marked in it, by player's key (random, of no meaning). ``shown`` ends the marking."""

    scenario: str
    lead: str
    made_at: float
    answers: dict[str, Mapping[int, set[Mark]]] = field(default_factory=dict)
    shown: bool = False


class Rounds:
    """The rounds of this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._rounds: dict[str, Round] = {}

    def begin(self, scenario: str, lead: str) -> str:
        """A new round's code. Raises ProblemError when there are too many."""
        with self._lock:
            now = self._clock()
            self._rounds = {c: r for c, r in self._rounds.items() if now - r.made_at < LIFETIME}
            if len(self._rounds) >= ROUNDS:
                raise ProblemError(429, "Too many rounds are open just now. Please try again later.")
            code = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
            self._rounds[code] = Round(scenario, lead, now)
            return code

    def find(self, code: str) -> Round:
        """The round of this code. Raises ProblemError when there is none."""
        with self._lock:
            found = self._rounds.get(code)
        if found is None or self._clock() - found.made_at >= LIFETIME:
            raise ProblemError(404, "There is no round with this code. It may have ended.")
        return found

    def answer(self, code: str, player: str, marks: Mapping[int, set[Mark]]) -> None:
        """Keep one player's marks; a later answer replaces their earlier one."""
        found = self.find(code)
        with self._lock:
            if found.shown:
                return
            if player not in found.answers and len(found.answers) >= PLAYERS:
                raise ProblemError(429, "This round is full.")
            found.answers[player] = marks


def add_to(practice: Blueprint, services: Services) -> None:
    """The pages of a round."""
    rounds = Rounds()

    @practice.route("/round", methods=["GET", "POST"])
    def round() -> AnyResponse | str:
        if request.method == "GET":
            return render_template("practice/round.html", scenarios=heard(services.practice.library), lead=bool(g.csrf))
        if "scenario" in request.form:
            if not g.csrf:
                raise ProblemError(403, "To start a round, come in with a code of your own first.")
            name = known(services.practice.library, request.form["scenario"]).id
            return redirect(url_for("practice.in_round", code=rounds.begin(name, g.csrf)))
        code = "".join(request.form.get("code", "").split()).upper()[:_LENGTH]
        return redirect(url_for("practice.in_round", code=code))

    @practice.route("/round/<code>", methods=["GET", "POST"])
    def in_round(code: str) -> AnyResponse:
        found = rounds.find(code)
        scenario = services.practice.library.scenarios[found.scenario]
        player = request.cookies.get(f"round-{code}", "")[:40] or secrets.token_urlsafe(12)
        lead = bool(g.csrf) and g.csrf == found.lead
        if request.method == "POST":
            if "show" not in request.form:
                rounds.answer(code, player, read_marks(request.form.getlist("mark")))
            elif lead:
                found.shown = True
        page = render_template(
            "practice/in_round.html",
            code=code,
            scenario=scenario,
            lead=lead,
            shown=found.shown,
            answered=player in found.answers,
            count=len(found.answers),
            pieces=pieces(scenario.opens),
            compared=compare(scenario, {}, services.rules.current) if found.shown else (),
            tally=_tally(found) if found.shown else {},
        )
        answer = make_response(page)
        answer.set_cookie(
            f"round-{code}", player, max_age=int(LIFETIME), path="/practice", httponly=True, samesite="Strict"
        )
        return answer

    @practice.get("/round/<code>/state")
    def round_state(code: str) -> Response:
        found = rounds.find(code)
        return jsonify(count=len(found.answers), shown=found.shown)


def _tally(found: Round) -> dict[int, Counter[Mark]]:
    """How many marked what, piece by piece."""
    tally: dict[int, Counter[Mark]] = {}
    for marks in found.answers.values():
        for piece, kinds in marks.items():
            tally.setdefault(piece, Counter()).update(kinds)
    return tally
