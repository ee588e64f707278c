"""What all practice pages share: who is let in, how a page is made, what goes wrong.

The way in is a one-time code (``coach practice`` makes a link with it). It becomes a token like that of any paired
client, kept in a cookie, so that ``coach tokens --revoke`` ends it. Nothing typed here is kept: a page that goes on
(role play) carries what was said in its own form.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.errors import CoachError, StorageError
from empathy_coach.services.house import Services
from empathy_coach.services.pairing import TooManyTriesError, WrongCodeError
from empathy_coach.web import logs, pages
from empathy_coach.web.identity import PRACTICE_COOKIE
from empathy_coach.web.practice import drill, group, listening, me, progress, roleplay, sorting
from empathy_coach.web.practice.words import helpers
from empathy_coach.web.problems import ProblemError
from empathy_coach.web.security import PRACTICE

LABEL = "practice pages"
#: What a code lets people do; the code itself shows that they mean it.
WITHOUT_FORM_TOKEN = frozenset({"practice.enter", "practice.static"}) | group.GUESTS
#: What is counted when somebody of a team practises: that it was done. A lead sees "at least five people", or nothing.
_EXERCISES = {
    "practice.tour": "the idea",
    "practice.listen": "listening",
    "practice.play": "role play",
    "practice.drill": "rewording",
    "practice.rapport": "rapport",
}
_MONTH = 30 * 24 * 3600  # seconds
_FORM_BYTES = 200_000

log = logging.getLogger(__name__)


def make_practice(services: Services) -> Blueprint:
    """The blueprint of ``/practice``."""
    practice = Blueprint(
        PRACTICE, __name__, url_prefix="/practice", template_folder="templates", static_folder="../static"
    )
    _guard(practice, services)
    _way_in(practice, services)
    _answer_errors(practice)
    for part in (roleplay, listening, sorting, drill, progress, group, me):
        part.add_to(practice, services)

    @practice.get("/")
    def home() -> str:
        return render_template("practice/home.html", library=services.practice.library)

    @practice.route("/<path:rest>", methods=["GET", "POST"])
    def nothing(rest: str) -> AnyResponse:
        raise ProblemError(404)

    return practice


def _guard(practice: Blueprint, services: Services) -> None:
    @practice.before_request
    def check() -> None:
        request.max_form_memory_size = _FORM_BYTES
        g.csrf = pages.form_token(g.credential, PRACTICE) if g.person else ""
        if request.endpoint not in WITHOUT_FORM_TOKEN:
            pages.check_form(g.csrf)

    @practice.after_request
    def count(response: Response) -> Response:
        exercise = _EXERCISES.get(request.endpoint or "")
        if exercise and request.method == "POST" and response.status_code == 200 and g.person is not None:
            with suppress(StorageError):  # the exercise counts more than its count
                services.team_views.count(
                    services.contributors.of(g.person.account), {("practice", exercise, "done"): 1}
                )
        return response

    @practice.after_request
    def protect(response: Response) -> Response:
        return pages.protect(response)

    @practice.context_processor
    def known() -> dict[str, Any]:
        return {"nonce": pages.nonce(), "csrf": g.get("csrf", ""), **helpers()}


def _way_in(practice: Blueprint, services: Services) -> None:
    @practice.route("/enter", methods=["GET", "POST"])
    def enter() -> AnyResponse:
        code = request.values.get("code", "")[:40]
        if request.method == "GET":  # a browser that fetches links ahead must not use the code up
            return make_response(render_template("practice/enter.html", code=code, wrong=""))
        try:
            token = services.pairing.redeem(code, LABEL)
        except WrongCodeError:
            wrong = "This code is not valid any more. Make a new one with: coach practice"
            return make_response(render_template("practice/enter.html", wrong=wrong), 403)
        except TooManyTriesError as error:
            return make_response(render_template("practice/enter.html", wrong=str(error)), 429)
        answer = redirect(url_for("practice.home"))
        pages.keep_cookie(answer, PRACTICE_COOKIE, token, _MONTH, "/practice", "Lax")
        return answer


def _answer_errors(practice: Blueprint) -> None:
    def page(status: int, text: str) -> AnyResponse:
        return make_response(render_template("practice/problem.html", text=text), status)

    @practice.errorhandler(ProblemError)
    def problem(error: ProblemError) -> AnyResponse:
        if error.status == 401:
            return pages.to_sign_in() or make_response(render_template("practice/enter.html", wrong=""), 401)
        return page(error.status, str(error.document()["detail"]))

    @practice.errorhandler(HTTPException)
    def refused(error: HTTPException) -> AnyResponse:
        return page(error.code or 500, str(ProblemError(error.code or 500).document()["detail"]))

    @practice.errorhandler(CoachError)
    def not_done(error: CoachError) -> AnyResponse:
        log.error("A practice page could not be made: %s", type(error).__name__)
        return page(503, "This does not work just now. Please try again in a moment.")

    @practice.errorhandler(Exception)
    def crashed(error: Exception) -> AnyResponse:
        log.error("A practice page failed: %s", logs.where(error))
        return page(500, "Something went wrong on our side. Nothing you wrote was kept.")
