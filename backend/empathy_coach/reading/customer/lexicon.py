"""The words of ``coach_rules/signals.yaml``, checked and compiled: what the customer reading looks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from empathy_coach.domain import SIGNAL_KINDS, SignalKind
from empathy_coach.reading.cleaning import Folded, fold
from empathy_coach.reading.customer.cues import SHAPES
from empathy_coach.reading.pattern_set import PatternSet
from empathy_coach.reading.patterns import PatternError, compile_pattern

LEVELS: dict[str, float] = {"strong": 0.9, "plain": 0.6, "mild": 0.3}
_SECTIONS = ("families", "signals", "problem", "grave", "same_words")
GRAVE = "grave"
_ENTRY = ("title", "why", "find", "unless", "examples")
_FAMILY = re.compile("<([a-z]+)>")
Families = Mapping[str, str]
# Two words are "the same" in an answer when they share a group of ``same_words``.
Synonyms = Mapping[str, int]


class Hit(NamedTuple):
    """Words of one kind in a folded text. ``strength`` is 0..1."""

    kind: str
    start: int
    end: int
    strength: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of signal as its authors wrote it, for tests and pages."""

    kind: str
    title: str
    why: str
    fires: tuple[str, ...]
    silent: tuple[str, ...]


class Lexicon:
    """Compiled once per rule set; immutable afterwards, so that readings can be cached by message text."""

    def __init__(
        self, entries: tuple[Entry, ...], patterns: PatternSet, meaning: list[tuple[str, float]], synonyms: Synonyms
    ):
        """``meaning[i]`` is the kind and strength of pattern ``i``; strength 0 marks an exception of that kind."""
        self.entries = entries
        self.synonyms = synonyms
        self._patterns = patterns
        self._meaning = meaning

    @classmethod
    def build(cls, data: Mapping[str, Any]) -> Lexicon:
        """Check and compile the parsed YAML. Raises ValueError that names the key at fault."""
        _known("signals.yaml", data, _SECTIONS)
        signals = _mapping("signals", data.get("signals"))
        _known("signals", signals, SIGNAL_KINDS)
        missing = [kind for kind in SIGNAL_KINDS if kind not in signals]
        if missing:
            raise ValueError(f"signals: no entry for {', '.join(missing)}")
        families = _families(data.get("families"))
        expressions: list[str] = []
        meaning: list[tuple[str, float]] = []
        bodies = {f"signals.{kind}": (kind, body) for kind, body in signals.items()}
        bodies["problem"] = ("problem", data.get("problem"))
        if GRAVE in data:
            bodies[GRAVE] = (GRAVE, data[GRAVE])
        entries = [_entry(where, kind, body, families, expressions, meaning) for where, (kind, body) in bodies.items()]
        for kind, strength, expression in SHAPES:
            expressions.append(expression)
            meaning.append((kind, strength))
        try:
            patterns = PatternSet(expressions)
        except PatternError as error:
            raise ValueError(f"signals.yaml: {error}") from error
        return cls(tuple(entries), patterns, meaning, _synonyms(data.get("same_words")))

    def hits(self, folded: Folded) -> list[Hit]:
        """What the text shows, in order of position; words inside an exception of their kind are left out."""
        found: list[Hit] = []
        except_at: dict[str, list[tuple[int, int]]] = {}
        for pattern, start, end in self._patterns.matches(folded):
            kind, strength = self._meaning[pattern]
            if strength:
                found.append(Hit(kind, start, end, strength))
            else:
                except_at.setdefault(kind, []).append((start, end))
        if except_at:
            found = [
                hit
                for hit in found
                if not any(start < hit.end and hit.start < end for start, end in except_at.get(hit.kind, ()))
            ]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        return found


def _entry(
    where: str,
    kind: str,
    body: object,
    families: Families,
    expressions: list[str],
    meaning: list[tuple[str, float]],
) -> Entry:
    """Check one entry and append its patterns with what they mean."""
    entry = _mapping(where, body)
    _known(where, entry, _ENTRY)
    find = _mapping(f"{where}.find", entry.get("find"))
    _known(f"{where}.find", find, tuple(LEVELS))
    lists = [(f"{where}.find.{level}", find[level], LEVELS[level]) for level in LEVELS if level in find]
    if not lists:
        raise ValueError(f"{where}.find: empty")
    if "unless" in entry:
        lists.append((f"{where}.unless", entry["unless"], 0.0))
    for key, patterns, strength in lists:
        for pattern in _strings(key, patterns):
            try:
                expressions.append(compile_pattern(_with_families(key, pattern, families)))
            except PatternError as error:
                raise ValueError(f'{key}: "{pattern}": {error}') from error
            meaning.append((kind, strength))
    examples = _mapping(f"{where}.examples", entry.get("examples"))
    _known(f"{where}.examples", examples, ("fires", "silent"))
    fires, silent = (_strings(f"{where}.examples.{key}", examples.get(key)) for key in ("fires", "silent"))
    title, why = (_text(f"{where}.{key}", entry.get(key)) for key in ("title", "why"))
    return Entry(kind, title, why, fires, silent)


def _families(body: object) -> Families:
    """``<name>`` in a pattern stands for any word of that family; here as the group that takes its place."""
    if body is None:
        return {}
    families = _mapping("families", body)
    return {name: f"({'|'.join(_text(f'families.{name}', words).split())})" for name, words in families.items()}


def _with_families(where: str, pattern: str, families: Families) -> str:
    def words(found: re.Match[str]) -> str:
        if found[1] not in families:
            raise ValueError(f'{where}: "{pattern}": no family "{found[1]}"; there are {", ".join(families)}')
        return families[found[1]]

    return _FAMILY.sub(words, pattern)


def _synonyms(body: object) -> Synonyms:
    groups: dict[str, int] = {}
    for number, line in enumerate(_strings("same_words", body)):
        for word in fold(line).text.replace(",", " ").split():
            if groups.setdefault(word, number) != number:
                raise ValueError(f'same_words: "{word}" stands in two lines')
    return groups


def _mapping(where: str, body: object) -> Mapping[str, Any]:
    if not isinstance(body, Mapping):
        raise ValueError(f"{where}: must be a mapping with keys")
    return cast(Mapping[str, Any], body)


def _strings(where: str, body: object) -> tuple[str, ...]:
    if not isinstance(body, list) or not body or not all(isinstance(item, str) for item in body):
        raise ValueError(f"{where}: must be a list of texts, with at least one")
    return tuple(body)


def _text(where: str, body: object) -> str:
    if not isinstance(body, str) or not body.strip():
        raise ValueError(f"{where}: must be a text")
    return body.strip()


def _known(where: str, body: Mapping[str, Any], allowed: tuple[str, ...] | tuple[SignalKind, ...]) -> None:
    for key in body:
        if key not in allowed:
            raise ValueError(f'{where}: does not know "{key}"; allowed are {", ".join(allowed)}')
