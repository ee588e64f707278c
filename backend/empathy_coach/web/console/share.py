"""A team's rules as one file: taken along, and brought in."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.rules.differences import differences
from empathy_coach.rules.overlay import Choices
from empathy_coach.rules.problems import Problem, RulesError
from empathy_coach.rules.teamfile import MAX_FILE, read_team_file, write_team_file
from empathy_coach.rules.verdicts import verdicts
from empathy_coach.services.house import Services
from empathy_coach.web.console.browse import signed


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""
    team = services.team_rules.team

    @console.get("/share")
    def share() -> str:
        return render_template("console/share.html", problems=[], text="", changes=None)

    @console.get("/share/rules.yaml")
    def team_file() -> Response:
        text = write_team_file(services.rules.sets.choices)
        answer = Response(text, content_type="application/yaml; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{team}.yaml"'
        return answer

    @console.post("/share")
    def bring_in() -> AnyResponse:
        file = request.files.get("file")
        raw = file.read() if file is not None and file.filename else request.form.get("text", "").encode()
        choices, problems = _checked(services, raw)
        if problems:
            page = render_template("console/share.html", problems=problems, text="", changes=None)
            return make_response(page, 422)
        if request.form.get("do") == "use":
            services.team_rules.publish(lambda _: choices, *signed(request.form.get("why", "")))
            return redirect(url_for("console.history", done="imported"))
        changes = differences(services.rules.sets.choices, choices)
        return make_response(
            render_template("console/share.html", problems=[], text=raw.decode("utf-8-sig"), changes=changes)
        )


def _checked(services: Services, raw: bytes) -> tuple[Choices, list[Problem]]:
    """What a file chooses, each rule's examples tried; or what is wrong with it."""
    base = services.rules.sets.base
    if len(raw) > MAX_FILE:
        return Choices(), [Problem("file", 1, f"larger than {MAX_FILE // 1024} kB")]
    try:
        choices, problems = read_team_file(raw, "file", services.team_rules.team, base.rules)
    except RulesError as error:
        return Choices(), list(error.problems)
    for name, own in choices.rules.items():
        for verdict in verdicts(own.rule, base, own.replaces):
            problems += [Problem("file", verdict.example.line, f"{name}: {fault}") for fault in verdict.faults]
    return choices, problems
