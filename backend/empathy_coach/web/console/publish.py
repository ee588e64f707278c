"""Bringing a written rule to an audience, taking it back, and choosing who tries new rules first."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.rules.overlay import STAGES
from empathy_coach.rules.verdicts import verdicts
from empathy_coach.services.house import Services
from empathy_coach.web.console.browse import signed
from empathy_coach.web.problems import ProblemError


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""
    team_rules = services.team_rules

    @console.get("/publish/<name>")
    def publish_rule(name: str) -> str:
        written = team_rules.written(name)
        if written is None:
            raise ProblemError(404, "There is no such rule here. It may have been discarded.")
        rule, problems = team_rules.read(written.text, name)
        tried = verdicts(rule, services.rules.sets.base, written.replaces) if rule else []
        live = services.rules.sets.choices.rules.get(name)
        return render_template(
            "console/publish.html",
            written=written,
            rule=rule,
            problems=problems,
            ready=rule is not None and all(v.right for v in tried),
            live=live,
            holders=services.access.holders(),
        )

    @console.post("/publish/<name>")
    def bring_out(name: str) -> AnyResponse:
        who, why = signed(request.form.get("why", ""))
        if request.form.get("stage") == "withdrawn":
            team_rules.withdraw(name, who, why)
            return redirect(url_for("console.write_rule", name=name, done="withdrawn"))
        stage = next((s for s in STAGES if s == request.form.get("stage")), None)
        if stage is None:
            raise ProblemError(422, "Please choose who should meet this rule.")
        team_rules.publish_rule(name, stage, request.form.get("began", ""), who, why)
        return redirect(url_for("console.rule", rule_id=f"teams/{team_rules.team}/{name}", done="published"))

    @console.route("/pilot", methods=["GET", "POST"])
    def pilot() -> AnyResponse | str:
        if request.method == "POST":
            services.access.choose_pilot(frozenset(int(n) for n in request.form.getlist("client") if n.isdecimal()))
            return redirect(url_for("console.pilot", done="pilot"))
        names = {row.id: row.name for row in services.accounts.all()}
        return render_template("console/pilot.html", holders=services.access.holders(), names=names)
