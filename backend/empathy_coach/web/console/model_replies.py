"""Model replies: how somebody in the team would say it, shown beside the drafts that they fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.coach import coach
from empathy_coach.domain import Conversation, Draft, Finding
from empathy_coach.rules.document import Block, Items, visible
from empathy_coach.rules.problems import did_you_mean
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.rules.schema import Checker
from empathy_coach.rules.team_life import ModelReply, read_model
from empathy_coach.services.house import Services
from empathy_coach.web.problems import ProblemError

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_SHOWN = 3  # findings on a model reply


@dataclass(frozen=True, slots=True)
class Entry:
    """A model reply on the page, with what the coach itself would point at in it."""

    name: str
    model: ModelReply
    findings: tuple[Finding, ...]


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""

    @console.get("/models")
    def models() -> AnyResponse | str:
        name, rule = request.args.get("name", ""), request.args.get("rule", "")
        kept = services.rules.sets.choices.models
        if name and name not in kept:
            raise ProblemError(404, "There is no such model reply here. It may have been taken back.")
        return _page(name, kept[name] if name else ModelReply("", "", rule or None), [])

    @console.post("/models")
    def keep_model() -> AnyResponse | str:
        form, kept = request.form, services.rules.sets.choices.models
        name = form.get("name", "")
        if "back" in form:
            services.team_rules.keep_model(name, None, g.lead)
            return redirect(url_for("console.models", done="model-back"))
        asked, problems = _asked(form, services.rules.current)
        if asked is None or problems:
            return make_response(_page(name, asked or _as_typed(form), problems), 422)
        services.team_rules.keep_model(name if name in kept else _free(asked.by, kept), asked, g.lead)
        return redirect(url_for("console.models", done="model"))

    def _page(name: str, model: ModelReply, problems: list[str]) -> str:
        current, kept = services.rules.current, services.rules.sets.choices.models
        return render_template(
            "console/models.html",
            entries=[Entry(n, m, _findings(m, current)) for n, m in kept.items()],
            titles={rule.id: rule.title for rule in current.rules},
            name=name,
            model=model,
            problems=problems,
        )


def _asked(form: MultiDict[str, str], rules: RuleSet) -> tuple[ModelReply | None, list[str]]:
    """The model reply that a form describes, or what is wrong with it, in sentences."""
    body = Block(1)
    for key in ("by", "rule", "says"):
        body[key] = form.get(key, "").replace("\r\n", "\n").strip()
    for key, values in (
        ("when_customer_shows", form.getlist("when_customer_shows")),
        ("when_customer_says", [line.strip() for line in form.get("when_customer_says", "").splitlines()]),
    ):
        body[key] = Items(1)
        body[key].extend(value for value in values if value)
        body[key].lines = [1] * len(body[key])
    for key in [key for key, value in body.items() if not value]:
        del body[key]
    body.lines = dict.fromkeys(body, 1)
    check = Checker("form")
    model = read_model(check, body, 1, body.get("by", "this"))
    problems = [problem.message for problem in check.problems]
    problems += [f"{key}: {wrong}" for key, text in _texts(body) if (wrong := _unseen(text))]
    if model and model.rule and model.rule not in rules.by_id:
        problems.append(
            f"There is no rule “{model.rule}”.{did_you_mean(model.rule, tuple(rules.by_id)).split(' Allowed:')[0]}"
        )
    return model, problems


def _as_typed(form: MultiDict[str, str]) -> ModelReply:
    """What was typed, to be mended."""
    lines = tuple(form.get("when_customer_says", "").splitlines())
    return ModelReply(form.get("by", ""), form.get("says", ""), form.get("rule") or None, frozenset(), lines)


def _texts(body: Block) -> Iterator[tuple[str, str]]:
    for key, value in body.items():
        yield from ((key, str(text)) for text in (value if isinstance(value, Items) else [value]))


def _unseen(text: str) -> str | None:
    return next((wrong for char in text.replace("\n", "") if (wrong := visible(char))), None)


def _findings(model: ModelReply, rules: RuleSet) -> tuple[Finding, ...]:
    """What the coach would point at in the reply's own words; what should be there and is not depends on the ticket."""
    report = coach(Conversation(()), Draft(model.says), rules)
    return tuple(f for f in report.findings if f.span and f.severity != "hint")[:_SHOWN]


def _free(by: str, taken: Container[str]) -> str:
    """A short name for a model reply, from its author's."""
    plain = unicodedata.normalize("NFKD", by).encode("ascii", "ignore").decode().lower()
    wish = _NOT_IN_NAMES.sub("-", plain).strip("-")[:50] or "reply"
    return next(name for n in range(1, 10_000) if (name := wish if n == 1 else f"{wish}-{n}") not in taken)
