"""What works: how each rule's findings were met."""

from __future__ import annotations

from flask import Blueprint, render_template

from empathy_coach.services.house import Services
from empathy_coach.services.what_works import rule_counts


def add_to(console: Blueprint, services: Services) -> None:
    """Add the page."""

    @console.get("/works")
    def works() -> str:
        services.shadow.write()
        counts, never = rule_counts(services.database, services.rules.sets)
        return render_template(
            "console/works.html",
            counts=counts,
            never=never,
            chart=[count for count in counts if count.shown][:12],
            most=max((count.shown for count in counts), default=0),
        )
