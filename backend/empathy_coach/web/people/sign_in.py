"""Signing in and out, and setting a password with an invitation."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.services.accounts import AccountError
from empathy_coach.services.house import Services
from empathy_coach.services.passwords import SHORTEST, WeakPasswordError
from empathy_coach.services.people import Person
from empathy_coach.services.sign_in import SESSION_LIFETIME, WrongPasswordError
from empathy_coach.services.tries import TooOftenError
from empathy_coach.web import pages
from empathy_coach.web.identity import SESSION_COOKIE

_STRANGER = "empathy-coach-before"  # the cookie of somebody who is about to sign in
_HALF_AN_HOUR = 1800  # seconds


def add_to(people: Blueprint, services: Services) -> None:
    """Add the pages."""

    @people.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> AnyResponse:
        then = request.values.get("next", "")
        if request.method == "GET":
            return sign_in_form(then, "", 200)
        try:
            session = services.sign_in.by_password(
                request.form.get("name", ""), request.form.get("password", ""), _address()
            )
        except WrongPasswordError as error:
            return sign_in_form(then, str(error), 403)
        except TooOftenError as error:
            answer = sign_in_form(then, str(error), 429)
            answer.headers["Retry-After"] = str(error.retry_after)
            return answer
        return let_in(services, session, then)

    @people.post("/sign-out")
    def sign_out() -> AnyResponse:
        services.sign_in.sign_out(g.credential)
        answer = redirect(url_for("people.sign_in", done="out"))
        pages.keep_cookie(answer, SESSION_COOKIE, "", 0, "/", "Lax")
        return answer

    @people.route("/welcome", methods=["GET", "POST"])
    def welcome() -> AnyResponse:
        secret = request.values.get("invitation", "")
        wrong, status = "", 200
        if request.method == "POST":
            try:
                if request.form.get("password", "") != request.form.get("again", ""):
                    raise WeakPasswordError("The two are not the same. Please write it twice.")
                services.accounts.accept(secret, request.form.get("password", ""))
                return redirect(url_for("people.sign_in", done="password"))
            except (AccountError, WeakPasswordError) as error:
                wrong, status = str(error), 422
        page = render_template("people/welcome.html", secret=secret, wrong=wrong, shortest=SHORTEST)
        return make_response(page, status)


def sign_in_form(then: str, wrong: str, status: int) -> AnyResponse:
    """The page to sign in on, with what went wrong."""
    return make_response(render_template("people/sign_in.html", next=then, wrong=wrong), status)


def let_in(services: Services, session: str, then: str) -> AnyResponse:
    """Give out a new session, end the old one, and go where the person wanted to."""
    if g.person is not None:
        services.sign_in.sign_out(g.credential)
    person = services.sign_in.person(session)
    answer = redirect(then if _is_ours(then) else _home(person))
    # Lax, because the identity provider's and the extension's links lead here from elsewhere; no GET changes anything.
    pages.keep_cookie(answer, SESSION_COOKIE, session, SESSION_LIFETIME, "/", "Lax")
    pages.keep_cookie(answer, _STRANGER, "", 0, "/", "Strict")
    g.pop("stranger", None)
    return answer


def stranger() -> str:
    """The secret of a browser in which nobody is signed in; a new one when it has none."""
    if "stranger" not in g:
        shown = request.cookies.get(_STRANGER, "")
        g.stranger = shown if 20 <= len(shown) <= 100 else secrets.token_urlsafe(32)
    return str(g.stranger)


def keep_stranger(response: Response) -> None:
    """Let the browser keep that secret."""
    if "stranger" in g and request.cookies.get(_STRANGER) != g.stranger:
        pages.keep_cookie(response, _STRANGER, g.stranger, _HALF_AN_HOUR, "/", "Strict")


def _address() -> str:
    """Where the tries come from. Through the proxy, which alone makes a request encrypted, it says so itself."""
    return (request.headers.get("X-Real-IP") if request.is_secure else None) or request.remote_addr or ""


def _is_ours(path: str) -> bool:
    """Whether this leads to a page of this server: a browser reads // and \\ as another one."""
    return path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable()


def _home(person: Person | None) -> str:
    return url_for("console.rules" if person and person.may("lead") else "practice.home")
