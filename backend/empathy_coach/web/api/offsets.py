"""Code points to UTF-16 code units: the one place where offsets are converted.

Python counts code points, JavaScript's ``slice`` counts UTF-16 code units; characters beyond U+FFFF are one of the
first and two of the second.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """The offsets of one text in UTF-16 code units."""

    __slots__ = ("_astral",)

    def __init__(self, text: str) -> None:
        self._astral = [] if text.isascii() else [found.start() for found in _ASTRAL.finditer(text)]

    def __call__(self, offset: int) -> int:
        """The code units before code point ``offset`` (0..len(text))."""
        return offset + bisect_left(self._astral, offset) if self._astral else offset
