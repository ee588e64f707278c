"""What works: how each rule's findings were met."""

from __future__ import annotations

from flask import Blueprint, render_template

from empathy_coach.services.house import Services
from empathy_coach.services.team_views import KINDS
from empathy_coach.services.what_works import advice, rule_counts
from empathy_coach.web.console.team import shown_week


def add_to(console: Blueprint, services: Services) -> None:
    """Add the page."""

    @console.get("/works")
    def works() -> str:
        if services.sign_in.with_accounts:
            return _of_team(services)
        services.shadow.write()
        counts, never = rule_counts(services.database, services.rules.sets)
        return render_template(
            "console/works.html",
            counts=counts,
            never=never,
            most=max((count.shown for count in counts), default=0),
        )


def _of_team(services: Services) -> str:
    """The frozen figures of a team: nobody's own."""
    week, sets = shown_week(services), services.rules.sets
    rows = {row.subject: row for row in week.of("rule")}
    shadows = {row.subject: row for row in week.of("shadow")}
    titles = {own.rule.id: own.rule.title for own in sets.choices.rules.values()}
    found = [
        (
            name,
            known.title if (known := sets.rule(name)) else titles.get(name, name),
            rows.get(name),
            shadows.get(name),
            advice(*(rows[name].figures[figure] or 0 for figure in KINDS["rule"])) if name in rows else "",
        )
        for name in dict.fromkeys((*rows, *shadows))
    ]
    elements = week.of("element")
    return render_template(
        "console/team_works.html",
        week=week,
        on=services.team_views.switched("figures"),
        found=found,
        elements=elements,
        most=max((row.figures["shown"] or 0 for row in elements), default=0) or 1,
    )
