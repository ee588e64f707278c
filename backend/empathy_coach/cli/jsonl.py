"""Many requests, one a line, to many reports, one a line, in the same order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

import orjson

from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.web.api.body import BODY_BYTES, parse
from empathy_coach.web.api.coaching import answer
from empathy_coach.web.api.models import CoachRequest
from empathy_coach.web.problems import ProblemError

_TOGETHER = 32  # lines that a process takes at a time
_AHEAD = 4  # such pieces in work for each process, so that a long input never has to fit into memory

#: One line of output, and whether the input was in order.
Outcome = tuple[bytes, bool]

_rule_set: RuleSet  # of a worker process


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of ``stream`` without their ends. A line that is too long is cut one byte past the limit."""
    while line := stream.readline(BODY_BYTES + 2):
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(BODY_BYTES)):
            pass
        yield line.rstrip(b"\r\n")


def reports(lines: Iterable[bytes], rules_dir: Path, team: str | None, jobs: int) -> Iterator[Outcome]:
    """One outcome for each line, in order, each as soon as it is there. Raises CoachError for broken rules."""
    rule_set = load_rule_set(rules_dir, team)
    numbered = enumerate(lines, start=1)
    if jobs == 1:
        return (_report(number, line, rule_set) for number, line in numbered)
    return _by_processes(numbered, rules_dir, team, jobs)


def _report(number: int, line: bytes, rule_set: RuleSet) -> Outcome:
    try:
        return orjson.dumps(answer(parse(CoachRequest, line), rule_set)), True
    except ProblemError as error:
        problem = error
    except Exception as error:  # an audit of thousands does not end at one; the line says that it failed
        problem = ProblemError(500, f"This line could not be judged ({type(error).__name__}).")
    return orjson.dumps({**problem.document(), "line": number}), False


def _by_processes(
    numbered: Iterator[tuple[int, bytes]], rules_dir: Path, team: str | None, jobs: int
) -> Iterator[Outcome]:
    waiting: deque[Future[list[Outcome]]] = deque()
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(rules_dir, team)) as pool:
        while piece := list(islice(numbered, _TOGETHER)):
            waiting.append(pool.submit(_reports, piece))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _prepare(rules_dir: Path, team: str | None) -> None:
    global _rule_set  # a process has no other place for what all its pieces need
    _rule_set = load_rule_set(rules_dir, team)


def _reports(piece: list[tuple[int, bytes]]) -> list[Outcome]:
    return [_report(number, line, _rule_set) for number, line in piece]
