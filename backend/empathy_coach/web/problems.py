"""Bad input and bad luck, as problem documents (RFC 9457). None of them repeats what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

import orjson

MEDIA_TYPE = "application/problem+json"

#: What a person reads when only the status is known.
DETAILS: Mapping[int, str] = {
    400: "The request could not be understood.",
    401: "This needs a token. Pair this client first: run `coach pair` and enter the code.",
    403: "This is not allowed from here.",
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    408: "The request took too long to arrive.",
    413: "The request is larger than 1 MB.",
    414: "The address is too long.",
    415: "Send the body as application/json in UTF-8.",
    429: "That was a lot at once. Please wait a moment.",
    431: "The headers are too long.",
    500: "Something went wrong on our side. Your text was not kept.",
    503: "This cannot be stored just now. Please try again in a moment.",
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field, such as ``conversation[2].role``."""

    field: str
    message: str


@dataclass(frozen=True)
class ProblemError(Exception):
    """Answers the request with a problem document."""

    status: int
    detail: str | None = None
    errors: Sequence[FieldProblem] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        """The problem as plain JSON data."""
        document: dict[str, object] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail or DETAILS.get(self.status, DETAILS[400]),
        }
        if self.errors:
            document["errors"] = [{"field": error.field, "message": error.message} for error in self.errors]
        return document

    def body(self) -> bytes:
        """The problem as it is sent."""
        return orjson.dumps(self.document())
