"""The sample conversations that ship, each with a good reply and a hurried one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from empathy_coach.domain import Conversation, Draft, Message
from empathy_coach.rules.document import read_document
from empathy_coach.services.uploads import Sample

_MAX = 512 * 1024


@lru_cache(maxsize=4)
def load_samples(directory: Path) -> tuple[Sample, ...]:
    """Two replies for each entry of ``samples.yaml``; none when there is no such file. Raises RulesError."""
    file = directory / "samples.yaml"
    if not file.is_file():
        return ()
    found = read_document(file.read_bytes(), file.name, _MAX)
    return tuple(sample for name, entry in found.items() for sample in _both(name, entry))


def _both(name: str, entry: Any) -> tuple[Sample, Sample]:
    title = name.replace("-", " ")
    talk = Conversation((Message("customer", "Customer", str(entry["customer"]).strip()),))
    good, hurried = (Draft(str(entry[key]).strip()) for key in ("good", "hurried"))
    return Sample(f"{title}, a good reply", talk, good, True), Sample(f"{title}, a hurried reply", talk, hurried)
