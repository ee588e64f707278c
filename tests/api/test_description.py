"""The OpenAPI document and the extension's types say what the backend does."""

from __future__ import annotations

import re
from typing import Any

from empathy_coach.web.api import typescript


def test_every_route_is_described_and_every_description_has_a_route(backend: Any) -> None:
    described = {
        (method.upper(), path)
        for path, methods in backend.get("/v1/openapi.json").json["paths"].items()
        for method in methods
    }
    from empathy_coach.web.app import create_app

    app = create_app(backend.server.settings, backend.server.services)
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith(
            ("console.", "practice.", "people.", "vitals.")
        )  # pages for people, figures for the house
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == routes


def test_what_needs_a_token_is_described_as_needing_it(backend: Any) -> None:
    for path, methods in backend.get("/v1/openapi.json").json["paths"].items():
        for method, operation in methods.items():
            open_to_all = operation["security"] == []
            answer = backend.say(method.upper(), path, None if method == "get" else b"{}")
            assert (answer.status != 401) == open_to_all, path
            assert ("401" in operation["responses"]) != open_to_all


def test_every_reference_leads_somewhere(backend: Any) -> None:
    answer = backend.say("GET", "/v1/openapi.json")
    known = set(answer.json["components"]["schemas"])
    assert answer.json["openapi"].startswith("3.1")
    assert set(re.findall(r'"#/components/schemas/(\w+)"', answer.body.decode())) == known


def test_the_types_of_the_extension_are_those_of_the_models() -> None:
    again = "python -m empathy_coach.web.api.typescript"
    assert typescript.TARGET.read_text(encoding="utf-8") == typescript.render(), f"Write it anew with: {again}"
