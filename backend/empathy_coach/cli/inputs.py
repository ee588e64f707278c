"""Reads what ``coach score`` is given: a plain draft, a conversation in either form, or a whole request."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import orjson

from empathy_coach.errors import CoachError

STDIN = Path("-")

_WHOLE_REQUEST = re.compile(r'\s*\{\s*"')  # a draft may begin with a {{placeholder}}
_SPEAKER = re.compile(r"(customer|agent)(?: *\(([^)\n]*)\))? *: ?(.*)", re.IGNORECASE)


def read_text(path: Path) -> str:
    """The text of a file, or of standard input for ``-``. Raises CoachError naming the file."""
    name = "standard input" if path == STDIN else str(path)
    try:
        raw = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise CoachError(f"{name}: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CoachError(f"{name}:{line}: this is not UTF-8 text.") from None


def as_request(text: str) -> bytes | None:
    """``text`` as the body of a request when it is meant as one; None when it is a plain draft."""
    return text.encode() if _WHOLE_REQUEST.match(text) else None


def build_request(draft: str, conversation: list[Any], names: dict[str, str | None], kind: str) -> bytes:
    """The body of a request, made of its parts."""
    given = {key: name for key, name in names.items() if name is not None}
    # The json module escapes whatever the terminal put into a name; the request is then checked like any other.
    body = {"draft": draft.removesuffix("\n"), "conversation": conversation, "kind": kind, **given}
    return json.dumps(body).encode()


def read_conversation(path: Path) -> list[Any]:
    """The messages in a file: JSON (a list, or an object with ``conversation``), or blocks of text.

    A block begins with ``customer:`` or ``agent:``, or with a name in brackets, ``customer (Maria):``, and goes on
    to the next one. Raises CoachError naming file and line.
    """
    text = read_text(path)
    if text.lstrip()[:1] not in ("[", "{"):
        return _blocks(text, path)
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise CoachError(f"{path}:{error.lineno}:{error.colno}: this is not JSON.") from None
    if isinstance(data, dict):
        data = data.get("conversation")
    if not isinstance(data, list):
        raise CoachError(f'{path}: a list of messages is needed, or an object with "conversation".')
    return data


def _blocks(text: str, path: Path) -> list[Any]:
    messages: list[dict[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        speaker = _SPEAKER.fullmatch(line)
        if speaker:
            messages.append({"role": speaker[1].lower(), "author": (speaker[2] or "").strip(), "text": speaker[3]})
        elif messages:
            messages[-1]["text"] += "\n" + line
        elif line.strip():
            raise CoachError(f'{path}:{number}: begin each message with "customer:" or "agent:".')
    for message in messages:
        message["text"] = message["text"].strip()
    return messages
