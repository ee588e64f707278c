"""The team's canned replies, checked in one go."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.services.house import Services
from empathy_coach.services.macros import MOST, MacroCheck, as_csv, check
from empathy_coach.services.upload_parts import UploadError
from empathy_coach.web.console.impact import asked_for, progress
from empathy_coach.web.problems import ProblemError

_SHOWN = 40


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""

    @console.get("/macros")
    def macros() -> str:
        return render_template("console/macros.html", wrong="")

    @console.post("/macros")
    def check_macros() -> AnyResponse:
        try:
            samples, notes = asked_for(services)
            if len(samples) > MOST:
                raise UploadError(f"These are {len(samples):,} replies; {MOST:,} can be checked at once.")
        except UploadError as error:
            return make_response(render_template("console/macros.html", wrong=str(error)), 422)
        work = MacroCheck("Canned replies", len(samples), notes)
        key = services.works.start(work, samples, partial(check, rule_set=services.rules.current))
        return redirect(url_for("console.checked", key=key))

    @console.get("/macros/<key>")
    def checked(key: str) -> AnyResponse:
        work = _work(key)
        if (answer := progress(work)) is not None:
            return answer
        ranked = work.ranked() if work.finished else []
        page = max(1, request.args.get("page", 1, int))
        return make_response(
            render_template(
                "console/checked.html", work=work, key=key, shown=ranked[(page - 1) * _SHOWN : page * _SHOWN],
                count=len(ranked), page=page, more=len(ranked) > page * _SHOWN,
            )
        )  # fmt: skip

    @console.get("/macros/<key>/macros.csv")
    def macros_csv(key: str) -> Response:
        answer = Response(as_csv(_work(key).ranked()), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = 'attachment; filename="macros.csv"'
        return answer

    def _work(key: str) -> MacroCheck:
        work = services.works.get(key)
        if not isinstance(work, MacroCheck):
            raise ProblemError(404, "This check is no longer here. The texts were held in memory only.")
        return work
