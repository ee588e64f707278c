"""Long work shared with helpers, so that it uses every core and nobody's reply waits for it.

A helper is another process of this program that stands back for all others. What it looks at comes to it through a
pipe and is kept nowhere; when the process that called it ends, however it ends, the pipe closes and it ends too.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

from empathy_coach.services.memory import settle

_ALONE = 1.5  # seconds
_WORTH = 3  # times as long: what would be done by then, at the pace so far, needs no help
_PART = 20  # items handed out at once: a fraction of a second, so that all helpers end together
_MOST = 4  # helpers
_NICE = 10

T = TypeVar("T")
R = TypeVar("R")


class Shared(Generic[T, R]):
    """Items to look at one by one, by this thread at first, and by helpers when there is much to do.

    ``look`` goes to the helpers by pickle. A helper that dies is done without.
    """

    def __init__(self, items: Sequence[T], look: Callable[[T], R], alone: float = _ALONE) -> None:
        """``alone``: seconds after which helpers are called, if it looks as if there were much left."""
        self._look = look
        self._alone = alone
        parts = [items[at : at + _PART] for at in range(0, len(items), _PART)]
        self._count = len(parts)
        self._parts = deque(enumerate(parts))
        self._done: dict[int, list[R]] = {}
        self._changed = threading.Condition()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._helpers = 0
        self._failed = ""
        self._stopped = False

    def results(self) -> Iterator[list[R]]:
        """What ``look`` says of the items, in their order, some at a time. Raises what ``look`` raises, or
        RuntimeError when it failed in a helper. Ends early when it is stopped.
        """
        began, called = time.monotonic(), False
        try:
            for number in range(self._count):
                while not self._stopped and number not in self._done:
                    took = time.monotonic() - began
                    if not called and took >= self._alone and took * len(self._parts) >= _WORTH * self._alone * number:
                        called = True
                        self._call()
                    self._go_on()
                if self._stopped:
                    return
                yield self._done.pop(number)
        finally:
            self.stop()

    def stop(self) -> None:
        """End the helpers, and ``results`` as soon as it can."""
        self._stopped = True
        for process in self._processes:
            process.kill()

    def _call(self) -> None:
        """Start as many helpers as there are cores; one core is busy enough with this process."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        if cores == 1 or not self._parts:
            return
        look = pickle.dumps(self._look)
        self._helpers = min(cores, _MOST, len(self._parts))
        for _ in range(self._helpers):
            threading.Thread(target=self._hand_out, args=(look,), name="helper", daemon=True).start()

    def _go_on(self) -> None:
        """Look at a part, or wait for a helper's."""
        with self._changed:
            if self._failed:
                raise RuntimeError(f"a helper failed: {self._failed}")
            if self._stopped:  # looked at here, because helpers that were stopped are no more
                return
            if self._helpers or not self._parts:
                self._changed.wait(1)
                return
            number, part = self._parts.popleft()
        self._done[number] = [self._look(item) for item in part]
        time.sleep(0)  # an agent's reply goes first

    def _hand_out(self, look: bytes) -> None:
        """Give one helper a part after another, in a thread of its own."""
        mine: tuple[int, Sequence[T]] | None = None
        try:
            with _helper() as process:
                asked, told = process.stdin, process.stdout
                assert asked and told  # noqa: S101 - both were asked for
                self._processes.append(process)
                asked.write(look)
                while not self._stopped:
                    with self._changed:
                        if not self._parts:
                            break
                        mine = self._parts.popleft()
                    pickle.dump(mine[1], asked)
                    asked.flush()
                    found = pickle.load(told)  # noqa: S301 - from our own helper
                    with self._changed:
                        if isinstance(found, str):
                            self._failed = found
                            break
                        self._done[mine[0]] = found
                        mine = None
                        self._changed.notify()
        except (OSError, EOFError, pickle.UnpicklingError):
            if mine is not None:
                self._parts.appendleft(mine)  # for somebody else
        finally:
            with self._changed:
                self._helpers -= 1
                self._changed.notify()


@contextmanager
def _helper() -> Iterator[subprocess.Popen[bytes]]:
    """A helper, ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", f"from {__name__} import answer; answer()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # an error's text could hold words of a draft
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"},
    )
    try:
        yield process
    finally:
        process.kill()
        assert process.stdin and process.stdout  # noqa: S101 - both were asked for
        with suppress(OSError):  # what it did not take any more
            process.stdin.close()
        process.stdout.close()
        process.wait()


def answer() -> None:
    """What a helper does: it is told how to look at an item, then gets lists of items until nobody is there."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    with suppress(OSError):  # Linux, when memory is short: it ends before anything else does
        Path("/proc/self/oom_score_adj").write_text("1000")
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    look: Callable[[Any], Any] = pickle.load(asked)  # noqa: S301 - from the process that called
    settle()
    while True:
        try:
            items = pickle.load(asked)  # noqa: S301 - the same
        except EOFError:
            return
        try:
            found: object = [look(item) for item in items]
        except Exception as error:
            found = type(error).__name__
        pickle.dump(found, told)
        told.flush()
