"""What is wrong with a rule file, said to the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from empathy_coach.errors import CoachError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right: ``file`` relative to the rules' folder, ``line`` counted from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class RulesError(CoachError):
    """The rules cannot be used. ``problems`` holds all that was found, by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, allowed: Sequence[str]) -> str:
    """Words to add to a message: the nearest allowed word, and what is allowed."""
    near = difflib.get_close_matches(word[:60], allowed, n=1, cutoff=0.6)
    guess = f' Did you mean "{near[0]}"?' if near else ""
    return f"{guess} Allowed: {', '.join(allowed)}."


def shown(value: object) -> str:
    """A value as it may stand in a message: short, on one line, printable."""
    text = str(value).replace("\n", " ")
    text = "".join(c if c.isprintable() else "?" for c in text)
    return f'"{text[:60]}..."' if len(text) > 60 else f'"{text}"'
