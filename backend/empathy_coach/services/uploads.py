"""Replies that a lead pastes or uploads: plain text, CSV, JSON lines or mbox. Held in memory, never stored.

Columns and keys may be called in many ways (``reply``, ``body``, ``macro``, ...). What cannot be used is left out and
told with its line.
"""

from __future__ import annotations

import csv
import email
import email.policy
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import MIMEPart
from typing import Any

import orjson

from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.errors import CoachError

MAX_BYTES = 24 * 1024 * 1024
MAX_TEXTS = 50_000
_MAX_DRAFT = 20_000
_MAX_MESSAGES = 50
_TOLD = 20  # left out texts that are named one by one
_DEPTH = 16

_REPLY = (
    "reply",
    "draft",
    "body",
    "text",
    "answer",
    "response",
    "message",
    "content",
    "macro",
    "comment",
    "description",
)
_CUSTOMER = ("customer", "question", "customer_message", "ticket", "request", "inbound", "description", "subject")
_NAME = ("title", "name", "id", "shortcut", "subject")
_BREAK = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_FROM = re.compile(rb"^From [^\n]*\n", re.MULTILINE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 100_000  # bytes
_STRAY = 20  # control characters that a text may hold by accident; each reply is looked at by itself
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class UploadError(CoachError):
    """The file as a whole cannot be used; the text says why and where."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One reply to try rules on. ``good`` says that it is known to be a good one."""

    name: str
    conversation: Conversation
    draft: Draft
    good: bool = False


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What a file held, and what was left out (as many as are worth naming, and how many in all)."""

    samples: tuple[Sample, ...]
    left_out: tuple[str, ...] = ()
    left_out_count: int = 0


def read_upload(raw: bytes, file: str, good: bool = False) -> Uploaded:
    """The replies in a file, by its ending or its looks. Raises UploadError naming the line."""
    if len(raw) > MAX_BYTES:
        raise UploadError(f"{_short(file)} is larger than {MAX_BYTES // 1024 // 1024} MB. Please send a part of it.")
    ending = file.lower().rpartition(".")[2]
    if ending == "mbox" or raw.startswith(b"From "):
        return _gathered(_mbox(raw), good)
    text = _decoded(raw).replace("\r\n", "\n")
    if ending in ("jsonl", "ndjson", "json") or text.lstrip()[:1] in ("{", "["):
        return _gathered(_json_lines(text), good)
    if ending in ("csv", "tsv"):
        return _gathered(_csv(text), good)
    return _gathered(((f"text {n}", part) for n, part in enumerate(_BREAK.split(text), start=1)), good)


def _short(file: str) -> str:
    return "".join(c for c in file if c.isprintable())[:60] or "The file"


def _decoded(raw: bytes) -> str:
    """UTF-8, or what spreadsheets on Windows write."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if len(_BINARY.findall(raw[:_LOOKED_AT])) > _STRAY:
        raise UploadError("This is not text. Save it as CSV, JSON lines, mbox or plain text first.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _gathered(found: Iterable[tuple[str, str | Mapping[str, Any] | None]], good: bool) -> Uploaded:
    samples: list[Sample] = []
    left_out: list[str] = []
    count = 0
    for name, value in found:
        wrong = sample = None
        if value is None:
            wrong = "not readable"
        else:
            sample, wrong = _sample(name, {"reply": value} if isinstance(value, str) else value, good)
        if sample is not None:
            if len(samples) >= MAX_TEXTS:
                raise UploadError(f"There are more than {MAX_TEXTS:,} replies in it. Please send a part of it.")
            samples.append(sample)
        elif wrong:
            count += 1
            if len(left_out) < _TOLD:
                left_out.append(f"{name}: {wrong}")
    if not samples:
        why = f" ({left_out[0]})" if left_out else ""
        raise UploadError(f"There is no reply in it that can be used{why}.")
    return Uploaded(tuple(samples), tuple(left_out), count)


def _sample(name: str, fields: Mapping[str, Any], good: bool) -> tuple[Sample | None, str | None]:
    """A reply from named values, or what is wrong with it; both None for an empty line."""
    named = {str(key).strip().lower().replace(" ", "_"): value for key, value in fields.items()}
    key = next((k for k in _REPLY if isinstance(named.get(k), str) and named[k].strip()), None)
    if key is None:
        empty = not any(str(v).strip() for v in named.values() if v is not None)
        return None, None if empty else f"no text under any of {', '.join(_REPLY[:6])}"
    said = named[key].replace("\r\n", "\n").strip()
    messages = _messages(named, key)
    if _BAD.search(said) or any(_BAD.search(m.text) for m in messages):
        return None, "holds a character that is none (such as NUL)"
    if len(said) > _MAX_DRAFT:
        return None, f"longer than {_MAX_DRAFT:,} characters"
    title = next((named[k] for k in _NAME if k != key and isinstance(named.get(k), str) and named[k].strip()), "")
    label = " ".join(title.split())[:80]
    return Sample(f"{label} ({name})" if label else name, Conversation(messages), Draft(said), good), None


def _messages(named: Mapping[str, Any], reply: str) -> tuple[Message, ...]:
    talk = named.get("conversation")
    if isinstance(talk, list):
        return tuple(
            Message("agent" if m.get("role") == "agent" else "customer", "", m["text"][:_MAX_DRAFT])
            for m in talk[-_MAX_MESSAGES:]
            if isinstance(m, dict) and isinstance(m.get("text"), str)
        )
    said = next(
        (named[k] for k in _CUSTOMER if k != reply and isinstance(named.get(k), str) and named[k].strip()), None
    )
    return (Message("customer", "", said[:_MAX_DRAFT]),) if said else ()


def _csv(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Rows by their headings; without headings, the longest cell of a row is the reply."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count) if any(c in first for c in ",;\t|") else ","
    csv.field_size_limit(MAX_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    heads: list[str] | None = None
    try:
        for row in rows:
            where = f"line {rows.line_num}"
            if heads is None:
                heads = [cell.strip().lower().replace(" ", "_") for cell in row]
                if any(head in _REPLY for head in heads):
                    continue
                heads = []
            if heads:
                yield where, dict(zip(heads, row, strict=False))
            elif row:
                yield where, {"reply": max(row, key=len)}
    except csv.Error as error:
        raise UploadError(f"Line {rows.line_num}: not CSV ({error}).") from None


def _json_lines(text: str) -> Iterator[tuple[str, str | Mapping[str, Any] | None]]:
    """One object or text a line; one list of them in the whole file is fine as well."""
    stripped = text.strip()
    if stripped.startswith("["):
        found = _json(stripped)
        if not isinstance(found, list):
            raise UploadError("This is not JSON. Put one object on each line, or one list of them in the file.")
        for number, value in enumerate(found, start=1):
            yield f"number {number}", value if isinstance(value, str | dict) else None
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            value = _json(line)
            yield f"line {number}", value if isinstance(value, str | dict) else None


def _json(text: str) -> Any:
    """What JSON says; None when it says nothing, is broken, or is nested for no good reason."""
    if text.count("[") + text.count("{") > 4 * _DEPTH and _deep(text):
        return None
    try:
        return orjson.loads(text.encode("utf-8", "surrogatepass"))
    except orjson.JSONDecodeError:
        return None


def _deep(text: str) -> bool:
    depth = 0
    for char in re.findall(r"[\[{]|[\]}]", re.sub(r'"(?:[^"\\]++|\\.)*+"', "", text)):
        depth += 1 if char in "[{" else -1
        if depth > _DEPTH:
            return True
    return False


def _mbox(raw: bytes) -> Iterator[tuple[str, str | Mapping[str, Any] | None]]:
    """The plain text of each mail; an older mail quoted in it is left out of judgement by the reading."""
    for number, part in enumerate(_FROM.split(raw)[1:], start=1):
        try:
            mail = email.message_from_bytes(part, policy=email.policy.default)
            body = mail.get_body(("plain",))
            said = _content(body) if body is not None else ""
            subject = str(mail.get("subject", ""))
        except (LookupError, ValueError, AttributeError, TypeError):
            yield f"mail {number}", None
        else:
            yield f"mail {number}", {"reply": said, "title": subject}


def _content(body: MIMEPart) -> str:
    try:
        return str(body.get_content())
    except LookupError:  # a charset that nobody knows
        return bytes(body.get_payload(decode=True) or b"").decode("utf-8", "replace")
