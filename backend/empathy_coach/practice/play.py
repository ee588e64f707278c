"""A role play in progress: a pure function of scenario, seed and the replies so far."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from empathy_coach.domain import Conversation, Message
from empathy_coach.practice.hearing import Heard, hear
from empathy_coach.practice.moves import Move, Words
from empathy_coach.practice.scenario import End, Question, Scenario
from empathy_coach.practice.temper import Memory, moves_of, settled
from empathy_coach.practice.voice import Voice
from empathy_coach.rules.ruleset import RuleSet

TURNS = 6  # replies at most; nobody writes for ever
LONGEST = 4000  # characters of one reply


@dataclass(frozen=True, slots=True)
class Turn:
    """One reply, what it moved, and what the customer said to it. ``temper`` is the one after it, 0..100."""

    reply: str
    heard: Heard
    moves: tuple[Move, ...]
    temper: float
    answer: str


@dataclass(frozen=True, slots=True)
class Play:
    """Where a role play stands. ``end`` is None while the customer waits for a reply."""

    scenario: Scenario
    seed: int
    memory: Memory
    turns: tuple[Turn, ...] = ()
    end: End | None = None
    asked: tuple[Question, ...] = field(default=())

    @property
    def temper(self) -> float:
        """Now, 0..100."""
        return self.turns[-1].temper if self.turns else float(self.scenario.temper)

    @property
    def conversation(self) -> Conversation:
        """What has been said so far, oldest first."""
        return _conversation(self.scenario, self.turns)


def begin(scenario: Scenario, seed: int) -> Play:
    """The play before the first reply."""
    return Play(scenario, seed, Memory(), asked=scenario.questions)


def played(scenario: Scenario, seed: int, replies: Sequence[str], words: Words, rules: RuleSet) -> Play:
    """The play after these replies; those after its end are left out."""
    play = begin(scenario, seed)
    for reply in replies[:TURNS]:
        if play.end is None:
            play = answer(play, reply, words, rules)
    return play


def answer(play: Play, reply: str, words: Words, rules: RuleSet) -> Play:
    """One turn: hear the reply, move the temper, let the customer answer."""
    scenario, reply = play.scenario, reply.strip()[:LONGEST]
    waiting = tuple(q for q in play.asked if q.about not in play.memory.answered)
    heard = hear(scenario, play.conversation, reply, waiting, words, rules)
    moves, memory = moves_of(scenario, play.memory, play.temper, heard, waiting, reply, words)
    temper = settled(scenario, memory, play.temper, moves, _sway(play.seed, scenario.id))
    voice = Voice(scenario, words, temper, moves, _pick(play), last=len(play.turns) + 1 >= TURNS, heard=heard)
    turned = voice.answer(memory, play.asked)
    turn = Turn(reply, heard, moves, temper, turned.text)
    return replace(play, memory=turned.memory, turns=(*play.turns, turn), end=turned.end, asked=turned.asked)


def _conversation(scenario: Scenario, turns: Sequence[Turn]) -> Conversation:
    messages = [*scenario.earlier, Message("customer", scenario.customer, scenario.opens)]
    for turn in turns:
        messages += [Message("agent", scenario.agent, turn.reply), Message("customer", scenario.customer, turn.answer)]
    return Conversation(tuple(messages), scenario.agent, scenario.customer, "e-mail")


def _sway(seed: int, scenario_id: str) -> float:
    """How easily this customer is moved today: 0.9 to 1.1, the same for the same seed."""
    return 0.9 + 0.2 * (zlib.crc32(f"{seed}:{scenario_id}".encode()) % 101) / 100


def _pick(play: Play) -> int:
    """Which of several wordings is taken; the same for the same seed and turn."""
    return zlib.crc32(f"{play.seed}:{play.scenario.id}:{len(play.turns)}".encode())
