"""The application factory."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from io import BytesIO
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Request, Response
from flask_cors import CORS
from werkzeug.exceptions import BadRequest, HTTPException

from empathy_coach.errors import StorageError
from empathy_coach.services.house import Services
from empathy_coach.settings import Settings
from empathy_coach.web import logs, security
from empathy_coach.web.api.body import BODY_BYTES
from empathy_coach.web.api.routes import make_api
from empathy_coach.web.console.frame import make_console
from empathy_coach.web.people.frame import make_people
from empathy_coach.web.practice.frame import make_practice
from empathy_coach.web.problems import MEDIA_TYPE, ProblemError
from empathy_coach.web.vitals import add_vitals

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)
_SAYS_IT_ITSELF = "/console/write"


class InMemoryRequest(Request):
    """A request whose uploads never touch the disk: they may hold customers' words. A field without a name is
    refused, and a NUL in a field: nobody types one, and PostgreSQL cannot store it. Where rules are written the page
    says so with the line.
    """

    def _load_form_data(self) -> None:
        super()._load_form_data()
        fields = list(self.form.items(multi=True))
        if any(name is None for name, _ in fields):  # as multipart can say it
            raise BadRequest
        if not self.path.startswith(_SAYS_IT_ITSELF) and any("\0" in part for field in fields for part in field):
            raise BadRequest

    def _get_file_stream(self, *_args: object, **_kwargs: object) -> IO[bytes]:
        return BytesIO()


def create_app(settings: Settings, services: Services) -> Flask:
    """The Flask application of one backend, keeping up with the others of its team until ``services.close``.

    ``settings.port`` must be the port it is served on.
    """
    app = Flask("empathy_coach", static_folder=None, template_folder=None)
    app.request_class = InMemoryRequest
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES
    app.url_map.merge_slashes = False  # a redirect would repeat the address
    if settings.access_log:
        logs.log_requests(app)
    vitals = add_vitals(app, settings, services)
    security.guard(app, settings, services)
    app.register_blueprint(make_api(services))
    if settings.workers == 1:  # they keep work under way in the memory of one process
        app.register_blueprint(make_console(services))
        app.register_blueprint(make_practice(services))
        if settings.accounts:
            app.register_blueprint(make_people(services))
    if settings.origins:
        CORS(
            app,
            origins=list(settings.origins),
            allow_headers=["Authorization", "Content-Type"],
            methods=["GET", "POST"],
            max_age=600,
        )
    _answer_errors(app)
    if settings.public_url:
        _know_scheme(app, settings.public_url)
    services.watch.start(vitals.look)
    return app


def _know_scheme(app: Flask, public_url: str) -> None:
    """A request to the public address came by its scheme, whatever the proxy speaks to us. No header is believed."""
    public, inner = urlsplit(public_url), app.wsgi_app

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("HTTP_HOST") == public.netloc:
            environ["wsgi.url_scheme"] = public.scheme
        return inner(environ, start_response)

    app.wsgi_app = outer  # type: ignore[method-assign] # Flask's documented way to wrap an application


def _answer_errors(app: Flask) -> None:
    @app.errorhandler(ProblemError)
    def problem(error: ProblemError) -> Response:
        return Response(error.body(), error.status, dict(error.headers), content_type=MEDIA_TYPE)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        headers = {}
        if error.code == 405 and getattr(error, "valid_methods", None):
            headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined] # only on a 405
        return problem(ProblemError(error.code or 500, headers=headers))

    @app.errorhandler(StorageError)
    def not_stored(error: StorageError) -> Response:
        log.error("%s", error)
        return problem(ProblemError(503, headers={"Retry-After": "2"}))

    @app.errorhandler(Exception)
    def crashed(error: Exception) -> Response:
        log.error("A request failed: %s", logs.where(error))
        return problem(ProblemError(500))
