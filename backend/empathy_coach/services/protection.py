"""Which figures of a team may be shown, so that none of them tells about one person.

A figure is a sum over a group of contributors. Three rules hold for every figure that is ever shown:

- its group has at least ``FLOOR`` members;
- its group and the group of any other figure differ by nobody or by at least ``FLOOR`` members, so that no two
  figures can be subtracted to leave fewer than that (the differencing attack, and the reason for the floor: Sweeney,
  2002, on k-anonymity; Chin & Ozsoyoglu, 1982, on auditing sums);
- no member makes up more than ``SHARE`` of it (the dominance rule of statistical offices: Hundepool et al., 2012).

What is too close to an earlier group is summed over fewer people, or not shown at all.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FLOOR = 5
SHARE = 0.3
STEP = 5  # figures are rounded to multiples of this
_TRIES = 6  # samples for each number of people left out

#: What the members of one cell did: contributor, figure, count.
Cell = Mapping[bytes, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a cell: whose it is, and its figures (None: too few people, or too few of them)."""

    group: frozenset[bytes]
    figures: dict[str, int | None]


class Groups:
    """The groups behind every figure that was ever shown to a team."""

    def __init__(self, known: Iterable[frozenset[bytes]], seed: int) -> None:
        """``seed`` decides who is left out where somebody has to be; keep it from whoever sees the figures."""
        self._bits: dict[bytes, int] = {}
        self._masks: set[int] = set()
        self._random = random.Random(seed)  # noqa: S311 - it hides nothing: all groups it makes are allowed
        self.new: list[frozenset[bytes]] = []
        for group in known:
            self._masks.add(self._mask(group))

    def show(self, cell: Cell, names: Sequence[str]) -> Shown | None:
        """The figures ``names`` of a cell, over a group that may be shown; None when there is no such group."""
        group = self._group(frozenset(who for who, counts in cell.items() if any(counts.values())))
        if group is None:
            return None
        return Shown(group, {name: figure([cell[who].get(name, 0) for who in group]) for name in names})

    def _group(self, people: frozenset[bytes]) -> frozenset[bytes] | None:
        if len(people) < FLOOR:
            return None
        mask = self._mask(people)
        if not self._may_be_shown(mask):
            mask = self._smaller(people, mask)
        if mask == 0:
            return None
        group = frozenset(who for who in people if mask & self._mask((who,)))
        if mask not in self._masks:
            self._masks.add(mask)
            self.new.append(group)
        return group

    def _smaller(self, people: frozenset[bytes], mask: int) -> int:
        """The largest group within ``mask`` that may be shown, as far as a few samples find it; 0 for none."""
        again = max((known for known in self._masks if known & ~mask == 0), key=int.bit_count, default=0)
        order = sorted(people)
        for fewer in range(1, len(people) - max(FLOOR, again.bit_count() + 1) + 1):
            for _ in range(_TRIES):
                tried = mask & ~self._mask(self._random.sample(order, fewer))
                if self._may_be_shown(tried):
                    return tried
        return again

    def _may_be_shown(self, mask: int) -> bool:
        return mask in self._masks or all((mask ^ known).bit_count() >= FLOOR for known in self._masks)

    def _mask(self, people: Iterable[bytes]) -> int:
        return sum(1 << self._bits.setdefault(who, len(self._bits)) for who in people)


def figure(counts: Sequence[int]) -> int | None:
    """The sum, rounded, in which nobody counts for more than ``SHARE``; None when fewer than ``FLOOR`` have any."""
    if sum(count > 0 for count in counts) < FLOOR:
        return None
    cap = max(counts)
    while cap > SHARE * sum(min(count, cap) for count in counts):
        cap -= 1  # ends at 1 at the latest: five people with one each have a fifth each
    return STEP * round(sum(min(count, cap) for count in counts) / STEP)
