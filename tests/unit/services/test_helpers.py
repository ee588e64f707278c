from __future__ import annotations

import os
import threading

import pytest

from empathy_coach.services import helpers
from empathy_coach.services.helpers import Shared

ME = os.getpid()


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helpers.os, "sched_getaffinity", lambda _: {0, 1})  # type: ignore[attr-defined] # what it uses


def test_what_takes_long_is_done_by_others_in_its_order() -> None:
    asked = [f"({number}, __import__('os').getpid())" for number in range(100)]
    found = [one for part in Shared(asked, eval, alone=0).results() for one in part]
    assert [number for number, _ in found] == list(range(100))
    assert ME not in {process for _, process in found}


def test_helpers_that_die_are_done_without() -> None:
    asked = [f"{number} if __import__('os').getpid() == {ME} else __import__('os')._exit(1)" for number in range(100)]
    assert [one for part in Shared(asked, eval, alone=0).results() for one in part] == list(range(100))


def test_an_error_in_a_helper_is_told_without_its_words() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        list(Shared(["1 / 0"], eval, alone=0).results())


def test_stopped_work_ends_and_takes_its_helpers_along() -> None:
    shared = Shared(["__import__('threading').Event().wait()"] * 100, eval, alone=0)
    working = threading.Thread(target=lambda: list(shared.results()))
    working.start()
    while not shared._processes:
        working.join(0.01)
    shared.stop()
    working.join()
    for thread in threading.enumerate():
        if thread.name == "helper":
            thread.join()
    assert all(process.returncode is not None for process in shared._processes)
