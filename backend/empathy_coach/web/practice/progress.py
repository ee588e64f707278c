"""When an exercise comes round again: spaced repetition by FSRS (Ye et al. 2022), with the memory on the agent's side.

The card of an exercise is kept in the agent's browser. It is sent here with how the exercise went, and comes back
with the day on which it is due. Nothing of it is stored.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, request
from fsrs import Card, Rating, Scheduler

from empathy_coach.services.house import Services
from empathy_coach.web.problems import ProblemError

_RATINGS = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good}
_LONGEST = 60  # days: skills that nobody uses for longer are gone
_MAX_CARD = 600  # characters
_NOT_A_CARD = (ValueError, KeyError, TypeError, ArithmeticError, RecursionError)


def add_to(practice: Blueprint, services: Services) -> None:
    """One endpoint: a card and a rating in, the card with its next day out."""
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=_LONGEST, enable_fuzzing=False)

    @practice.post("/schedule")
    def schedule() -> Response:
        rating = _RATINGS.get(request.form.get("rating", ""))
        if rating is None:
            raise ProblemError(422, f"rating: must be one of {', '.join(_RATINGS)}")
        return jsonify(card=reviewed(scheduler, request.form.get("card", ""), rating, datetime.now(UTC)))


def reviewed(scheduler: Scheduler, card: str, rating: Rating, now: datetime) -> str:
    """The card after one exercise; a card that cannot be read begins anew."""
    try:
        known = Card.from_json(card) if 0 < len(card) <= _MAX_CARD else Card(card_id=1)
        return scheduler.review_card(known, rating, now)[0].to_json()
    except _NOT_A_CARD:
        return scheduler.review_card(Card(card_id=1), rating, now)[0].to_json()
