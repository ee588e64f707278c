"""Signing in with the team's identity provider: there, and back."""

from __future__ import annotations

from dataclasses import asdict

import orjson
from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.services.house import Services
from empathy_coach.services.provider import Begun, Provider, ProviderError
from empathy_coach.web import pages
from empathy_coach.web.people.sign_in import let_in, sign_in_form

_COOKIE = "empathy-coach-provider"
_PATH = "/sign-in"
_TEN_MINUTES = 600  # seconds


def add_to(people: Blueprint, services: Services, provider: Provider) -> None:
    """Add the two addresses."""

    def back_here() -> str:
        return url_for("people.back", _external=True)

    @people.get("/sign-in/provider", endpoint="provider")
    def to_provider() -> AnyResponse:
        try:
            begun = provider.begin(back_here())
        except ProviderError as error:
            return sign_in_form("", str(error), 503)
        answer = redirect(begun.url)
        kept = orjson.dumps({**asdict(begun), "url": "", "then": request.args.get("next", "")[:500]}).hex()
        pages.keep_cookie(answer, _COOKIE, kept, _TEN_MINUTES, _PATH, "Lax")
        return answer

    @people.get("/sign-in/back")
    def back() -> AnyResponse:
        try:
            begun, then = _begun(request.cookies.get(_COOKIE, ""))
            found = provider.finish(begun, request.args.get("state", ""), request.args.get("code", ""), back_here())
            row = services.accounts.of_subject(found.subject, found.name)
            if row.disabled:
                raise ProviderError("This account is shut out. Your administrator can tell you more.")
            answer = let_in(services, services.sign_in.open(row), then)
        except ProviderError as error:
            answer = sign_in_form("", str(error), 403)
        pages.keep_cookie(answer, _COOKIE, "", 0, _PATH, "Lax")  # each works once
        return answer


def _begun(kept: str) -> tuple[Begun, str]:
    """What the browser kept. Raises ProviderError."""
    try:
        data = orjson.loads(bytes.fromhex(kept))
        return Begun("", str(data["state"]), str(data["nonce"]), str(data["verifier"])), str(data["then"])
    except (ValueError, KeyError, TypeError):
        raise ProviderError(
            "This sign-in took too long, or was begun in another browser. Please begin again."
        ) from None
