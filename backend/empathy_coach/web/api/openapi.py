"""The OpenAPI document, put together from the models."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from empathy_coach.web.api import models

Json = dict[str, Any]

_REFERENCE = "#/components/schemas/{model}"
_BODIES: tuple[type[BaseModel], ...] = (models.CoachRequest, models.PairRequest, models.Feedback)
_ANSWERS: tuple[type[BaseModel], ...] = (
    models.Report,
    models.Rewritten,
    models.Health,
    models.Paired,
    models.Me,
    models.PracticeLink,
    models.Problem,
)

_BAD_BODY = {
    400: "The body is not JSON.",
    413: "The body is too large.",
    415: "The body is not declared as JSON.",
    422: "Fields are wrong; each is named.",
}
_NO_TOKEN = {401: "The token is missing, unknown or revoked."}
_NOT_STORED = {503: "It could not be stored just now."}


def document() -> Json:
    """The API described in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Empathy Coach",
            "version": version("empathy-coach"),
            "description": "Offsets are UTF-16 code units; `end` is exclusive; `quote` is the text between them.",
        },
        "paths": {
            "/v1/health": {"get": _operation("Is the backend there?", answer=models.Health, token=False)},
            "/v1/openapi.json": {"get": _operation("This document.", answer=None, token=False)},
            "/v1/pair": {
                "post": _operation(
                    "Exchange a pairing code for a token.",
                    body=models.PairRequest,
                    answer=models.Paired,
                    problems={
                        403: "The code is wrong, too old, or was used before.",
                        429: "Too many wrong codes; wait as `Retry-After` says.",
                        **_NOT_STORED,
                    },
                    token=False,
                )
            },
            "/v1/me": {"get": _operation("Who am I, and which rules do I get?", answer=models.Me)},
            "/v1/practice": {
                "post": _operation("A link into the practice pages.", answer=models.PracticeLink, problems=_NOT_STORED)
            },
            "/v1/coach": {"post": _operation("Report on a draft.", body=models.CoachRequest, answer=models.Report)},
            "/v1/rewrite": {
                "post": _operation("Ask the second author.", body=models.CoachRequest, answer=models.Rewritten)
            },
            "/v1/feedback": {
                "post": _operation(
                    "Count what happened to a finding.",
                    body=models.Feedback,
                    answer=None,
                    status=204,
                    problems=_NOT_STORED,
                )
            },
        },
        "components": {"schemas": schemas(), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def schemas() -> dict[str, Json]:
    """The JSON schema of each model, by name."""
    _, definitions = models_json_schema(
        [*((model, "validation") for model in _BODIES), *((model, "serialization") for model in _ANSWERS)],
        ref_template=_REFERENCE,
    )
    found: dict[str, Json] = definitions["$defs"]
    return dict(sorted(found.items()))


def _operation(
    summary: str,
    *,
    answer: type[BaseModel] | None,
    body: type[BaseModel] | None = None,
    status: int = 200,
    problems: dict[int, str] | None = None,
    token: bool = True,
) -> Json:
    told = {**(_BAD_BODY if body else {}), **(_NO_TOKEN if token else {}), **(problems or {})}
    operation: Json = {
        "summary": summary,
        "responses": {
            str(status): {
                "description": "Done." if answer is None else (answer.__doc__ or "").splitlines()[0],
                **({"content": _content(answer)} if answer else {}),
            },
            **{str(code): _problem(why) for code, why in sorted(told.items())},
        },
        "security": [{"token": []}] if token else [],
    }
    if body:
        operation["requestBody"] = {"required": True, "content": _content(body)}
    return operation


def _content(model: type[BaseModel], media_type: str = "application/json") -> Json:
    return {media_type: {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}}


def _problem(why: str) -> Json:
    return {"description": why, "content": _content(models.Problem, "application/problem+json")}
