"""Listening rounds of a group: one message, everybody's marks, no names. A round is over after two hours."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from empathy_coach.errors import CoachError
from empathy_coach.services.pairing import ALPHABET
from empathy_coach.storage import rounds
from empathy_coach.storage.database import Database
from empathy_coach.storage.rounds import RoundRow

LIFETIME = 2 * 3600  # seconds
PLAYERS = 60
ROUNDS = 100
LENGTH = 6  # of a code: 30^6


class NoRoundError(CoachError):
    """There is no round of this code."""


class TooManyError(CoachError):
    """There is no room for another round, or for another player in it."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it stands. ``answers`` maps a player's key (random, of no meaning) to marks such as "1:feels"."""

    row: RoundRow
    answers: dict[str, tuple[str, ...]]

    @property
    def tally(self) -> Counter[str]:
        """How many players made each mark."""
        return Counter(mark for marks in self.answers.values() for mark in set(marks))


class Rounds:
    """The rounds of everybody who uses this database. Every method may raise StorageError."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def begin(self, scenario: str, lead: str) -> str:
        """A new round's code. ``lead`` is what tells its leader from others. Raises TooManyError."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        now = int(self._clock())
        with self._database.transaction() as connection:
            if rounds.count(connection, now) >= ROUNDS:
                raise TooManyError("Too many rounds are open just now. Please try again later.")
            rounds.add(connection, RoundRow(code, scenario, lead, now + LIFETIME))
        return code

    def find(self, code: str) -> Round:
        """The round of this code. Raises NoRoundError when there is none, or none any more."""
        with self._database.transaction() as connection:
            row = rounds.find(connection, code, int(self._clock()))
            if row is None:
                raise NoRoundError("There is no round with this code. It may have ended.")
            return Round(row, {player: tuple(m.split()) for player, m in rounds.answers(connection, code).items()})

    def answer(self, code: str, player: str, marks: Iterable[str]) -> None:
        """Keep one player's marks, until they are shown. Raises NoRoundError or TooManyError."""
        found = self.find(code)
        if found.row.shown:
            return
        if player not in found.answers and len(found.answers) >= PLAYERS:
            raise TooManyError("This round is full.")
        with self._database.transaction() as connection:
            rounds.put_answer(connection, code, player, " ".join(marks))

    def show(self, code: str) -> None:
        """End the marking: from now on everybody sees the answers."""
        with self._database.transaction() as connection:
            rounds.show(connection, code)
