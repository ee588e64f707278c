"""What a file holds, one entry after the other: CSV, JSON lines, a JSON list, mbox, or text with `---` between replies.

Everything is read in small steps. Python runs one thread at a time, and a single call on 10 MB (a decoder, a regular
expression, a parser in C) would keep every agent waiting for as long as it takes.
"""

from __future__ import annotations

import codecs
import csv
import email
import io
import json
import re
from collections.abc import Iterator, Mapping
from email.header import decode_header, make_header
from email.message import Message
from typing import Any, TextIO

import orjson

from empathy_coach.errors import CoachError

#: The name of an entry, and what it holds: text, named values, or None when it cannot be read.
Entry = tuple[str, str | Mapping[str, Any] | None]

#: Names of the field that holds the reply, the likeliest first.
REPLY = (
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

_STEP = 256 * 1024  # bytes or characters taken at once
_LONGEST = 1_000_000  # characters of a line or of an entry in a list
_MAIL = 200_000  # bytes; what follows is attached
_LIST, _OBJECT = re.compile(r'\[\s*[{"\]]'), re.compile(r'\{\s*"')  # "[Name], thank you" is a reply
_BREAK = re.compile(r"[ \t]*-{3,}[ \t]*\n?")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 100_000  # bytes
_STRAY = 20  # control characters that a text may hold by accident; each reply is looked at by itself


class UploadError(CoachError):
    """The file as a whole cannot be used; the text says why and where."""


def entries(raw: bytes, file: str) -> Iterator[Entry]:
    """What ``raw`` holds, by the ending of its name or by its looks. Raises UploadError, at the latest while it goes on."""
    ending = file.lower().rpartition(".")[2]
    if ending == "mbox" or raw.startswith(b"From "):
        return _mbox(raw)
    text = _decoded(raw)
    begins = text.read(_STEP).lstrip()
    text.seek(0)
    if ending in ("csv", "tsv"):
        return _csv(text)
    named = ending in ("jsonl", "ndjson", "json")
    if begins.startswith("[") if named else _LIST.match(begins):
        return _json_list(text)
    if named or _OBJECT.match(begins):
        return _json_lines(text)
    return _plain(text)


def _decoded(raw: bytes) -> TextIO:
    """UTF-8, or what spreadsheets on Windows write. Ends of lines become those of Python."""
    encoding = "utf-8-sig"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif len(_BINARY.findall(raw[:_LOOKED_AT])) > _STRAY:
        raise UploadError("This is not text. Save it as CSV, JSON lines, mbox or plain text first.")
    else:
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            for start in range(0, len(raw), _STEP):
                decoder.decode(raw[start : start + _STEP])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            encoding = "cp1252"
    return io.TextIOWrapper(io.BytesIO(raw), encoding, "replace")


def _lines(text: TextIO) -> Iterator[str]:
    number = 0
    while line := text.readline(_LONGEST + 1):
        number += 1
        if len(line) > _LONGEST:
            raise UploadError(
                f"Line {number} is longer than {_LONGEST:,} characters. Is a quote or a line break missing?"
            )
        yield line


def _plain(text: TextIO) -> Iterator[Entry]:
    number, said = 1, io.StringIO()
    for line in _lines(text):
        if _BREAK.fullmatch(line):
            yield f"text {number}", said.getvalue()
            number, said = number + 1, io.StringIO()
        else:
            said.write(line)
    yield f"text {number}", said.getvalue()


def _csv(text: TextIO) -> Iterator[Entry]:
    """Rows by their headings; without headings, the longest cell of a row is the reply."""
    first = text.readline(_LONGEST)
    text.seek(0)
    delimiter = max(",;\t|", key=first.count) if any(c in first for c in ",;\t|") else ","
    csv.field_size_limit(_LONGEST)
    rows = csv.reader(_lines(text), delimiter=delimiter)
    heads: list[str] | None = None
    try:
        for row in rows:
            where = f"line {rows.line_num}"
            if heads is None:
                heads = [cell.strip().lower().replace(" ", "_") for cell in row]
                if any(head in REPLY for head in heads):
                    continue
                heads = []
            if heads:
                yield where, dict(zip(heads, row, strict=False))
            elif row:
                yield where, {"reply": max(row, key=len)}
    except csv.Error as error:
        raise UploadError(f"Line {rows.line_num}: not CSV ({error}). Is a quote missing?") from None


def _json_lines(text: TextIO) -> Iterator[Entry]:
    """One object or text a line."""
    for number, line in enumerate(_lines(text), start=1):
        if line.strip():
            try:
                value = orjson.loads(line.encode("utf-8", "surrogatepass"))
            except orjson.JSONDecodeError:
                value = None
            yield f"line {number}", value if isinstance(value, str | dict) else None


def _json_list(text: TextIO) -> Iterator[Entry]:
    """The entries of one list. Never more of it is in hand than the longest of them may be."""
    decoder, number = json.JSONDecoder(), 1
    _, _, held = text.read(_STEP).partition("[")
    at, ended = 0, False
    while True:
        try:
            at = _past_space(held, at)
            value, end = decoder.raw_decode(held, at)
            end = _past_space(held, end)
            follows = held[end]
        except (ValueError, IndexError, RecursionError):
            if ended or len(held) - at > _LONGEST:
                if number == 1 and held[at : at + 1] == "]":
                    return
                raise UploadError(
                    f"This is not JSON from entry {number} of the list on, or that entry is longer than {_LONGEST:,}"
                    " characters. Put one object on each line, or one list of them in the file."
                ) from None
            more = text.read(_STEP)
            held, at, ended = held[at:] + more, 0, not more
            continue
        yield f"number {number}", value if isinstance(value, str | dict) else None
        number += 1
        at = end + 1
        if follows == "]":
            return
        if follows != ",":
            raise UploadError(f"This is not JSON: a comma is missing after entry {number - 1} of the list.")


def _past_space(text: str, at: int) -> int:
    while text[at] in " \n\r\t":  # IndexError: more has to be read
        at += 1
    return at


def _mbox(raw: bytes) -> Iterator[Entry]:
    """The plain text of each mail; an older mail quoted in it is left out of judgement by the reading."""
    mail, size, number = io.BytesIO(), 0, 0
    for line in io.BytesIO(raw):
        if line.startswith(b"From "):
            if number:
                yield _mail(number, mail.getvalue())
            mail, size, number = io.BytesIO(), 0, number + 1
        elif size <= _MAIL:
            mail.write(line[:_MAIL])
            size += len(line)
    yield _mail(number, mail.getvalue())


def _mail(number: int, raw: bytes) -> Entry:
    # Not the newer policy of the module: it takes each header apart to the last comma, 1 ms for a mail.
    if not raw.strip():
        return f"mail {number}", ""
    try:
        mail = email.message_from_bytes(raw)
        plain = (part for part in mail.walk() if part.get_content_type() == "text/plain" and not part.get_filename())
        said = next((_content(part) for part in plain), "")
        return f"mail {number}", {"reply": said, "title": _title(mail)}
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError):
        return f"mail {number}", None


def _title(mail: Message) -> str:
    return str(make_header(decode_header(str(mail.get("Subject", "")))))


def _content(part: Message) -> str:
    said = part.get_payload(decode=True)
    assert isinstance(said, bytes)  # noqa: S101 # what a part that holds no others gives
    try:
        return said.decode(str(part.get_param("charset", "utf-8")), "replace")
    except LookupError:  # a charset that nobody knows
        return said.decode("utf-8", "replace")
