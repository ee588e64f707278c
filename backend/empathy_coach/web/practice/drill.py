"""The rewrite drill: three drafts with the faults this agent meets most, reworded, before and after in elements."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from empathy_coach.practice.exercises import judged, pick_drafts
from empathy_coach.practice.play import LONGEST
from empathy_coach.services.house import Services
from empathy_coach.web.practice.words import plain_lines

_DRAFTS = 3
_MOST = 12  # misses that a page may tell


def add_to(practice: Blueprint, services: Services) -> None:
    """The drill. Which faults come is told by the page itself: the misses are kept in the agent's browser alone."""

    @practice.route("/drill", methods=["GET", "POST"])
    def drill() -> str:
        misses = request.values.get("misses", "")[:400].split(",")[:_MOST]
        turn = request.values.get("turn", 0, type=int)
        chosen = pick_drafts(services.practice.library.drill, misses, _DRAFTS, max(0, turn))
        rules = services.rules.current
        done = []
        for number, one in enumerate(chosen):
            text = plain_lines(request.form.get(f"text{number}", ""))[:LONGEST]
            before = judged(one.customer, one.message, one.draft, rules)
            after = judged(one.customer, one.message, text, rules) if text and text != one.draft.strip() else None
            done.append((one, text or one.draft, before, after))
        return render_template(
            "practice/drill.html",
            done=done,
            shown=request.method == "POST",
            misses=",".join(misses),
            turn=turn,
            longest=LONGEST,
        )
