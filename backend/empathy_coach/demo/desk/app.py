"""The pages of Harbour Desk."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from pathlib import Path

from flask import Flask, Response, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.demo.desk.markup import clean
from empathy_coach.demo.desk.store import REPLY_KINDS, Store, Ticket

LONGEST_REPLY = 100_000  # characters

HEADERS = {
    # As strict as a careful desk is: the coach has to work under it.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def create_desk(file: Path, hosts: frozenset[str]) -> Flask:
    """The desk as a WSGI application.

    ``file`` is where tickets and replies are kept; ``hosts`` are the exact ``Host`` headers that are answered
    ("127.0.0.1:8738"), so that no other site's name can be pointed at this desk.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 2**20
    store = Store(file)

    @app.before_request
    def only_this_host() -> None:
        if request.headers.get("Host") not in hosts:
            abort(400, "This desk answers on its own address only.")

    @app.before_request
    def only_own_forms() -> None:
        if request.method != "POST":
            return
        if not compare_digest(request.form.get("token", "").encode(), store.form_token.encode()):
            abort(403, "This form did not come from the desk's own page. Reload the page and send it again.")

    @app.after_request
    def careful(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    @app.template_filter()
    def when(at: datetime) -> str:
        local = at.astimezone()
        return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"

    @app.template_filter()
    def body(message: object) -> Markup:
        html = getattr(message, "html", "")
        # Cleaned when it was stored; plain text is escaped and keeps its lines by CSS.
        return Markup(html) if html else Markup.escape(getattr(message, "text", ""))  # noqa: S704

    def known(number: int) -> Ticket:
        return store.ticket(number) or abort(404, "There is no such ticket.")

    def page(ticket: Ticket, problem: str = "", kept: str = "") -> str:
        return render_template(
            "ticket.html", ticket=ticket, agent=store.agent, token=store.form_token, problem=problem, kept=kept,
            queue=store.tickets(),
        )  # fmt: skip

    @app.get("/")
    def queue() -> str:
        return render_template("queue.html", queue=store.tickets(), agent=store.agent, token=store.form_token)

    @app.get("/tickets/<int(max=999999):number>")
    def ticket(number: int) -> str:
        return page(known(number))

    @app.post("/tickets/<int(max=999999):number>/reply")
    def reply(number: int) -> AnyResponse | tuple[str, int]:
        asked = known(number)
        # Browsers send the lines of a form with CRLF; the agent typed plain line ends.
        text = request.form.get("text", "").replace("\r\n", "\n").strip()
        kind = next((k for k in REPLY_KINDS if k == request.form.get("kind")), None)
        if kind is None:
            abort(400, "kind: either reply or note.")
        if not text:
            return page(asked, problem="There is nothing to send yet."), 422
        if len(text) > LONGEST_REPLY:
            return page(asked, problem=f"That is more than {LONGEST_REPLY:,} characters.", kept=text), 422
        html = clean(request.form.get("html", "")) if asked.editor == "rich" else ""
        store.add_reply(number, kind, text, html)
        return redirect(url_for("ticket", number=number, _anchor="latest"), 303)

    @app.post("/start-over")
    def start_over() -> AnyResponse:
        store.start_over()
        return redirect(url_for("queue"), 303)

    return app
