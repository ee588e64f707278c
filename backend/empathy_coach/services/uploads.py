"""Replies that a lead pastes or uploads: plain text, CSV, JSON lines or mbox. Held in memory, never stored.

Columns and keys may be called in many ways (``reply``, ``body``, ``macro``, ...). What cannot be used is left out and
told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.services.upload_parts import REPLY, Entry, UploadError, entries

MAX_BYTES = 24 * 1024 * 1024
MAX_TEXTS = 50_000
_MAX_ENTRIES = 4 * MAX_TEXTS  # the empty ones and those left out as well
_MAX_DRAFT = 20_000
_MAX_MESSAGES = 50
_TOLD = 20  # left out texts that are named one by one

_CUSTOMER = ("customer", "question", "customer_message", "ticket", "request", "inbound", "description", "subject")
_NAME = ("title", "name", "id", "shortcut", "subject")
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


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
    return _gathered(entries(raw, file), good)


def _short(file: str) -> str:
    return "".join(c for c in file if c.isprintable())[:60] or "The file"


def _gathered(found: Iterable[Entry], good: bool) -> Uploaded:
    samples: list[Sample] = []
    left_out: list[str] = []
    count = 0
    for number, (name, value) in enumerate(found):
        if number >= _MAX_ENTRIES:
            raise UploadError(f"There are more than {_MAX_ENTRIES:,} entries in it, most of them empty.")
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
    key = next((k for k in REPLY if isinstance(named.get(k), str) and named[k].strip()), None)
    if key is None:
        empty = not any(v.strip() if isinstance(v, str) else v is not None for v in named.values())
        return None, None if empty else f"no text under any of {', '.join(REPLY[:6])}"
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
