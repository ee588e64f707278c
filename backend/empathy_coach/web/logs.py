"""Logs that hold no text, no token and no address that a client made up: lines for people, or JSON for programs."""

from __future__ import annotations

import logging
import re
import time
import traceback
from datetime import UTC, datetime
from typing import Literal

import orjson
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
        took = _ms_since(g.began)
        fields = {"method": method, "route": route, "status": response.status_code, "ms": round(took, 1)}
        access_log.info("%s %s %d %.1f ms", method, route, response.status_code, took, extra={"fields": fields})
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
    """Servers write paths and tracebacks into their messages; keep what happened and drop the rest."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.msg, record.args = where(record.exc_info[1]), ()
            record.exc_info = record.exc_text = None
        return True


class _Plain(logging.Filter):
    """What gunicorn says of a request may repeat its address or its headers; of processes, it gives numbers only."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        if not isinstance(record.args, tuple) or not all(isinstance(value, int) for value in record.args):
            record.msg, record.args = re.sub(r"%[a-z]", "...", str(record.msg)), ()
        elif not record.args:
            record.msg = re.split(r"[:=\n]", str(record.msg), maxsplit=1)[0]
        return True


class _Json(logging.Formatter):
    """One JSON object a line: ``at`` (UTC), ``level``, ``from``, and ``said`` or the fields of a request."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = getattr(record, "fields", None) or {"said": record.getMessage()}
        line = {"at": at, "level": record.levelname.lower(), "from": record.name, "process": record.process, **fields}
        return orjson.dumps(line).decode()


def set_up(form: Literal["plain", "json"] = "plain") -> None:
    """Send the logs of this process to standard error."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", datefmt="%H:%M:%S")
    if form == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(_Json())
    logging.getLogger("alembic").setLevel(logging.WARNING)
    waitress = logging.getLogger("waitress")
    waitress.setLevel(logging.WARNING)
    waitress.addFilter(_Discreet())
    gunicorn = logging.getLogger("gunicorn.error")
    gunicorn.addFilter(_Discreet())
    gunicorn.addFilter(_Plain())
