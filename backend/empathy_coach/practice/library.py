"""Reads the scenarios of ``coach_rules/practice``: the one place in practice that touches files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from empathy_coach.practice.exercises import Reworking, SortingGame, read_drill, read_game
from empathy_coach.practice.moves import Words
from empathy_coach.practice.scenario import Scenario
from empathy_coach.practice.schema import build_scenario
from empathy_coach.rules.document import Block, read_document
from empathy_coach.rules.problems import Problem, RulesError

T = TypeVar("T")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_BYTES = 64 * 1024
_MAX_FILES = 500


@dataclass(frozen=True)
class Library:
    """All scenarios by their ids, the words and numbers that they share, and the short exercises."""

    scenarios: Mapping[str, Scenario]
    words: Words
    tour: SortingGame
    rapport: SortingGame
    drill: tuple[Reworking, ...]


class Shelf:
    """The library of one folder, read when it is first asked for: who never practises pays nothing for it."""

    def __init__(self, rules_dir: Path) -> None:
        self._rules_dir = rules_dir

    @cached_property
    def library(self) -> Library:
        """All of it. Raises RulesError, each time until it is mended."""
        return load_library(self._rules_dir)


def load_library(rules_dir: Path) -> Library:
    """The scenarios under ``rules_dir/practice``. Raises RulesError with all that is wrong."""
    folder = rules_dir / "practice"
    problems: list[Problem] = []
    scenarios: dict[str, Scenario] = {}
    for path in sorted(folder.glob("*.y*ml"))[:_MAX_FILES]:
        name = f"practice/{path.name}"
        if path.suffix != ".yaml" or not _NAME.fullmatch(path.stem):
            problems.append(Problem(name, 1, 'a scenario is called <name>.yaml; small letters and "-"'))
            continue
        block = _table(path, name, problems)
        if block is not None:
            scenario, wrong = build_scenario(block, name, path.stem)
            problems += wrong
            if scenario:
                scenarios[scenario.id] = scenario
    words = _shared(folder, "temper", Words.read, problems)
    tour = _shared(folder, "tour", read_game, problems)
    rapport = _shared(folder, "rapport", read_game, problems)
    drill = _shared(folder, "drill", read_drill, problems)
    if not scenarios and not problems:
        problems.append(Problem("practice", 1, "there is no scenario here"))
    if problems or words is None or tour is None or rapport is None or drill is None:
        raise RulesError(problems)
    return Library(scenarios, words, tour, rapport, drill)


def _table(path: Path, name: str, problems: list[Problem]) -> Block | None:
    """One parsed YAML file; None and a problem when it cannot be read."""
    try:
        with path.open("rb") as file:
            return read_document(file.read(_MAX_BYTES + 1), name, _MAX_BYTES)
    except OSError as error:
        problems.append(Problem(name, 1, f"cannot be read: {error.strerror}"))
    except RulesError as error:
        problems += error.problems
    return None


def _shared(
    folder: Path, name: str, read: Callable[[Block, str], tuple[T | None, list[Problem]]], problems: list[Problem]
) -> T | None:
    file = f"practice/shared/{name}.yaml"
    block = _table(folder / "shared" / f"{name}.yaml", file, problems)
    if block is None:
        return None
    made, wrong = read(block, file)
    problems += wrong
    return made
