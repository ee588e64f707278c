"""Logs that hold no text, no token and no address that a client made up."""

from __future__ import annotations

import logging
import time
import traceback

from flask import Flask, Response, g, request

access_log = logging.getLogger("empathy_coach.access")


def log_requests(app: Flask) -> None:
    """Log method, route, status and time of each request."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "(no such route)"
        method = request.method if request.method in _METHODS else "(other)"
        access_log.info("%s %s %d %.1f ms", method, route, response.status_code, _ms_since(g.began))
        return response


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _ms_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def where(error: BaseException) -> str:
    """The type of an error and the line it came from; its message may hold a customer's words."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"
    return f"{type(error).__name__} at {at}"


class _Discreet(logging.Filter):
    """Waitress writes paths and tracebacks into its messages; keep what happened and drop the rest."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.msg, record.args = where(record.exc_info[1]), ()
            record.exc_info = record.exc_text = None
        return True


def set_up() -> None:
    """Send the logs of this process to standard error."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    waitress = logging.getLogger("waitress")
    waitress.setLevel(logging.WARNING)
    waitress.addFilter(_Discreet())
