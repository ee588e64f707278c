from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from empathy_coach.services.protection import FLOOR, STEP, Groups, figure

PEOPLE = [bytes([number]) * 16 for number in range(12)]


def cell(*people: int, count: int = 3) -> dict[bytes, dict[str, int]]:
    return {PEOPLE[number]: {"shown": count} for number in people}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 2000), max_size=12))
def test_nobody_makes_up_more_than_a_third_of_a_figure(counts: list[int]) -> None:
    shown = figure(counts)
    assert (shown is None) == (sum(count > 0 for count in counts) < FLOOR)
    if shown is not None:
        others = sum(counts) - max(counts)
        assert shown % STEP == 0
        assert shown <= others * 10 / 7 + STEP / 2  # 30 % of the whole are 3/7 of the others
        assert shown >= FLOOR


def test_four_people_are_never_shown_and_five_are() -> None:
    groups = Groups([], 1)
    assert groups.show(cell(1, 2, 3, 4), ["shown"]) is None
    five = groups.show(cell(1, 2, 3, 4, 5), ["shown", "wrong"])
    assert five is not None and five.figures == {"shown": 15, "wrong": None}


def test_a_group_too_close_to_an_earlier_one_is_left_out_or_summed_over_fewer() -> None:
    groups = Groups([frozenset(PEOPLE[:8])], 1)
    assert groups.show(cell(0, 1, 2, 3, 4, 5, 6), ["shown"]) is None  # all but one, and no room for five fewer
    wide = groups.show(cell(*range(9)), ["shown"])  # one more
    assert wide is not None and wide.group == frozenset(PEOPLE[:8])
    assert groups.new == []
