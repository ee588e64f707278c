"""Replies to sort: the tour (empathy, sympathy, mere problem solving) and rapport in measure."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from empathy_coach.domain import Report
from empathy_coach.practice.exercises import Choice, SortingGame, judged
from empathy_coach.services.house import Services


def add_to(practice: Blueprint, services: Services) -> None:
    """Both games; they differ in their words alone."""

    @practice.route("/tour", methods=["GET", "POST"])
    def tour() -> str:
        return _game("practice/tour.html", services.practice.library.tour)

    @practice.route("/rapport", methods=["GET", "POST"])
    def rapport() -> str:
        return _game("practice/rapport.html", services.practice.library.rapport)

    def _game(template: str, game: SortingGame) -> str:
        chosen = {
            (s, c): request.form.get(f"c{s}-{c}", "")
            for s, one in enumerate(game.situations)
            for c in range(len(one.choices))
        }
        reports: dict[tuple[int, int], Report] = {}
        if request.method == "POST":
            reports = {
                (s, c): judged(one.customer, one.message, choice.says, services.rules.current)
                for s, one in enumerate(game.situations)
                for c, choice in enumerate(one.choices)
            }
        right = sum(chosen[key] == _choice(game, key).label for key in reports)
        return render_template(template, game=game, chosen=chosen, reports=reports, right=right)


def _choice(game: SortingGame, key: tuple[int, int]) -> Choice:
    return game.situations[key[0]].choices[key[1]]
