"""After a role play: the curve of the temper, the moments that turned it, and one thing to try next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from empathy_coach.practice.moves import Move, Words
from empathy_coach.practice.play import Play

_MOMENTS = 3
_SMALL = 4.0  # points; a smaller move is no moment


@dataclass(frozen=True, slots=True)
class Moment:
    """A move that turned the temper. ``turn`` counts replies from 1."""

    turn: int
    move: Move
    text: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """``curve`` holds the temper before the first reply and after each; ``works`` and ``turning`` in the order of play."""

    curve: tuple[float, ...]
    works: tuple[Moment, ...]
    turning: tuple[Moment, ...]
    try_next: str
    unasked: str | None


def debrief(play: Play, words: Words) -> Debrief:
    """Look back on a play."""
    moments = [Moment(n, move, words.told(move)) for n, turn in enumerate(play.turns, 1) for move in turn.moves]
    works = _weightiest([m for m in moments if m.move.points >= _SMALL])
    against = [m for m in moments if m.move.points <= -_SMALL]
    hidden = play.scenario.hidden
    unasked = hidden.need if hidden and not play.memory.drawn_out else None
    return Debrief(
        curve=(float(play.scenario.temper), *(t.temper for t in play.turns)),
        works=works,
        turning=_weightiest(against),
        try_next=_next(moments, unasked, words),
        unasked=unasked,
    )


def _weightiest(moments: list[Moment]) -> tuple[Moment, ...]:
    chosen = sorted(moments, key=lambda m: -abs(m.move.points))[:_MOMENTS]
    return tuple(sorted(chosen, key=lambda m: m.turn))


def _next(moments: list[Moment], unasked: str | None, words: Words) -> str:
    """What cost most over the whole play, as one thing to do differently."""
    cost: dict[str, float] = defaultdict(float)
    for moment in moments:
        entry = words.moves[moment.move.name]
        if entry.next and (moment.move.points < 0 or moment.move.name == "half_heard"):
            cost[entry.next] += moment.move.points - (8 if moment.move.name == "half_heard" else 0)
    if cost and (worst := min(cost, key=lambda text: cost[text])) and cost[worst] <= -_SMALL:
        return worst
    if unasked:
        return (
            "Ask one open question about what this means for them. There was something they did not say by themselves."
        )
    return "Nothing stands out. Play one with a shorter temper, or answer with half as many words."
