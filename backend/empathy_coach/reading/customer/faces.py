"""Faces: emoji and emoticons, taken from the text as written, because folding makes spaces of them."""

from __future__ import annotations

import re
from typing import NamedTuple

_ANGRY = "\U0001f621\U0001f620\U0001f92c\U0001f624\U0001f47f\U0001f595\U0001f44e\U0001f644\U0001f612\U0001f63e"
_SAD = (
    "\U0001f61e\U0001f61f\U0001f622\U0001f623\U0001f625\U0001f626\U0001f627\U0001f628\U0001f629\U0001f62b\U0001f62d"
    "\U0001f630\U0001f631\U0001f616\U0001f613\U0001f614\U0001f615\U0001f641\u2639\U0001f63f\U0001f494\U0001f972"
    "\U0001f97a\U0001f62a\U0001f635\U0001f922\U0001f92e\U0001f926\U0001fae0\U0001f643"
)
_HAPPY = (
    "\U0001f600\U0001f601\U0001f602\U0001f603\U0001f604\U0001f605\U0001f606\U0001f609\U0001f60a\U0001f60b\U0001f60d"
    "\U0001f60e\U0001f618\U0001f642\U0001f917\U0001f923\U0001f929\U0001f970\U0001f973\U0001f44d\U0001f44f\U0001f64c"
    "\U0001f389\u2764\u2665\u263a\U0001f495\U0001f49b\U0001f49c\U0001f499\U0001f49a\U0001f31f\u2b50\U0001f44c\U0001f339"
)
_FACE = re.compile(
    rf"(?P<angry>[{_ANGRY}]|>[:=]-?[(\[])|(?P<sad>[{_SAD}]|(?<![\w:])[:=]['\u2019]?-?[(\[c/\\](?![\w/\\]))"
    rf"|(?P<happy>[{_HAPPY}]|(?<![\w:])[:;=]['\u2019]?-?[)\]D](?!\w)|<3|\^\^)"
)


_BEGIN = re.compile(rf"[{_ANGRY}{_SAD}{_HAPPY}>:;=<^]")


class Faces(NamedTuple):
    """How many faces of each sort a text has."""

    angry: int = 0
    sad: int = 0
    happy: int = 0


_NONE = Faces()


def faces(text: str) -> Faces:
    """Count the faces of a text as written."""
    counts = {"angry": 0, "sad": 0, "happy": 0}
    done = 0
    for begin in _BEGIN.finditer(text):  # the dear search is made only where a face can begin
        found = _FACE.match(text, begin.start()) if begin.start() >= done else None
        if found:
            counts[str(found.lastgroup)] += 1
            done = found.end()
    return Faces(**counts) if done else _NONE
