"""What every page made here shares, the console's and the practice pages': its policy, and the token of its forms."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Response, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.web.problems import ProblemError
from empathy_coach.web.security import PEOPLE


def nonce() -> str:
    """The one word that this page's scripts and styles carry."""
    g.setdefault("nonce", secrets.token_urlsafe(16))
    return str(g.nonce)


def form_token(session: str, pages: str) -> str:
    """What each form of ``pages`` carries: made from the session, of no use in another or on other pages."""
    return hmac.new(session.encode(), pages.encode(), hashlib.sha256).hexdigest()


def check_form(token: str) -> None:
    """Refuse a posting that does not carry ``token``. Raises ProblemError."""
    if request.method == "POST" and not hmac.compare_digest(request.form.get("csrf", ""), token):
        raise ProblemError(403, "This page was open for too long. Please go back, reload it, and try again.")


def keep_cookie(answer: AnyResponse, name: str, value: str, seconds: int, path: str, same_site: str) -> None:
    """Let the browser keep a secret that no script reads, and that travels encrypted where pages do. Empty: forget it."""
    seconds = seconds if value else 0
    answer.set_cookie(
        name, value, max_age=seconds, path=path, httponly=True, samesite=same_site, secure=request.is_secure
    )


def to_sign_in() -> AnyResponse | None:
    """The way to the sign-in page, for somebody who wanted to look at this one; None where there are no accounts."""
    if PEOPLE not in current_app.blueprints or request.method != "GET":
        return None
    return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))


def protect(response: Response) -> Response:
    """Nothing is loaded but what the page itself names, and nobody frames it."""
    own = f"'nonce-{nonce()}'"
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {own}; style-src {own}; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["Referrer-Policy"] = "same-origin"  # with "no-referrer" a form's Origin would be "null"
    return response
