"""Folding: one ASCII character for each visible character, so that patterns see what a reader sees.

Case, curly quotes, accents and full-width letters fold to plain ASCII; currency signs fold to ``$``; invisible
characters (zero-width, soft hyphens, bidirectional marks) vanish, so that nobody evades a rule with them. Offsets
lead back to the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

# Default-ignorable characters: they draw nothing and would split words in two.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_PLAIN = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201b": "'",
    "\u2032": "'",
    "\u00b4": "'",
    "\u0060": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2212": "-",
    "\u2026": ".",
    "\u00df": "s",
    "\u0131": "i",
    "\u0142": "l",
    "\u0141": "l",
    "\u00f8": "o",
    "\u00d8": "o",
    "\u0111": "d",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
}


class _Table(dict[int, str]):
    """Translates any character to one ASCII character; what was looked up once is remembered."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if code < 128:
            plain = char.lower()
        elif char in _PLAIN:
            plain = _PLAIN[char]
        elif unicodedata.category(char) == "Sc":
            plain = "$"
        else:
            base = unicodedata.normalize("NFKD", char)[0]
            if base.isascii():
                plain = base.lower()
            elif char.isalpha():
                plain = "x"
            else:
                plain = " "
        if len(self) < 4096:  # bounded: a text may bring any character there is
            self[code] = plain
        return plain


_TABLE = _Table()


@dataclass(slots=True)
class Folded:
    """A folded text. ``text`` is ASCII, lower case; ``origin[i]`` is where character ``i`` stood, or None for ``i``."""

    text: str
    origin: tuple[int, ...] | None
    _raw: bytes | None = field(default=None, init=False, compare=False, repr=False)

    @property
    def raw(self) -> bytes:
        """The folded text as bytes: what RE2 reads, with the same offsets."""
        if self._raw is None:
            self._raw = self.text.encode("ascii")
        return self._raw

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as it was written, for offsets in the folded text."""
        if self.origin is None or start >= end:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text; see the module's words."""
    return Folded(text.lower(), None) if text.isascii() else _fold(text)


@lru_cache(maxsize=256)  # a draft is folded for each of its readers
def _fold(text: str) -> Folded:
    if _INVISIBLE.search(text):
        kept = [(i, c) for i, c in enumerate(text) if not _INVISIBLE.match(c)]
        return Folded("".join(c for _, c in kept).translate(_TABLE), tuple(i for i, _ in kept))
    return Folded(text.translate(_TABLE), None)
