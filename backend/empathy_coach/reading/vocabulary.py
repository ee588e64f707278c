"""The commonest words by number: what the learned heads weigh. ``vocabulary.txt`` is made by ``scoring/training/vectors.py``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

WORD = re.compile(r"[a-z0-9$]+(?:'[a-z]+)?")


@lru_cache(maxsize=1)
def numbers() -> dict[str, int]:
    """Word -> its row in the tables. Reads its file once per process."""
    lines = Path(__file__).with_name("vocabulary.txt").read_text("ascii").splitlines()
    return {word: number for number, word in enumerate(lines)}


def rows_of(words: Iterable[str]) -> tuple[int, ...]:
    """The rows of the words that are known, in order."""
    known = numbers()
    return tuple([known[word] for word in words if word in known])
