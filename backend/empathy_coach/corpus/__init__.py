"""The texts that weights are made from: labelled conversations of our own, and what words mean. Not part of the wheel.

``conversations/*.jsonl``: written and labelled for this project, a file for each author, in the shape of the ``training/``
of the labelled data (see ``scoring/MODEL.md``).
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
VECTORS = _HERE / "vectors.npz"


def labelled_files(directory: Path) -> list[Path]:
    """``training/*.jsonl`` of the directory, and our own."""
    return [*sorted((directory / "training").glob("*.jsonl")), *sorted((_HERE / "conversations").glob("*.jsonl"))]
