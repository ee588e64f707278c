"""What these pages share: their form token, before and after signing in; what goes wrong."""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.errors import CoachError, StorageError
from empathy_coach.services.accounts import AccountError
from empathy_coach.services.house import Services
from empathy_coach.services.passwords import WeakPasswordError
from empathy_coach.web import logs, pages
from empathy_coach.web.people import accounts, provider, sign_in
from empathy_coach.web.problems import ProblemError
from empathy_coach.web.security import PEOPLE

_FORM_BYTES = 20_000

log = logging.getLogger(__name__)


def make_people(services: Services) -> Blueprint:
    """The blueprint of ``/sign-in`` and ``/accounts``."""
    people = Blueprint(PEOPLE, __name__, template_folder="templates")
    _guard(people, services)
    _answer_errors(people)
    for part in (sign_in, accounts):
        part.add_to(people, services)
    if services.provider is not None:
        provider.add_to(people, services, services.provider)
    return people


def _guard(people: Blueprint, services: Services) -> None:
    @people.before_request
    def check() -> None:
        request.max_form_memory_size = request.max_content_length = _FORM_BYTES
        _known_to_templates()
        pages.check_form(g.csrf)

    @people.after_request
    def protect(response: Response) -> Response:
        sign_in.keep_stranger(response)
        return pages.protect(response)

    @people.context_processor
    def known() -> dict[str, Any]:
        return {
            "sets": services.rules.sets,
            "team": services.team_rules.team,
            "done": request.args.get("done", ""),
            "provider": services.provider.title if services.provider else "",
        }


def _known_to_templates() -> None:
    pages.nonce()
    g.lead = g.person.name if g.person else None
    # Somebody who is not signed in yet shows a secret of their own, so that no other page can sign them in.
    g.csrf = pages.form_token(g.credential or sign_in.stranger(), PEOPLE)


def _answer_errors(people: Blueprint) -> None:
    def page(status: int, says: str) -> AnyResponse:
        _known_to_templates()
        return make_response(render_template("console/problem.html", says=says), status)

    @people.errorhandler(ProblemError)
    def problem(error: ProblemError) -> AnyResponse:
        asked_to = pages.to_sign_in() if error.status == 401 else None
        return asked_to or page(error.status, str(error.document()["detail"]))

    @people.errorhandler(HTTPException)
    def refused(error: HTTPException) -> AnyResponse:
        return page(error.code or 500, str(ProblemError(error.code or 500).document()["detail"]))

    @people.errorhandler(StorageError)
    def not_stored(error: StorageError) -> AnyResponse:
        log.error("%s", error)
        return page(503, "This cannot be stored just now. Nothing was changed. Please try again in a moment.")

    @people.errorhandler(CoachError)
    def not_done(error: CoachError) -> AnyResponse:
        return page(422 if isinstance(error, AccountError | WeakPasswordError) else 409, str(error))

    @people.errorhandler(Exception)
    def crashed(error: Exception) -> AnyResponse:
        log.error("A page about accounts failed: %s", logs.where(error))
        return page(500, "Something went wrong on our side. Nothing was changed.")
