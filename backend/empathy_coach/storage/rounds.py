"""Listening rounds and what was marked in them. No names."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from empathy_coach.storage.tables import round_answers, rounds


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round. ``expires`` is in seconds since 1970."""

    code: str
    scenario: str
    lead: str
    expires: int
    shown: bool = False


def add(connection: Connection, row: RoundRow) -> None:
    """Begin a round."""
    connection.execute(
        insert(rounds).values(code=row.code, scenario=row.scenario, lead=row.lead, expires=row.expires, shown=row.shown)
    )


def count(connection: Connection, now: int) -> int:
    """How many rounds are going on."""
    return connection.execute(select(func.count()).select_from(rounds).where(rounds.c.expires > now)).scalar_one()


def find(connection: Connection, code: str, now: int) -> RoundRow | None:
    """The round of this code, while it lasts."""
    row = connection.execute(select(rounds).where(rounds.c.code == code, rounds.c.expires > now)).first()
    return None if row is None else RoundRow(*row)


def show(connection: Connection, code: str) -> None:
    """End the marking."""
    connection.execute(update(rounds).where(rounds.c.code == code).values(shown=True))


def answers(connection: Connection, code: str) -> dict[str, str]:
    """The marks of each player."""
    table = round_answers
    found = connection.execute(select(table.c.player, table.c.marks).where(table.c.code == code))
    return {row.player: row.marks for row in found}


def put_answer(connection: Connection, code: str, player: str, marks: str) -> None:
    """Keep one player's marks in the place of their earlier ones."""
    table = round_answers
    connection.execute(delete(table).where(table.c.code == code, table.c.player == player))
    connection.execute(insert(table).values(code=code, player=player, marks=marks))
