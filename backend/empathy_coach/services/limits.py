"""How often something may be tried: counted in Redis for all processes together, or by each process for itself.

Without Redis, and while Redis is away, each process counts for itself: a limit is then looser, and nothing stops.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from empathy_coach.errors import SettingsError

if TYPE_CHECKING:
    from limits.strategies import FixedWindowRateLimiter

_KEYS = 50_000  # counted for at the same time; the longest unused are forgotten first
_RETRY = 2.0  # seconds between tries to reach a Redis that is away
_PATIENCE = 0.25  # seconds for one answer of Redis

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` times in ``seconds``. ``name`` tells it from others, in Redis too."""

    name: str
    most: int
    seconds: int


class Limits:
    """Counts tries in windows that begin with the first one. Every method may be called from any thread."""

    def __init__(self, redis_url: str | None = None, clock: Callable[[], float] = time.time) -> None:
        """Count in the Redis at ``redis_url``, which need not answer yet. Raises SettingsError."""
        self._clock = clock
        self._lock = threading.Lock()
        self._own: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
        self._shared = _redis(redis_url) if redis_url else None
        self._away_until = 0.0

    @property
    def away(self) -> bool:
        """Whether there is a Redis that could not be reached just now."""
        return self._shared is not None and time.monotonic() < self._away_until

    def wait(self, limit: Limit, who: str = "") -> int:
        """Whole seconds until ``who`` may try again; 0 when that is now. Does not count."""
        left = self._ask(lambda shared: _left(shared, limit, who))
        return left if left is not None else self._own_wait(limit, who)

    def count(self, limit: Limit, who: str = "") -> None:
        """Count one try of ``who``, whether or not it was allowed."""
        if self._ask(lambda shared: shared.hit(_item(limit), limit.name, who)) is None:
            self._own_count(limit, who)

    def take(self, limit: Limit, who: str = "") -> int:
        """Count one try of ``who``; whole seconds until the next is allowed when this one was too much, else 0."""
        taken = self._ask(lambda shared: shared.hit(_item(limit), limit.name, who))  # one question, for each draft
        wait = self.wait(limit, who) if not taken else 0
        if taken is None and not wait:
            self._own_count(limit, who)
        return wait

    def _ask(self, question: Callable[[FixedWindowRateLimiter], Any]) -> Any:
        if self._shared is None or time.monotonic() < self._away_until:
            return None
        from limits.errors import StorageError

        try:
            return question(self._shared)
        except StorageError as error:
            self._away_until = time.monotonic() + _RETRY
            log.warning("Redis is away; each process counts for itself. %s", type(error.storage_error).__name__)
            return None

    def _own_wait(self, limit: Limit, who: str) -> int:
        now = self._clock()
        with self._lock:
            began, tries = self._window(limit, who, now)
        return max(1, round(limit.seconds - (now - began))) if tries >= limit.most else 0

    def _own_count(self, limit: Limit, who: str) -> None:
        with self._lock:
            began, tries = self._window(limit, who, self._clock())
            self._own[limit.name, who] = began, tries + 1
            self._own.move_to_end((limit.name, who))
            if len(self._own) > _KEYS:
                self._own.popitem(last=False)

    def _window(self, limit: Limit, who: str, now: float) -> tuple[float, int]:
        began, tries = self._own.get((limit.name, who), (now, 0))
        # A clock that was set back must not lock a door for long.
        return (began, tries) if 0 <= now - began < limit.seconds else (now, 0)


def _item(limit: Limit) -> Any:
    from limits import RateLimitItemPerSecond

    return RateLimitItemPerSecond(limit.most, limit.seconds, namespace="coach")


def _left(shared: FixedWindowRateLimiter, limit: Limit, who: str) -> int:
    item = _item(limit)
    if shared.test(item, limit.name, who):
        return 0
    return max(1, round(shared.get_window_stats(item, limit.name, who).reset_time - time.time()))


def _redis(url: str) -> FixedWindowRateLimiter:
    try:
        from limits.storage import RedisStorage
        from limits.strategies import FixedWindowRateLimiter

        options: Any = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
        address = "redis+" + url if url.startswith("unix:") else url
        return FixedWindowRateLimiter(RedisStorage(address, wrap_exceptions=True, **options))
    except ImportError:
        raise SettingsError('redis_url: Redis needs its client: pip install "empathy-coach[server]"') from None
    except ValueError:
        raise SettingsError("redis_url: this is no address of a Redis.") from None
