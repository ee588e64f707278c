"""Cues: ways of speaking, from ``coach_rules/cues.yaml``, found all at once by RE2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from empathy_coach.domain import ACTS, Act
from empathy_coach.reading.cleaning import Folded
from empathy_coach.reading.pattern_set import PatternSet
from empathy_coach.reading.patterns import PatternError, compile_pattern


class Hit(NamedTuple):
    """One cue in a text, at offsets of the folded text."""

    cue: int
    start: int
    end: int


class Cues:
    """All cues, compiled. ``names`` are in the order of the file; ``acts[i]`` is what cue ``i`` makes of a sentence."""

    def __init__(
        self, names: tuple[str, ...], acts: tuple[Act | None, ...], patterns: PatternSet, owner: tuple[int, ...]
    ) -> None:
        """Use ``build``; ``owner[n]`` is the cue of pattern ``n``, or ``-1 - cue`` for an exception."""
        self.names = names
        self.acts = acts
        self._patterns = patterns
        self._owner = owner

    @classmethod
    def build(cls, data: Mapping[str, Mapping[str, object]]) -> Cues:
        """Compile the parsed YAML. Raises ValueError that names the cue and the pattern at fault."""
        expressions: list[str] = []
        owner: list[int] = []
        acts: list[Act | None] = []
        for number, (name, entry) in enumerate(data.items()):
            if not isinstance(entry, Mapping) or not entry.get("find"):
                raise ValueError(f"cue {name}: `find` is missing")
            if unknown := set(entry) - {"act", "find", "unless"}:
                raise ValueError(f"cue {name}: `{sorted(unknown)[0]}` is not known; allowed are act, find, unless")
            act = entry.get("act")
            if act is not None and act not in ACTS:
                raise ValueError(f"cue {name}: act `{act}` is not one of {', '.join(ACTS)}")
            acts.append(act)
            for key, mark in (("find", number), ("unless", -1 - number)):
                patterns = entry.get(key) or []
                for pattern in patterns if isinstance(patterns, list) else [patterns]:
                    try:
                        expressions.append(compile_pattern(str(pattern)))
                    except PatternError as error:
                        raise ValueError(f"cue {name}: pattern `{pattern}`: {error}") from error
                    owner.append(mark)
        return cls(tuple(data), tuple(acts), PatternSet(expressions), tuple(owner))

    def find(self, folded: Folded) -> list[Hit]:
        """Every cue in the text, by position; a match inside an exception of the same cue does not count."""
        hits: list[Hit] = []
        excepted: list[Hit] = []
        for pattern, start, end in self._patterns.matches(folded):
            owner = self._owner[pattern]
            if owner >= 0:
                hits.append(Hit(owner, start, end))
            else:
                excepted.append(Hit(-1 - owner, start, end))
        if excepted:
            hits = [
                h for h in hits if not any(e.cue == h.cue and e.start < h.end and h.start < e.end for e in excepted)
            ]
        hits.sort(key=lambda h: (h.start, h.end, h.cue))
        return hits
