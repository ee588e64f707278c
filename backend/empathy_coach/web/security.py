"""Who is let in: exact hosts, exact origins, a bearer token for everything that is not declared open."""

from __future__ import annotations

import re

from flask import Flask, Request, Response, g, request

from empathy_coach.services.access import Access
from empathy_coach.settings import Settings
from empathy_coach.storage.tokens import TokenRow
from empathy_coach.web.problems import ProblemError

#: The blueprint of the team lead's pages. They sign in with a cookie, which the API never reads.
CONSOLE = "console"
#: The blueprint of the practice pages. They keep a token of their own in a cookie.
PRACTICE = "practice"

#: Endpoints that need no token. Everything else does, whoever adds it.
OPEN = frozenset({"v1.health", "v1.openapi", "v1.pair", "vitals.ready", "vitals.metrics"})

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


def guard(app: Flask, settings: Settings, access: Access) -> None:
    """Check every request to ``app`` before its view, and put the security headers on every answer."""
    hosts = frozenset(settings.trusted_hosts)
    origins = frozenset(settings.origins)
    app.config["TRUSTED_HOSTS"] = sorted({host.partition(":")[0] for host in hosts})

    @app.before_request
    def check() -> None:
        # Flask's own list ignores the port, and a page on another port of this machine is another origin.
        if request.headers.get("Host", "") not in hosts:
            raise ProblemError(400, "This backend answers only at its own address.")
        if request.blueprint in (CONSOLE, PRACTICE):
            _check_own_origin(request)
            return  # these pages let people in by themselves
        _check_origin(request, origins)
        if request.endpoint is not None and request.endpoint not in OPEN and request.method != "OPTIONS":
            g.holder = _holder(request, access)

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


def _holder(asked: Request, access: Access) -> TokenRow:
    presented = _BEARER.fullmatch(asked.headers.get("Authorization", "").strip())
    holder = access.holder(presented[1]) if presented else None
    if holder is None:
        raise ProblemError(401, headers={"WWW-Authenticate": "Bearer"})
    return holder
