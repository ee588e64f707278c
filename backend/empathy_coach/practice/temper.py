"""How a reply moves the temper: from what was heard to named moves, and from moves to a number.

The directions follow the rubric's six elements and what complaint research agrees on: being
acknowledged specifically and being treated with respect weigh more than the outcome alone (Tax, Brown &
Chandrashekaran 1998), and an answer is taken in better after an acknowledgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from empathy_coach.practice.hearing import Heard, same_words
from empathy_coach.practice.moves import FAULT_MOVES, Move, MoveName, Words
from empathy_coach.practice.scenario import Question, Scenario

UPSET = 60  # below this temper somebody wants to be acknowledged before they take in a solution
_HALF = 0.5  # of an answer gets through to somebody who has not been heard
_LATE = 0.75  # ... who is heard in the same reply, but after the solution
_UNHEARD = 57.0  # no higher than this for somebody upset who was never acknowledged
_UNANSWERED = 72.0  # no higher than this while a question of the first message is open
_SWING = 28.0  # at most, for one reply: nobody is at ease at once
_MOST = 2  # acknowledgements that count in one reply; more is insistence


@dataclass(frozen=True, slots=True)
class Memory:
    """What this customer remembers of the replies so far. ``pressed`` holds what they asked again, ``said`` their lines.

    ``met``: somebody thought of the hidden need without being told of it.
    """

    named: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    waited: frozenset[str] = frozenset()
    pressed: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    done: tuple[MoveName, ...] = ()
    replies: tuple[str, ...] = ()
    hinted: bool = False
    met: bool = False

    @property
    def drawn_out(self) -> bool:
        """Whether the hidden need has come out."""
        return "drew_out" in self.done


@dataclass
class _Notes:
    """The moves of one reply as they are found."""

    words: Words
    memory: Memory
    moves: list[Move] = field(default_factory=list)

    def add(self, name: MoveName, what: str = "", quote: str = "", share: float = 1.0) -> None:
        entry = self.words.moves[name]
        before = name in self.memory.done or any(m.name == name for m in self.moves)
        self.moves.append(Move(name, share * (entry.again if before else entry.points), what, quote))


def moves_of(
    scenario: Scenario,
    memory: Memory,
    temper: float,
    heard: Heard,
    waiting: Sequence[Question],
    reply: str,
    words: Words,
) -> tuple[tuple[Move, ...], Memory]:
    """The moves of one reply, in the order they are felt, and what is remembered of it. ``waiting`` is still open."""
    notes = _Notes(words, memory)
    same = any(same_words(reply, old) for old in memory.replies)
    empty = same or heard.hollow
    if heard.hollow:
        notes.add("hollow")
    elif same:
        notes.add("repeated")
    for fault, quote in heard.faults:
        if fault in FAULT_MOVES:
            notes.add(FAULT_MOVES[fault], quote=quote)
    for told, quote in heard.asked_again:
        notes.add("asked_again", told.what, quote)
    share = 1.0 if empty else _acknowledged(notes, temper, heard)
    fresh = [] if heard.hollow else heard.answered
    for question, quote in fresh:
        notes.add("answered", question.about, quote, share)
    if fresh and share == _HALF:
        notes.add("half_heard")
    if heard.drew_out and scenario.hidden and not memory.drawn_out and not empty:
        notes.add("drew_out", scenario.hidden.need, heard.drew_out)
    answered = memory.answered | {q.about for q, _ in fresh}
    met = memory.met
    if heard.met and scenario.hidden and not (empty or met or memory.drawn_out or heard.drew_out):
        met = True
        notes.add("met", scenario.hidden.need, heard.met)
    still = [q for q in waiting if q.about not in answered]
    waited = {q.about for q in still if heard.comes_back and not empty} - memory.waited
    if waited:
        notes.add("comes_back", quote=heard.comes_back)
    for question in still:
        if question.about not in waited:
            notes.add("left_open", question.about)
    if not empty:
        _frame(notes, heard)
    after = replace(
        memory,
        named=memory.named | {m.what for m in notes.moves if m.name == "named"},
        answered=answered,
        met=met,
        waited=memory.waited | waited,
        done=(*memory.done, *(m.name for m in notes.moves)),
        replies=(*memory.replies, reply),
    )
    return tuple(notes.moves), after


def _acknowledged(notes: _Notes, temper: float, heard: Heard) -> float:
    """Note how the feeling was met; returns how much of an answer gets through."""
    fresh = [(what, quote) for what, quote in heard.named if what not in notes.memory.named][:_MOST]
    stock = next((quote for fault, quote in heard.faults if fault == "stock_phrase"), "")
    unheard = temper < UPSET and not notes.memory.named
    for what, quote in fresh:
        notes.add("named", what, quote)
    if fresh:
        return _LATE if unheard and not heard.ordered else 1.0
    if heard.warm and temper < UPSET:
        notes.add("warm", quote=heard.warm)
    elif stock:
        notes.add("stock", quote=stock)
    elif unheard:
        notes.add("passed_over")
    return _HALF if unheard else 1.0


def _frame(notes: _Notes, heard: Heard) -> None:
    """The next step and the manners of the reply."""
    action = next(e for e in heard.report.elements if e.element == "action")
    if action.state == "given" and action.evidence:
        notes.add("next_step", quote=action.evidence[0].quote)
    elif action.state == "missing" and not any(m.name in ("answered", "drew_out") for m in notes.moves):
        notes.add("vague")
    if heard.state("rapport") == "given":
        notes.add("greeted")


def settled(scenario: Scenario, memory: Memory, temper: float, moves: Sequence[Move], sway: float) -> float:
    """The temper after these moves, 0..100. ``sway`` scales what hurts, together with the scenario's thin skin."""
    hurts = sway * scenario.thin_skin / 100
    change = sum(m.points * (hurts if m.points < 0 else 1.0) for m in moves)
    after = temper + max(-_SWING, min(_SWING, change))
    if after > temper:
        ceiling = 100.0
        if scenario.temper < UPSET and not memory.named:
            ceiling = _UNHEARD
        elif any(q.about not in memory.answered for q in scenario.questions):
            ceiling = _UNANSWERED
        after = min(after, max(ceiling, temper))
    return round(max(0.0, min(100.0, after)), 1)
