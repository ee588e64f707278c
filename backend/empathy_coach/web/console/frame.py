"""What all pages of the console share: who is let in, how a page is made, what goes wrong.

A lead signs in with a one-time link, and a cookie keeps them in (SameSite=Strict, HttpOnly; the address is plain
HTTP on this machine, so Secure cannot be asked for in every browser). Each form carries a token made from the
session, and each posting must come from the console's own origin.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.errors import CoachError, StorageError
from empathy_coach.rules.teamfile import MAX_FILE
from empathy_coach.services.house import Services
from empathy_coach.services.people import Person
from empathy_coach.services.sign_in import SESSION_LIFETIME, UsedLinkError
from empathy_coach.services.uploads import MAX_BYTES
from empathy_coach.web import logs, pages
from empathy_coach.web.console import (
    begin,
    browse,
    history,
    impact,
    macros,
    model_replies,
    practise,
    publish,
    share,
    team,
    words,
    works,
    write,
)
from empathy_coach.web.identity import CONSOLE_COOKIE
from empathy_coach.web.problems import ProblemError
from empathy_coach.web.security import CONSOLE

_UPLOADS = frozenset({"console.compare", "console.check_macros"})
_MAX_NAME = 60
FORM_BYTES = 4 * MAX_FILE

log = logging.getLogger(__name__)


def make_console(services: Services) -> Blueprint:
    """The blueprint of ``/console``."""
    console = Blueprint(
        CONSOLE, __name__, url_prefix="/console", template_folder="templates", static_folder="../static"
    )
    _guard(console, services)
    _sign_in(console, services)
    _answer_errors(console)
    words.add_to(console)
    for part in (browse, write, begin, impact, macros, model_replies, publish, history, works, team, practise, share):
        part.add_to(console, services)

    @console.get("/")
    def start() -> AnyResponse:
        return redirect(url_for("console.rules"))

    @console.route("/<path:rest>", methods=["GET", "POST"])
    def nothing(rest: str) -> AnyResponse:
        raise ProblemError(404)

    return console


def _guard(console: Blueprint, services: Services) -> None:
    @console.before_request
    def check() -> None:
        _unknown_yet()
        large = request.endpoint in _UPLOADS
        request.max_form_memory_size = MAX_BYTES if large else FORM_BYTES
        if large:
            request.max_content_length = MAX_BYTES + FORM_BYTES
        if g.lead is not None and request.endpoint != "console.sign_in":
            pages.check_form(g.csrf)

    @console.after_request
    def protect(response: Response) -> Response:
        return pages.protect(response)

    @console.context_processor
    def known() -> dict[str, Any]:
        return {"sets": services.rules.sets, "team": services.team_rules.team, "done": request.args.get("done", "")}


def _sign_in(console: Blueprint, services: Services) -> None:
    @console.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> AnyResponse:
        if services.sign_in.with_accounts:
            return redirect(url_for("people.sign_in"))
        secret = request.values.get("link", "")
        if request.method == "GET":  # a browser that fetches links ahead must not use this one up
            return make_response(render_template("console/sign_in.html", link=secret, wrong=""))
        name = " ".join(request.form.get("name", "").split())
        if not name or len(name) > _MAX_NAME or not name.isprintable():
            wrong = f"Please enter your name, up to {_MAX_NAME} characters."
            return make_response(render_template("console/sign_in.html", link=secret, wrong=wrong), 422)
        try:
            session = services.sign_in.redeem(secret, name)
        except UsedLinkError:
            return make_response(render_template("console/signed_out.html", used=True), 403)
        answer = redirect(url_for("console.rules", done="welcome"))
        pages.keep_cookie(answer, CONSOLE_COOKIE, session, SESSION_LIFETIME, "/console", "Strict")
        return answer

    @console.post("/sign-out")
    def sign_out() -> AnyResponse:
        services.sign_in.sign_out(g.credential)
        answer = redirect(url_for("console.rules"))
        pages.keep_cookie(answer, CONSOLE_COOKIE, "", 0, "/console", "Strict")
        return answer


def _answer_errors(console: Blueprint) -> None:
    @console.errorhandler(ProblemError)
    def problem(error: ProblemError) -> AnyResponse:
        if error.status == 401:
            _unknown_yet()
            return pages.to_sign_in() or make_response(render_template("console/signed_out.html"), 401)
        return _page(error.status, str(error.document()["detail"]))

    @console.errorhandler(HTTPException)
    def refused(error: HTTPException) -> AnyResponse:
        if error.code == 413:
            return _page(413, "This is larger than the console takes. Nothing was changed.")
        return _page(error.code or 500, str(ProblemError(error.code or 500).document()["detail"]))

    @console.errorhandler(StorageError)
    def not_stored(error: StorageError) -> AnyResponse:
        log.error("%s", error)
        return _page(503, "This cannot be stored just now. Nothing was changed. Please try again in a moment.")

    @console.errorhandler(CoachError)
    def not_done(error: CoachError) -> AnyResponse:
        return _page(409, str(error))

    @console.errorhandler(Exception)
    def crashed(error: Exception) -> AnyResponse:
        log.error("A page of the console failed: %s", logs.where(error))
        return _page(500, "Something went wrong on our side. The rules in use are untouched.")


def _unknown_yet() -> None:
    """What every page needs, even one that is made before anybody was recognised."""
    pages.nonce()
    person: Person | None = g.get("person")
    lead = person is not None and person.may("lead")
    g.setdefault("lead", person.name if person is not None and lead else None)
    g.setdefault("csrf", pages.form_token(g.credential, CONSOLE) if lead else "")


def _page(status: int, says: str) -> AnyResponse:
    _unknown_yet()
    return make_response(render_template("console/problem.html", says=says), status)
