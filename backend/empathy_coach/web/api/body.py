"""From the bytes of a body to a checked request. Knows nothing of Flask: the command line reads the same way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import accumulate, chain
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from empathy_coach.web.api import models
from empathy_coach.web.problems import FieldProblem, ProblemError

BODY_BYTES = 1_000_000
DEPTH = 16  # the contract needs 3
_CONTAINERS = (dict, list)
_NESTED = f"must not be nested more than {DEPTH} levels deep"

_Model = TypeVar("_Model", bound=BaseModel)

_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_OTHERS = bytes(set(range(256)).difference(_STEP, b'"'))
_SURROGATE = re.compile("[\ud800-\udfff]")
_ERRORS_SHOWN = 20

#: Names that may be repeated in an error. Any other key is the sender's own text.
_FIELDS = frozenset(
    name
    for model in (models.CoachRequest, models.Message, models.PairRequest, models.Feedback)
    for name in model.model_fields
)


def parse(model: type[_Model], raw: bytes) -> _Model:
    """Read ``raw`` as JSON of the shape ``model``.

    Raises ProblemError: 413 when it is too large, 400 when it is not JSON, 422 naming the fields that are wrong.
    """
    if len(raw) > BODY_BYTES:
        raise ProblemError(413)
    try:
        data = orjson.loads(raw)  # which refuses by itself what is nested a thousand levels deep
    except orjson.JSONDecodeError as error:
        raise (_bad_body(_NESTED) if _looks_too_deep(raw) else _unreadable(raw, error)) from None
    if _is_too_deep(data):
        raise _bad_body(_NESTED)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _wrong_fields(error) from None


def _is_too_deep(data: Any) -> bool:
    level = [data] if isinstance(data, _CONTAINERS) else []
    for _ in range(DEPTH):
        inside = chain.from_iterable(value.values() if isinstance(value, dict) else value for value in level)
        level = [value for value in inside if isinstance(value, _CONTAINERS)]
    return bool(level)


def _looks_too_deep(raw: bytes) -> bool:
    """The same of what cannot be read."""
    # Of what is left, every second piece between quotes is a string, and its brackets do not count.
    marks = raw.replace(rb"\\", b"").replace(rb"\"", b"").translate(None, _OTHERS).split(b'"')[::2]
    return max(accumulate(map(_STEP.__getitem__, b"".join(marks))), default=0) > DEPTH


def _bad_body(message: str) -> ProblemError:
    return ProblemError(400, "The body could not be read.", (FieldProblem("body", message),))


def _unreadable(raw: bytes, error: orjson.JSONDecodeError) -> ProblemError:
    fields = sorted(set(_with_lone_surrogates(raw)))[:_ERRORS_SHOWN]
    if fields:
        message = "holds half of a character (a lone surrogate)"
        return ProblemError(422, _summary(len(fields)), tuple(FieldProblem(name, message) for name in fields))
    if not raw.strip():
        return _bad_body("is empty; a JSON object is needed")
    return _bad_body(f"is not JSON in UTF-8: line {error.lineno}, column {error.colno}")


def _with_lone_surrogates(raw: bytes) -> Iterator[str]:
    """The fields that hold one. The strict parser only says that there is one; the lenient one can say where."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str) and _SURROGATE.search(value):
            yield _field(path)
        elif isinstance(value, list):
            waiting.extend(((*path, index), item) for index, item in enumerate(value))
        elif isinstance(value, dict):
            for key, item in value.items():
                if _SURROGATE.search(key):
                    yield _field(path)
                waiting.append(((*path, key), item))


def _wrong_fields(error: ValidationError) -> ProblemError:
    problems = error.errors(include_url=False, include_input=False)
    shown = [FieldProblem(_field(problem["loc"]), _say(dict(problem))) for problem in problems[:_ERRORS_SHOWN]]
    return ProblemError(422, _summary(len(problems)), tuple(shown))


def _summary(count: int) -> str:
    return "One field is not right." if count == 1 else f"{count} fields are not right."


def _field(path: tuple[str | int, ...]) -> str:
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        elif part in _FIELDS:
            name += f".{part}" if name else part
        else:
            break
    return name or "body"


def _say(problem: dict[str, Any]) -> str:
    """The error in plain words, without what was sent."""
    limits: dict[str, Any] = problem.get("ctx", {})
    match problem["type"]:
        case "missing":
            return "is needed"
        case "string_type":
            return "must be text"
        case "list_type":
            return "must be a list"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "must be an object"
        case "literal_error":
            return f"must be one of {limits['expected']}"
        case "string_too_long":
            return f"must not be longer than {limits['max_length']:,} characters"
        case "too_long":
            return f"must not have more than {limits['max_length']:,} entries"
        case "value_error":
            return str(limits["error"])
        case _:
            return "is not in the right form"
