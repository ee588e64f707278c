"""What is kept about oneself: to look at, take along, and delete; and one's own paired browsers."""

from __future__ import annotations

from collections import Counter
from datetime import date

import orjson
from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.services.house import Services
from empathy_coach.web import pages
from empathy_coach.web.identity import PRACTICE_COOKIE, SESSION_COOKIE
from empathy_coach.web.problems import ProblemError


def add_to(practice: Blueprint, services: Services) -> None:
    """Add the pages. Each looks only at the account of whoever asks: no address names one."""

    @practice.get("/me")
    def me() -> str:
        return _page()

    @practice.get("/me/export")
    def export() -> Response:
        data = {
            "name": g.person.name if g.person.account else None,
            "role": g.person.role if g.person.account else None,
            "browsers": [
                {"label": row.label, "paired_on": row.made_on.isoformat()}
                for row in services.access.holders_of(g.person.account)
            ],
            **services.contributors.kept(g.person.account).as_data(),
        }
        answer = Response(orjson.dumps(data, option=orjson.OPT_INDENT_2), content_type="application/json")
        answer.headers["Content-Disposition"] = f'attachment; filename="empathy-coach-{date.today()}.json"'
        return answer

    @practice.post("/me/erase")
    def erase() -> AnyResponse:
        if "sure" not in request.form:
            raise ProblemError(422, "Nothing was deleted. Please tick the box to say that you are sure.")
        if "account" not in request.form or not g.person.account:
            services.contributors.erase(g.person.account)
            return redirect(url_for("practice.me", done="erased"))
        services.accounts.check_may_leave(g.person.account)
        services.contributors.leave(g.person.account)
        answer = make_response(render_template("practice/gone.html"))
        pages.keep_cookie(answer, SESSION_COOKIE, "", 0, "/", "Lax")
        pages.keep_cookie(answer, PRACTICE_COOKIE, "", 0, "/practice", "Lax")
        return answer

    @practice.post("/me/code")
    def new_code() -> str:
        return _page(services.pairing.new_code(g.person.account))

    @practice.post("/me/unpair")
    def unpair() -> AnyResponse:
        number = request.form.get("client", "")
        mine = {str(row.id): row.id for row in services.access.holders_of(g.person.account)}
        if number not in mine:
            raise ProblemError(404, "There is no such browser of yours. It may be unpaired already.")
        services.access.revoke(mine[number])
        return redirect(url_for("practice.me", done="unpaired"))

    def _page(code: str = "") -> str:
        kept = services.contributors.kept(g.person.account)
        rules: dict[str, Counter[str]] = {}
        for key, count in kept.feedback.items():
            rules.setdefault(key.rule, Counter())[key.verdict] += count
        return render_template(
            "practice/me.html",
            kept=kept,
            rules=sorted(rules.items()),
            title=lambda name: known.title if (known := services.rules.sets.rule(name)) else name,
            browsers=services.access.holders_of(g.person.account),
            figures=services.team_views.switched("figures"),
            shoes=services.team_views.switched("shoes"),
            signed_in=services.sign_in.with_accounts and SESSION_COOKIE in request.cookies,
            code=code,
            said=_DONE.get(request.args.get("done", ""), ""),
        )


_DONE = {"erased": "Deleted, for good.", "unpaired": "Unpaired. That browser is not let in any more."}
