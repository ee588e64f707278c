"""Work that takes longer than a page may: done in a thread, watched by a page, kept in memory only."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from empathy_coach.errors import CoachError
from empathy_coach.services.helpers import Shared
from empathy_coach.services.uploads import Sample

log = logging.getLogger(__name__)

_KEPT = 4  # the oldest is forgotten first
_AT_ONCE = 2

R = TypeVar("R")


@dataclass
class Work(Generic[R]):
    """Something done to many replies. Written by its own thread, read by the pages."""

    name: str
    total: int
    notes: tuple[str, ...] = ()
    done: int = 0
    seconds: float = 0.0
    finished: bool = False
    failed: bool = False

    @abstractmethod
    def add(self, result: R) -> None:
        """Take in what came out for one reply."""

    def run(self, shared: Shared[Sample, R]) -> None:
        """Do it all."""
        began = time.perf_counter()
        try:
            for part in shared.results():
                for result in part:
                    self.add(result)
                self.done += len(part)
            self.failed = self.done < self.total
        except Exception as error:
            self.failed = True
            log.error("Work on replies failed: %s", type(error).__name__)  # its text could hold words of one
        finally:
            self.seconds = time.perf_counter() - began
            self.finished = True


class BusyError(CoachError):
    """As much is under way as may be."""


class Works:
    """What is under way, and what was done last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._works: OrderedDict[str, Work[Any]] = OrderedDict()
        self._under_way: WeakSet[Shared[Any, Any]] = WeakSet()

    def get(self, key: str) -> Work[Any] | None:
        """Some work, under way or finished; None when it was forgotten."""
        return self._works.get(key)

    def start(self, work: Work[R], samples: Sequence[Sample], look: Callable[[Sample], R]) -> str:
        """Begin in a thread of its own, with helpers if it takes long; the key to ask for it. Raises BusyError.

        ``look`` can be pickled.
        """
        key = secrets.token_urlsafe(12)
        with self._lock:
            if sum(not other.finished for other in self._works.values()) >= _AT_ONCE:
                raise BusyError("Two comparisons are under way. Please wait until one of them is done.")
            self._works[key] = work
            if len(self._works) > _KEPT:
                del self._works[next(k for k, other in self._works.items() if other.finished)]
        shared = Shared(samples, look)
        self._under_way.add(shared)
        threading.Thread(target=work.run, args=(shared,), name="work", daemon=True).start()
        return key

    def stop(self) -> None:
        """End what is under way."""
        for shared in list(self._under_way):
            shared.stop()
