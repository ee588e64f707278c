"""How the server is: ready or not, and figures for Prometheus. For whoever asks it directly, not through its proxy.

No text, no name and no address in any of it: labels are routes of ours, methods and statuses.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import orjson
from flask import Blueprint, Flask, Response, g, request

from empathy_coach.services.house import Services
from empathy_coach.settings import Settings
from empathy_coach.web.problems import ProblemError

if TYPE_CHECKING:
    from prometheus_client import Gauge

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # where the processes of one server add up their figures
_BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # seconds


class Vitals:
    """The figures of one process."""

    def __init__(self, services: Services) -> None:
        # Only now: it looks for ``SHARED`` in the environment when it is imported.
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self._services = services
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "coach_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "coach_request_seconds", "Time to answer.", ["route"], buckets=_BUCKETS, registry=self.registry
        )
        self._rules = self._gauge("coach_rules_version", "Number of the newest change to the rules that is in use.")
        self._database = self._gauge("coach_database_away", "1 while the database cannot be reached.")
        self._limits = self._gauge("coach_limits_away", "1 while Redis cannot be reached.")
        self._differs = self._gauge("coach_rule_files_differ", "1 when the rule files are not those of the others.")
        self.look()

    def look(self) -> None:
        """Note how this process is."""
        self._rules.set(self._services.team_rules.number)
        self._database.set(self._services.watch.database_away)
        self._limits.set(self._services.limits.away)
        self._differs.set(self._services.team_rules.differs)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All figures of this server, in Prometheus's format."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self.registry
        if SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # it has none
        return generate_latest(registry)

    def _gauge(self, name: str, says: str) -> Gauge:
        from prometheus_client import Gauge

        return Gauge(name, says, registry=self.registry, multiprocess_mode="liveall")


def add_vitals(app: Flask, settings: Settings, services: Services) -> Vitals:
    """Add ``/v1/ready`` and ``/metrics``, and count every request to ``app``."""
    vitals = Vitals(services)
    direct = frozenset(settings.direct_hosts)
    part = Blueprint("vitals", __name__)

    @part.before_request
    def only_directly() -> None:
        if request.headers["Host"] not in direct:
            raise ProblemError(404)

    @part.get("/v1/ready")
    def ready() -> Response:
        rules, limits = services.team_rules, services.limits
        state = {
            "status": "other rule files" if rules.differs else "ready",
            "rule_set": services.rules.current.hash,
            "rules_version": rules.number,
            "database": "away" if services.watch.database_away else "there",
            "limits": "away" if limits.away else "shared" if settings.redis_url else "own",
        }
        # Without its database it goes on coaching, so that is no reason to take it out of service.
        return Response(orjson.dumps(state), 503 if rules.differs else 200, content_type="application/json")

    @part.get("/metrics")
    def metrics() -> Response:
        return Response(vitals.text(), content_type="text/plain; version=0.0.4; charset=utf-8")

    app.register_blueprint(part)

    @app.before_request
    def begin() -> None:
        g.counted_from = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in ("GET", "POST") else "other"
        vitals.count(method, route, response.status_code, time.perf_counter() - g.counted_from)
        return response

    return vitals
