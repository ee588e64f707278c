from __future__ import annotations

import pytest
from engines import Redis
from ports import free_port

from empathy_coach.services import limits as services_limits
from empathy_coach.services.limits import Limit, Limits

FEW = Limit("a test", 3, 60)


def test_tries_are_counted_for_all_processes_together_and_for_each_person_alone(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services_limits, "_PATIENCE", 30.0)  # a busy machine's Redis is not away
    here, there = Limits(redis.url), Limits(redis.url)
    for limits in (here, there, here):
        assert limits.wait(FEW, "Ada") == 0
        limits.count(FEW, "Ada")
    assert 0 < there.wait(FEW, "Ada") <= 60
    assert there.wait(FEW, "Bob") == 0
    assert not there.away


def test_without_redis_each_process_counts_for_itself() -> None:
    limits = Limits(f"redis://127.0.0.1:{free_port()}/0")
    for _ in range(3):
        assert limits.wait(FEW) == 0
        limits.count(FEW)
    assert limits.wait(FEW) > 0
    assert limits.away
