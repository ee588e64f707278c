"""The texts that weights are made from: labelled conversations of our own, and what words mean. Not part of the wheel.

A file for each author, written and labelled for this project (see ``scoring/MODEL.md``). ``conversations/*.jsonl`` have the
shape of the ``training/`` of the labelled data. ``replies/*.jsonl`` are single replies of one to three sentences, about
twelve to a ``context``: ``empathy`` and ``civil`` 0..4, ``acknowledges`` 0..2, ``steps`` 0 or 1, and the gravest ``fault``.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
VECTORS = _HERE / "vectors.npz"


def labelled_files(directory: Path) -> list[Path]:
    """``training/*.jsonl`` of the directory, and our own."""
    return [*sorted((directory / "training").glob("*.jsonl")), *sorted((_HERE / "conversations").glob("*.jsonl"))]


def reply_files() -> list[Path]:
    """The single replies."""
    return sorted((_HERE / "replies").glob("*.jsonl"))
