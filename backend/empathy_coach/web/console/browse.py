"""Pages to look at: all rules, and each rule; and the switches of a pack's rule for the team."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.domain import SEVERITIES, Severity
from empathy_coach.reading.cleaning import fold
from empathy_coach.rules.differences import differences
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.verdicts import verdicts
from empathy_coach.services.house import Services
from empathy_coach.services.live_rules import LiveSets
from empathy_coach.services.team_rules import Release
from empathy_coach.web.problems import ProblemError

FILTERS = ("element", "pack", "fault", "state")
STATES = ("in use", "off", "tuned", "our own")


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule in the list, with what the team made of it."""

    rule: Rule
    state: str
    stage: str | None = None

    def text(self) -> str:
        """Everything that a search looks at."""
        rule = self.rule
        parts = (rule.id, rule.title, rule.why, *rule.find, *rule.expect, *(e.draft for e in rule.examples))
        return fold("\n".join(parts)).text


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""

    @console.get("/rules")
    def rules() -> str:
        everything = shown_rules(services.rules.sets)
        wanted = {key: request.args.get(key, "") for key in FILTERS}
        query = request.args.get("q", "").strip()
        return render_template(
            "console/rules.html",
            found=[rule for rule in everything if _fits(rule, wanted, query)],
            wanted=wanted,
            query=query,
            packs=sorted({shown.rule.pack for shown in everything}, key=lambda p: (p != "core", p)),
            states=STATES,
            drafts=services.team_rules.drafts(),
        )

    @console.get("/rules/<path:rule_id>")
    def rule(rule_id: str) -> AnyResponse | str:
        sets = services.rules.sets
        shown = next((s for s in shown_rules(sets) if s.rule.id == rule_id), None)
        draft_name = _own_name(services, rule_id)
        if shown is None and draft_name and services.team_rules.written(draft_name):
            return redirect(url_for("console.write_rule", name=draft_name))
        if shown is None:
            raise ProblemError(404, "There is no such rule here. It may have been taken back.")
        own = _own_name(services, rule_id)
        written = services.team_rules.written(own) if own else None
        return render_template(
            "console/rule.html",
            shown=shown,
            rule=shown.rule,
            packed=sets.base.by_id.get(rule_id),
            own=own,
            draft=written if written and written.is_draft else None,
            verdicts=verdicts(shown.rule, sets.base, _replaced(sets, own)),
            source=_source(services, shown.rule, own),
            touched=_touched(services.team_rules.history(), {rule_id, own}),
        )

    @console.post("/rules/<path:rule_id>")
    def tune(rule_id: str) -> AnyResponse:
        services.team_rules.tune(rule_id, *tuning(request.form), *signed(request.form.get("why", "")))
        return redirect(url_for("console.rule", rule_id=rule_id, done="tuned"))


def tuning(asked: MultiDict[str, str]) -> tuple[bool, int, Severity]:
    """Whether a rule is on, how much it counts, and its severity, as a form or an address says. Raises ProblemError."""
    weight, severity = asked.get("weight", ""), asked.get("severity", "")
    if weight not in "12345" or len(weight) != 1:
        raise ProblemError(422, "How much a rule counts is a whole number from 1 to 5.")
    known = next((s for s in SEVERITIES if s == severity), None)
    if known is None:
        raise ProblemError(422, f"The severity is one of {', '.join(SEVERITIES)}.")
    return "on" in asked, int(weight), known


def signed(why: str) -> tuple[str, str]:
    """Who does it, and the reason they give. Raises ProblemError without one."""
    reason = " ".join(why.split())
    if not reason or len(reason) > 300 or not reason.isprintable():
        raise ProblemError(422, "Please say in a few words why (300 characters at most). Your colleagues will read it.")
    return g.lead, reason


def shown_rules(sets: LiveSets) -> list[Shown]:
    """Every rule there is for this team: its own first, then the packs' with what was chosen for them."""
    choices = sets.choices
    found = [Shown(own.rule, "our own", own.stage) for own in choices.rules.values()]
    replaced = {own.replaces for own in choices.rules.values() if own.stage == "everyone"}
    for rule in sets.base.rules:
        if rule.id in choices.off or rule.id in replaced:
            found.append(Shown(rule, "off"))
        elif rule.id in choices.weights or rule.id in choices.severities:
            found.append(Shown(sets.everyone.by_id[rule.id], "tuned"))
        else:
            found.append(Shown(rule, "in use"))
    return found


def _fits(shown: Shown, wanted: dict[str, str], query: str) -> bool:
    facts = {
        "element": shown.rule.element,
        "pack": shown.rule.pack,
        "fault": shown.rule.fault or "",
        "state": shown.state,
    }
    if any(value and facts[key] != value for key, value in wanted.items()):
        return False
    return all(word in shown.text() for word in fold(query).text.split())


def _own_name(services: Services, rule_id: str) -> str | None:
    prefix = f"teams/{services.team_rules.team}/"
    return rule_id.removeprefix(prefix) if rule_id.startswith(prefix) else None


def _replaced(sets: LiveSets, own: str | None) -> str | None:
    return sets.choices.rules[own].replaces if own else None


def _source(services: Services, rule: Rule, own: str | None) -> str:
    """The rule as YAML."""
    if own is not None:
        return services.rules.sets.choices.rules[own].text
    return services.rules.source(rule)


def _touched(history: list[Release], names: set[str | None]) -> list[tuple[Release, str]]:
    return [
        (release, difference.what)
        for release in history
        for difference in differences(release.before, release.choices)
        if difference.subject in names
    ]
