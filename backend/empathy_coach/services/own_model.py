"""A language model that the team runs, behind any OpenAI-compatible address: one question, one text, in time or not at all.

What is asked is given to it as data in one JSON object. No text is logged or stored.
"""

from __future__ import annotations

import http.client
import json
import time
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from empathy_coach.errors import CoachError

Silence = Literal["off", "unreachable", "timeout", "bad_answer"]
_ANSWER_BYTES = 200_000
_CHUNK = 8192


class NoAnswerError(CoachError):
    """The model did not answer; ``reason`` says why."""

    def __init__(self, reason: Silence) -> None:
        super().__init__(reason)
        self.reason: Silence = reason


class OwnModel:
    """``url`` is the API's base address, such as http://127.0.0.1:8080/v1; without one, nothing is ever asked."""

    def __init__(self, url: str | None, name: str, seconds: float) -> None:
        self._url = urlsplit(url) if url else None
        self._name = name
        self._seconds = seconds

    def ask(self, task: str, data: dict[str, object]) -> str:
        """What the model makes of ``data`` when told ``task``. Raises NoAnswerError, within the time-out."""
        if self._url is None:
            raise NoAnswerError("off")
        try:
            return self._asked(self._url, task, data)
        except TimeoutError:
            raise NoAnswerError("timeout") from None
        except (OSError, http.client.HTTPException):
            raise NoAnswerError("unreachable") from None
        except (ValueError, KeyError, IndexError, TypeError, RecursionError):
            raise NoAnswerError("bad_answer") from None

    def _asked(self, url: SplitResult, task: str, data: dict[str, object]) -> str:
        ends = time.monotonic() + self._seconds
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = kind(url.hostname or "", url.port, timeout=self._seconds)
        question = {
            "model": self._name,
            "temperature": 0,
            "stream": False,
            "messages": [
                {"role": "system", "content": task},
                {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
            ],
        }
        try:
            path = url.path.rstrip("/") + "/chat/completions"
            connection.request("POST", path, json.dumps(question), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            if answer.status != http.HTTPStatus.OK:
                raise http.client.HTTPException(str(answer.status))
            return _text_in(_body(answer, connection, ends))
        finally:
            connection.close()


def _body(answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, ends: float) -> bytes:
    """The whole answer, in time and of a sane size, however slowly it drips in."""
    parts: list[bytes] = []
    while True:
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if connection.sock is not None:
            connection.sock.settimeout(left)
        part = answer.read1(_CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
        if sum(map(len, parts)) > _ANSWER_BYTES:
            raise ValueError("too long")


def _text_in(body: bytes) -> str:
    text = json.loads(body)["choices"][0]["message"]["content"]
    if not isinstance(text, str) or "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("no text")
    return text
