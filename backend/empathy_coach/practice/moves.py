"""What moves a customer's temper: the table of moves, and one move made by one reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from empathy_coach.domain import Fault
from empathy_coach.practice.scenario import Known, Says
from empathy_coach.rules.document import Block
from empathy_coach.rules.problems import Problem
from empathy_coach.rules.schema import Checker

MoveName = Literal[
    "named",
    "warm",
    "stock",
    "passed_over",
    "half_heard",
    "answered",
    "comes_back",
    "left_open",
    "asked_again",
    "drew_out",
    "met",
    "next_step",
    "vague",
    "greeted",
    "repeated",
    "hollow",
    "blame",
    "curt",
    "minimising",
    "command",
    "jargon",
    "bureaucratic",
    "condescending",
    "empty_promise",
    "over_apology",
    "sarcasm",
]
LineName = Literal["repeated", "hollow", "waits", "accepts", "when"]
MOVES: tuple[MoveName, ...] = get_args(MoveName)
_PATTERNS = ("comes_back", "looks_into", "promises", "offers", "asks_openly")
LINES: tuple[LineName, ...] = get_args(LineName)
#: Faults of the rubric that move the temper by themselves; a stock phrase is weighed as an acknowledgement is.
FAULT_MOVES: Mapping[Fault, MoveName] = {fault: fault for fault in get_args(Fault) if fault in MOVES}


@dataclass(frozen=True, slots=True)
class MoveWords:
    """``points`` of temper the first time, ``again`` each further time; words for the debrief."""

    points: int
    again: int
    says: str
    next: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that a reply did: how many points of temper it moved, and the words that did it."""

    name: MoveName
    points: float
    what: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Words:
    """``practice/shared/temper.yaml``: numbers, words and lines that all scenarios share."""

    moves: Mapping[MoveName, MoveWords]
    lines: Mapping[LineName, tuple[str, ...]]
    bands: tuple[tuple[int, str], ...]
    comes_back: Says
    looks_into: Says
    promises: Says
    offers: Says
    asks_openly: Says
    knows: tuple[Known, ...]

    def band(self, temper: float) -> str:
        """The word for a temper, 0..100."""
        return next(word for least, word in reversed(self.bands) if temper >= least or least == 0)

    def told(self, move: Move) -> str:
        """The move in words, for the one who wrote the reply."""
        return self.moves[move.name].says.replace("{what}", move.what)

    @classmethod
    def read(cls, block: Block, file: str) -> tuple[Words | None, list[Problem]]:
        """From the parsed file, with all that is wrong with it."""
        check = Checker(file)
        check.unknown_keys(block, ("moves", "lines", "bands", *_PATTERNS, "knows"))
        moves = _moves(check, block)
        lines = {name: check.texts(_inner(check, block, "lines"), name) for name in LINES}
        bands = _inner(check, block, "bands")
        steps = tuple(sorted((check.number(bands, word, 0, 100) or 0, word) for word in bands))
        for name in LINES:
            if not lines[name]:
                check.note(block.line, f'lines: "{name}" is missing')
        if not steps or steps[0][0] != 0:
            check.note(block.line, "bands: one of them begins at 0")
        patterns = {key: check.patterns(block, key) for key in _PATTERNS}
        knows = [
            Known(Says.of(check.patterns(item, "asked")), check.text(item, "says") or "")
            for item, _ in check.items(block, "knows")
            if isinstance(item, Block)
        ]
        if check.problems:
            return None, check.problems
        made = {key: Says.of(found) for key, found in patterns.items()}
        return cls(moves, lines, steps, **made, knows=tuple(knows)), []


def _inner(check: Checker, block: Block, key: str) -> Block:
    value = block.get(key)
    if isinstance(value, Block):
        return value
    check.note(block.line, f'"{key}" is missing')
    return Block(block.line)


def _moves(check: Checker, block: Block) -> dict[MoveName, MoveWords]:
    table = _inner(check, block, "moves")
    check.unknown_keys(table, MOVES)
    out: dict[MoveName, MoveWords] = {}
    for name in MOVES:
        item = table.get(name)
        if not isinstance(item, Block):
            check.note(table.line, f'moves: "{name}" is missing')
            continue
        check.unknown_keys(item, ("points", "again", "says", "next"))
        points = check.number(item, "points", -50, 50) or 0
        again = check.number(item, "again", -50, 50)
        out[name] = MoveWords(
            points, points if again is None else again, check.text(item, "says") or "", check.text(item, "next")
        )
    return out
