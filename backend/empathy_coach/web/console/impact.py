"""What a rule would change, before it is published: on the samples, and on replies that a lead brings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.rules.overlay import Choices, OwnRule
from empathy_coach.services.house import Services
from empathy_coach.services.impact import Comparison, Effect, Trial
from empathy_coach.services.live_rules import sets_of
from empathy_coach.services.samples import load_samples
from empathy_coach.services.team_rules import tuned
from empathy_coach.services.upload_parts import UploadError
from empathy_coach.services.uploads import Sample, read_upload
from empathy_coach.services.work import Work
from empathy_coach.web.console.browse import tuning
from empathy_coach.web.problems import ProblemError

_SHOWN = 50  # effects on one page
_KINDS = {
    "comes": "new findings",
    "goes": "findings that go",
    "good": "on known-good replies",
    "score": "scores that move",
}


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""

    @console.get("/impact")
    def impact() -> str:
        return _form(services, "")

    @console.post("/preview/<path:rule_id>")
    def preview(rule_id: str) -> AnyResponse:
        on, weight, severity = tuning(request.form)
        wish = {"tune": rule_id, "weight": weight, "severity": severity, **({"on": 1} if on else {})}
        return redirect(f"{url_for('console.impact')}?{urlencode(wish)}")

    @console.post("/impact")
    def compare() -> AnyResponse:
        try:
            samples, notes = asked_for(services)
        except UploadError as error:
            return make_response(_form(services, str(error)), 422)
        sets = services.rules.sets
        what, wanted = _wanted(services, request.form)
        before = sets.everyone if request.form.get("rule") or request.form.get("tune") else sets.base
        after = sets_of(sets.base, wanted, services.rules.team).everyone
        trial = Trial(what, len(samples), notes, titles={r.id: r.title for r in (*before.rules, *after.rules)},
                      own=request.form.get("rule", ""), packed=request.form.get("tune", ""))  # fmt: skip
        key = services.works.start(trial, samples, Comparison(before, after).effect)
        return redirect(url_for("console.effects", key=key))

    @console.get("/impact/<key>")
    def effects(key: str) -> AnyResponse:
        trial = services.works.get(key)
        if not isinstance(trial, Trial):
            raise ProblemError(404, "This comparison is no longer here. The texts were held in memory only.")
        if (answer := progress(trial)) is not None:
            return answer
        kind = request.args.get("kind", "")
        found = [e for e in trial.effects if _is(e, kind)]
        page = max(1, request.args.get("page", 1, int))
        shown = found[(page - 1) * _SHOWN : page * _SHOWN]
        more = len(found) > page * _SHOWN
        return make_response(
            render_template(
                "console/effects.html", trial=trial, key=key, shown=shown, kind=kind, kinds=_KINDS, page=page, more=more,
                count=len(found),
            )
        )  # fmt: skip


def progress(work: Work[Any]) -> AnyResponse | None:
    """How far some work is, for a page that asks for that part only."""
    if request.headers.get("X-Part") != "progress":
        return None
    answer = make_response(render_template("console/_progress.html", work=work))
    if work.finished:
        answer.headers["X-Finished"] = "yes"
    return answer


def asked_for(services: Services) -> tuple[list[Sample], tuple[str, ...]]:
    """The replies that a form asks to try: samples, pasted text, a file. Raises UploadError."""
    samples: list[Sample] = []
    notes: list[str] = []
    good = "good" in request.form
    if "samples" in request.form:
        samples += load_samples(services.rules.directory)
    pasted = request.form.get("pasted", "").strip()
    file = request.files.get("file")
    parts = [(pasted.encode("utf-8", "replace"), "pasted text")] if pasted else []
    if file is not None and file.filename:
        parts.append((file.read(), file.filename))
    for raw, name in parts:
        found = read_upload(raw, name, good)
        samples += found.samples
        notes += found.left_out
        if found.left_out_count > len(found.left_out):
            notes.append(f"and {found.left_out_count - len(found.left_out)} more")
    if not samples:
        raise UploadError("There is nothing to try yet: take the samples, paste replies, or choose a file.")
    return samples, tuple(notes)


def _is(effect: Effect, kind: str) -> bool:
    kinds = {
        "comes": bool(effect.comes),
        "goes": bool(effect.goes),
        "good": effect.false_alarm,
        "score": effect.before != effect.after,
    }
    return kinds.get(kind, True)


def _wanted(services: Services, asked: MultiDict[str, str]) -> tuple[str, Choices]:
    """What is tried, in words, and the choices that would hold."""
    choices = services.rules.sets.choices
    if rule := asked.get("rule"):
        written = services.team_rules.written(rule)
        if written is None:
            raise ProblemError(404, "There is no such rule here. It may have been discarded.")
        made, problems = services.team_rules.read(written.text, rule)
        if made is None:
            raise ProblemError(409, f"This rule cannot be tried yet. Line {problems[0].line}: {problems[0].message}")
        own = OwnRule(written.text, made, "everyone", written.replaces)
        return f"{made.title}: for everyone", replace(choices, rules={**choices.rules, rule: own})
    if tune := asked.get("tune"):
        packed = services.rules.sets.base.by_id.get(tune)
        if packed is None:
            raise ProblemError(404, "There is no such rule in the packs.")
        on, weight, severity = tuning(asked)
        what = f"counts {weight} of 5, {severity}" if on else "switched off"
        return f"{packed.title}: {what}", tuned(choices, packed, on, weight, severity)
    return "The packs as they came, and your team's rules", choices


def _form(services: Services, wrong: str) -> str:
    asked = request.form if request.method == "POST" else request.args
    what, _ = _wanted(services, asked)
    return render_template(
        "console/impact.html",
        what=what,
        asked={key: asked[key] for key in ("rule", "tune", "on", "weight", "severity") if key in asked},
        wrong=wrong,
        drafts=services.team_rules.drafts(),
        samples=len(load_samples(services.rules.directory)),
    )
