"""The types of the API for the extension's JSDoc, made from the OpenAPI document's schemas.

Written to ``extension/lib/report-types.d.ts`` by ``python -m empathy_coach.web.api.typescript``; a test fails when
the file and the models differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from empathy_coach.web.api.openapi import schemas

TARGET = Path(__file__).resolve().parents[4] / "extension" / "lib" / "report-types.d.ts"

_HEAD = """\
/**
 * The contract of the API. Offsets are UTF-16 code units, `end` is exclusive, `quote` is the text between them.
 * Written by `python -m empathy_coach.web.api.typescript` from backend/empathy_coach/web/api/models.py: edit that.
 */
declare namespace Contract {
"""
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def render() -> str:
    """The text of the declaration file."""
    blocks = [*_names(), *(_interface(name, schema) for name, schema in schemas().items())]
    return _HEAD + "\n".join(blocks) + "}\n"


def _names() -> Iterator[str]:
    """The words of the rubric as types of their own, since the extension speaks of them apart from a report."""
    found = schemas()
    for name, (model, field) in {
        "Element": ("ElementScore", "element"),
        "State": ("ElementScore", "state"),
        "Severity": ("Finding", "severity"),
        "SignalKind": ("Signal", "kind"),
        "Role": ("Message", "role"),
        "DraftKind": ("CoachRequest", "kind"),
        "Verdict": ("Feedback", "verdict"),
    }.items():
        yield f"  type {name} = {_type(found[model]['properties'][field])};\n"


def _interface(name: str, schema: dict[str, Any]) -> str:
    required = set(schema.get("required", ()))
    lines = [_comment(schema.get("description"), "  "), f"  interface {name} {{\n"]
    for field, inner in schema["properties"].items():
        mark = "" if field in required else "?"
        lines += [_comment(inner.get("description"), "    "), f"    {field}{mark}: {_type(inner)};\n"]
    return "".join([*lines, "  }\n"])


def _comment(text: str | None, indent: str) -> str:
    return f"{indent}/** {' '.join(text.split())} */\n" if text else ""


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(part) for part in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f'"{word}"' for word in schema["enum"])
    if "const" in schema:
        return f'"{schema["const"]}"'
    if schema["type"] == "array":
        inner = _type(schema["items"])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if schema["type"] == "object" and "additionalProperties" in schema:
        return f"Record<string, {_type(schema['additionalProperties'])}>"
    return _PLAIN[schema["type"]]


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
