from __future__ import annotations

from functools import lru_cache

from empathy_coach.domain import Conversation, Message
from empathy_coach.reading.same import Same, known


def test_equal_conversations_become_the_same_object() -> None:
    first, second = (Conversation((Message("customer", "Ana", "It broke."),), "Kev") for _ in range(2))
    assert first is not second
    assert known(first) is known(second)
    assert known(Conversation(first.messages, "Tom")) is not known(first)


def test_a_thing_as_a_key_is_found_again_and_an_equal_one_is_not() -> None:
    seen: list[list[int]] = []

    @lru_cache
    def total(numbers: Same[list[int]]) -> int:
        seen.append(numbers.it)
        return sum(numbers.it)

    one, other = [1, 2], [1, 2]
    assert [total(Same(one)), total(Same(one)), total(Same(other))] == [3, 3, 3]
    assert len(seen) == 2
    assert seen[1] is other
