"""Who is let in: exact hosts, exact origins, and then only whom the table of routes names (``who_may``)."""

from __future__ import annotations

import logging
import re

from flask import Flask, Request, Response, g, request

from empathy_coach.services.house import Services
from empathy_coach.settings import Settings
from empathy_coach.storage.tokens import TokenRow
from empathy_coach.web.identity import identify
from empathy_coach.web.problems import ProblemError
from empathy_coach.web.who_may import WHO_MAY, Who

log = logging.getLogger(__name__)

#: The blueprints of pages. They know people by a cookie, which the API never reads.
CONSOLE, PRACTICE, PEOPLE = "console", "practice", "people"
_PAGES = frozenset({CONSOLE, PRACTICE, PEOPLE})

# Extensions carry the token, and no web page can claim such an origin.
_EXTENSION = re.compile(r"(chrome|moz)-extension://[A-Za-z0-9-]+")
_BEARER = re.compile(r"Bearer +([A-Za-z0-9_-]{20,100})", re.IGNORECASE)

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def guard(app: Flask, settings: Settings, services: Services) -> None:
    """Check every request to ``app`` before its view, and put the security headers on every answer.

    Sets ``g.holder`` for the API; ``g.person`` (or None) and ``g.credential`` (the secret they showed) for pages.
    """
    hosts = frozenset(settings.trusted_hosts)
    origins = frozenset(settings.origins)
    app.config["TRUSTED_HOSTS"] = sorted({host.partition(":")[0] for host in hosts})

    @app.before_request
    def check() -> None:
        g.person, g.credential = None, ""
        # Flask's own list ignores the port, and a page on another port of this machine is another origin.
        if request.headers.get("Host", "") not in hosts:
            raise ProblemError(400, "This backend answers only at its own address.")
        if "\0" in request.path:
            raise ProblemError(404)
        if b"%00" in request.query_string:
            raise ProblemError(400)
        pages = request.blueprint in _PAGES
        if pages:
            _check_own_origin(request)
        else:
            _check_origin(request, origins)
        if request.endpoint is None:
            return  # there is nothing at this address, or it does not take this method
        who = WHO_MAY.get(request.endpoint)
        if who is None:
            log.error("The route %s is not in the table of who may use it.", request.endpoint)
            raise ProblemError(403)
        if pages:
            _check_person(who, services)
        elif who != "anyone" and request.method != "OPTIONS":
            g.holder = _holder(request, services)

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)  # the pages have a policy of their own
        return response


def _check_origin(asked: Request, allowed: frozenset[str]) -> None:
    origin = asked.headers.get("Origin")
    if origin is not None and origin not in allowed and not _EXTENSION.fullmatch(origin):
        raise ProblemError(403, "Web pages may not call this backend. An exact origin can be allowed in its settings.")


def _check_own_origin(asked: Request) -> None:
    """A page may only send forms to the backend it came from. Another port of this machine is another origin."""
    origin = asked.headers.get("Origin")
    own = f"{asked.scheme}://{asked.headers['Host']}"
    if origin != own and (origin is not None or asked.method not in ("GET", "HEAD")):
        raise ProblemError(403, "This came from another page. Please use the pages of this backend.")


def _check_person(who: Who, services: Services) -> None:
    if request.endpoint is None or request.endpoint.endswith(".static"):
        return
    g.person, g.credential = identify(request, services)
    if who == "anyone":
        return
    if g.person is None or who == "client":
        raise ProblemError(401, "Please sign in first.")
    if not g.person.may(who):
        raise ProblemError(403, f"This page is for a{'n' if who[0] == 'a' else ''} {who}.")


def _holder(asked: Request, services: Services) -> TokenRow:
    presented = _BEARER.fullmatch(asked.headers.get("Authorization", "").strip())
    holder = services.access.holder(presented[1]) if presented else None
    if holder is None or (holder.account is None and services.sign_in.with_accounts):
        raise ProblemError(401, headers={"WWW-Authenticate": "Bearer"})
    return holder
