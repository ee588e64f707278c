"""Reads a folder of rules into a ``RuleSet``: the one place in the core that touches files.

All mistakes in all files are collected into one RulesError, so that a lead mends them in one go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from empathy_coach.reading.cues import Cues
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.patterns import PatternError
from empathy_coach.rules.document import MAX_BYTES, Block, read_document
from empathy_coach.rules.index import Index
from empathy_coach.rules.overlay import Choices, chosen
from empathy_coach.rules.phrasing import Phrasing
from empathy_coach.rules.problems import Problem, RulesError, did_you_mean, shown
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.ruleset import RuleSet, content_hash, hash_of
from empathy_coach.rules.schema import build_rule
from empathy_coach.rules.teamfile import read_team_file

T = TypeVar("T")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_FILES = 2000
_MAX_TABLE = 512 * 1024  # bytes of signals.yaml and its like, which hold many entries each


def load_rule_set(directory: Path, team: str | None = None) -> RuleSet:
    """The rules under ``directory``, with a team's choices on top. Raises RulesError with all that is wrong."""
    problems: list[Problem] = []
    rules = list(_packs(directory, problems))
    signals = _table(directory, "signals.yaml", problems)
    cues = _table(directory, "cues.yaml", problems)
    rubric = _table(directory, "rubric.yaml", problems)
    phrasing = _table(directory, "phrasing.yaml", problems)
    if team is not None:
        rules = chosen(rules, _choices(directory, team, rules, problems), "everyone")
    lexicon = _built(Lexicon.build, signals, "signals.yaml", problems)
    made_cues = _built(Cues.build, cues, "cues.yaml", problems)
    made_phrasing = _built(Phrasing.build, phrasing, "phrasing.yaml", problems)
    if not rules and not problems:
        problems.append(Problem("packs", 1, "there is no rule here"))
    index = None
    try:
        index = Index(rules)
    except PatternError as error:
        problems.append(Problem("packs", 1, f"the rules together are too large: {error}"))
    if problems or lexicon is None or made_cues is None or made_phrasing is None or index is None:
        raise RulesError(problems)
    frozen = tuple(rules)
    tables_hash = hash_of([signals, cues, rubric, phrasing])
    hashed = content_hash(frozen, tables_hash)
    return RuleSet(frozen, hashed, lexicon, made_cues, rubric, made_phrasing, index, team, tables_hash)


def load_topics(directory: Path) -> Cues:
    """What customers write about, from ``topics.yaml``; made as cues are. Raises RulesError."""
    problems: list[Problem] = []
    topics = _built(Cues.build, _table(directory, "topics.yaml", problems), "topics.yaml", problems)
    if problems or topics is None:
        raise RulesError(problems)
    return topics


def load_choices(directory: Path, team: str, base: RuleSet) -> Choices:
    """What the file ``teams/<team>.yaml`` says on top of ``base``. Raises RulesError."""
    problems: list[Problem] = []
    choices = _choices(directory, team, base.rules, problems)
    if problems:
        raise RulesError(problems)
    return choices


def _packs(directory: Path, problems: list[Problem]) -> Iterator[Rule]:
    packs = directory / "packs"
    if not packs.is_dir():
        problems.append(Problem("packs", 1, f"there is no folder {packs}"))
        return
    files = sorted(packs.rglob("*.y*ml"))
    if len(files) > _MAX_FILES:
        problems.append(Problem("packs", 1, f"more than {_MAX_FILES} files"))
        return
    for path in files:
        name = path.relative_to(directory).as_posix()
        parts = path.relative_to(packs).with_suffix("").parts
        if len(parts) != 3 or path.suffix != ".yaml" or not all(_NAME.fullmatch(p) for p in parts):
            problems.append(Problem(name, 1, 'must lie at packs/<pack>/<element>/<rule>.yaml; small letters and "-"'))
            continue
        block = _read(path, name, problems)
        if block is not None:
            rule, wrong = build_rule(block, name, "/".join(parts), pack=parts[0], folder=parts[1])
            problems += wrong
            if rule:
                yield rule


def _read(path: Path, name: str, problems: list[Problem], limit: int = MAX_BYTES) -> Block | None:
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
        return read_document(raw, name, limit)
    except OSError as error:
        problems.append(Problem(name, 1, f"cannot be read: {error.strerror}"))
    except RulesError as error:
        problems += error.problems
    return None


def _table(directory: Path, name: str, problems: list[Problem]) -> Block:
    return _read(directory / name, name, problems, _MAX_TABLE) or Block(1)


def _choices(directory: Path, team: str, rules: Sequence[Rule], problems: list[Problem]) -> Choices:
    folder = directory / "teams"
    known = sorted(p.stem for p in folder.glob("*.yaml")) if folder.is_dir() else []
    if team not in known:
        guess = did_you_mean(team, known) if known else ""
        problems.append(Problem("teams", 1, f"there is no team {shown(team)}.{guess}"))
        return Choices()
    name = f"teams/{team}.yaml"
    try:
        choices, wrong = read_team_file((folder / f"{team}.yaml").read_bytes(), name, team, rules)
    except OSError as error:
        problems.append(Problem(name, 1, f"cannot be read: {error.strerror}"))
    except RulesError as error:
        problems += error.problems
    else:
        problems += wrong
        return choices
    return Choices()


def _built(build: Callable[[Block], T], table: Block, file: str, problems: list[Problem]) -> T | None:
    """What ``build`` makes of a parsed table; its ValueError becomes a problem with the line of the key it names."""
    if any(p.file == file for p in problems):
        return None
    try:
        return build(table)
    except ValueError as error:
        problems.append(Problem(file, _line_of(table, str(error)), str(error)))
        return None


def _line_of(block: Block, message: str) -> int:
    """The line of the key that a message like "signals.anger.find: ..." or "cue stock: ..." begins with."""
    line = block.line
    inner: object = block
    for key in message.partition(":")[0].removeprefix("cue ").split("."):
        if not isinstance(inner, Block) or key not in inner:
            break
        line, inner = inner.lines[key], inner[key]
    return line
