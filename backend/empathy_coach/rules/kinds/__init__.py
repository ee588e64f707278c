"""The kinds of rule, one file each. A new kind is a new file and one line in ``KINDS``."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any, Protocol

from empathy_coach.rules.index import Ready
from empathy_coach.rules.kinds import expected, phrase, repeated, shape
from empathy_coach.rules.view import Hit, View


class Kind(Protocol):
    """What each module here offers."""

    KEYS: tuple[str, ...]
    """The YAML keys that are its own."""

    def check(self, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Mistakes that only this kind knows of, as (key, message)."""

    def look(self, ready: Ready, view: View) -> Iterator[Hit]:
        """Where the rule fires on a draft. Its conditions on the customer hold already."""


KINDS: dict[str, Kind] = {"phrase": phrase, "repeated": repeated, "expected": expected, "shape": shape}


def kind_of(keys: Container[str]) -> str | None:
    """The kind a rule file is of, by the keys it holds."""
    if "expect" in keys or "expect_act" in keys:
        return "expected"
    if "more_than" in keys:
        return "repeated"
    if "shape" in keys:
        return "shape"
    return "phrase" if "find" in keys else None
