"""Writing a rule, as a form or as YAML, with the verdicts on its examples beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.rules.document import Block
from empathy_coach.rules.problems import Problem, RulesError
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.verdicts import Verdict, verdicts
from empathy_coach.rules.written import MAX_TEXT, read_rule
from empathy_coach.services.house import Services
from empathy_coach.services.impact import Reach
from empathy_coach.services.team_rules import ChangedMeanwhileError, Written
from empathy_coach.web.console.form import ExampleField, changed, fields_of
from empathy_coach.web.problems import ProblemError

NEW = "element: tone\nseverity: warn\nweight: 2\n"
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One rule on the desk: the text, where it came from, and how it is looked at."""

    name: str
    text: str
    began: str = ""
    replaces: str | None = None
    view: str = "form"
    spare: int = 1  # empty example fields of each side


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said about a sheet: problems with their lines, or the verdicts."""

    problems: list[Problem]
    rule: Rule | None
    verdicts: list[Verdict]
    lines: list[str]
    reach: Reach | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be published."""
        return self.rule is not None and all(v.right for v in self.verdicts)


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""
    team_rules = services.team_rules

    @console.get("/write")
    def new_rule() -> AnyResponse:
        copied = request.args.get("from", "")
        packed = services.rules.sets.base.by_id.get(copied)
        if packed is None:
            return show_sheet(services, Sheet("", NEW))
        name = copied.rpartition("/")[2]
        if team_rules.written(name):
            return redirect(url_for("console.write_rule", name=name))
        return show_sheet(services, Sheet("", services.rules.source(packed), replaces=packed.id))

    @console.get("/write/<name>")
    def write_rule(name: str) -> AnyResponse:
        written = team_rules.written(name)
        if written is None:
            raise ProblemError(404, "There is no such rule here. It may have been discarded.")
        return show_sheet(services, _sheet(written, request.args.get("view", "form")), written=written)

    @console.post("/write")
    def save_rule() -> AnyResponse:
        sheet, wrong = _sent()
        do = request.form.get("do", "save")
        if do == "discard" and sheet.name:
            team_rules.discard(sheet.name)
            return redirect(url_for("console.rules", done="discarded"))
        if wrong or do != "save":
            if do in ("form", "yaml") and not wrong:
                sheet = replace(sheet, view=do)
            return show_sheet(services, replace(sheet, spare=3 if do == "more" else 1), wrong)
        if len(sheet.text.encode("utf-8", "replace")) > MAX_TEXT:
            return show_sheet(services, sheet)
        name = sheet.name or _free_name(services, sheet)
        try:
            saved = team_rules.save(name, sheet.text, sheet.replaces, sheet.began, g.lead)
        except ChangedMeanwhileError as error:
            return show_sheet(services, sheet, theirs=team_rules.written(name), conflict=str(error))
        return redirect(url_for("console.write_rule", name=saved.name, view=sheet.view, done="saved"))

    @console.post("/write/verdicts")
    def judge_rule() -> str:
        sheet, wrong = _sent()
        return render_template("console/_verdicts.html", judged=_judged(services, sheet, wrong), sheet=sheet)


def _sent() -> tuple[Sheet, list[Problem]]:
    """The sheet as it was sent, the form's changes in its text; and what the form could not take."""
    form = request.form
    text = form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    sheet = Sheet(
        form.get("name", ""),
        text,
        form.get("began", ""),
        form.get("replaces") or None,
        "yaml" if form.get("view") == "yaml" else "form",
    )
    if sheet.view == "yaml":
        return sheet, []
    _, problems, block = read_rule(text, "rule", "team")
    if not block:
        return replace(sheet, view="yaml"), problems
    try:
        return replace(sheet, text=changed(text, block, form)), []
    except RulesError as error:
        return sheet, list(error.problems)


def _sheet(written: Written, view: str) -> Sheet:
    return Sheet(written.name, written.text, written.began, written.replaces, "yaml" if view == "yaml" else "form")


def show_sheet(
    services: Services,
    sheet: Sheet,
    wrong: list[Problem] | None = None,
    theirs: Written | None = None,
    conflict: str = "",
    written: Written | None = None,
) -> AnyResponse:
    """The editor with a sheet on it."""
    judged = _judged(services, sheet, wrong or [])
    _, _, block = read_rule(sheet.text, "rule", "team")
    if sheet.view == "form" and not block:
        sheet = replace(sheet, view="yaml")
    fields = fields_of(block if block else Block(1))
    spare = tuple(ExampleField(side) for side in ("fires", "silent") for _ in range(sheet.spare))
    page = render_template(
        "console/write.html",
        sheet=sheet,
        fields=fields,
        spare=spare,
        judged=judged,
        written=written or (services.team_rules.written(sheet.name) if sheet.name else None),
        theirs=theirs,
        conflict=conflict,
    )
    return make_response(page, 409 if conflict else 422 if wrong else 200)


def _judged(services: Services, sheet: Sheet, wrong: list[Problem]) -> Judged:
    rule, problems, _ = read_rule(sheet.text, sheet.name or "your-rule", services.team_rules.team)
    if wrong:
        rule, problems = None, wrong
    tried = verdicts(rule, services.rules.sets.base, sheet.replaces) if rule else []
    reach = services.glance().reach(rule) if rule else None
    return Judged(problems, rule, tried, sheet.text.split("\n"), reach)


def _free_name(services: Services, sheet: Sheet) -> str:
    """A short name from the title, which no other rule of the team has."""
    if sheet.replaces:
        wish = sheet.replaces.rpartition("/")[2]
    else:
        _, _, block = read_rule(sheet.text, "rule", "team")
        plain = unicodedata.normalize("NFKD", str(block.get("title", ""))).encode("ascii", "ignore").decode().lower()
        wish = _SLUG.sub("-", plain[:50]).strip("-") or "rule"
    taken = {d.name for d in services.team_rules.drafts()} | set(services.rules.sets.choices.rules)
    return next(name for n in range(1, 10_000) if (name := wish if n == 1 else f"{wish}-{n}") not in taken)
