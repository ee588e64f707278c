"""The team's weekly figures: what became of findings, and what the inbox feels like to be in. Never about one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.services.house import Services
from empathy_coach.services.shoes import WEEKDAYS
from empathy_coach.services.team_views import SWITCHES, Kind, Row
from empathy_coach.web.problems import ProblemError

#: The page that shows what a switch is for.
_PAGE = {"figures": "console.works", "shoes": "console.shoes"}
_DAYS = dict(zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
_HOURS = tuple(f"{hour:02}" for hour in range(24))
#: A hard scenario for a lead to answer, under the same coach.
HARD = "fourth-person-same-fault"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, as a bar shows it; None where too few people are behind it."""

    label: str
    part: int | None
    whole: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """The frozen week that a page shows."""

    monday: date | None
    others: list[date]
    rows: list[Row]

    def of(self, *kinds: Kind) -> list[Row]:
        """The rows of some kinds, in the order in which they are stored."""
        return [row for row in self.rows if row.kind in kinds]


def shown_week(services: Services) -> Week:
    """The week that the address asks for, or else the newest. Raises ProblemError for one that is not there."""
    weeks = services.team_views.weeks()
    wanted = request.args.get("week", "")
    found = next((week for week in weeks if week.isoformat() == wanted), None)
    if wanted and found is None:
        raise ProblemError(404, "There are no figures of this week.")
    monday = found or next(iter(weeks), None)
    return Week(monday, weeks, services.team_views.rows(monday) if monday else [])


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""

    @console.get("/shoes")
    def shoes() -> str:
        week = shown_week(services)
        by_kind = {kind: {row.subject: row for row in week.of(kind)} for kind in ("day", "hour", "topic", "contact")}
        days = [share(_DAYS[name], by_kind["day"].get(name), "upset") for name in WEEKDAYS]
        hours = [share(f"{name}:00", by_kind["hour"].get(name), "upset") for name in _HOURS]
        topics = [share(name.capitalize(), row, "upset") for name, row in by_kind["topic"].items()]
        return render_template(
            "console/shoes.html",
            week=week,
            on=services.team_views.switched("shoes"),
            possible=services.sign_in.with_accounts,
            days=days if any(day.whole for day in days) else [],
            hours=_without_ends(hours),
            topics=sorted(topics, key=lambda s: (-(s.percent or 0), s.label)),
            third=share("Third contacts", by_kind["contact"].get("all"), "third"),
            hard=services.practice.library.scenarios.get(HARD),
        )

    @console.post("/switch")
    def switch() -> AnyResponse:
        name = next((known for known in SWITCHES if known == request.form.get("name")), None)
        if name is None or not services.sign_in.with_accounts:
            raise ProblemError(422, "There is nothing of this name to switch on.")
        services.team_views.turn(name, request.form.get("on") == "yes", g.lead)
        services.shoes.refresh()
        return redirect(url_for(_PAGE[name], done="switched"))


def share(label: str, row: Row | None, part: str) -> Share:
    """How much of what was met is ``part``, in steps of five per cent."""
    whole, some = (row.figures.get("met"), row.figures.get(part)) if row else (None, None)
    percent = None if not whole or some is None else min(100, 5 * round(20 * some / whole))
    return Share(label, some, whole, percent)


def _without_ends(shares: list[Share]) -> list[Share]:
    """From the first hour that has figures to the last."""
    known = [at for at, one in enumerate(shares) if one.whole]
    return shares[known[0] : known[-1] + 1] if known else []
