"""The administrator's page: who there is, and what they may do. Nothing about what anybody wrote or how they write."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.services.accounts import as_role
from empathy_coach.services.house import Services
from empathy_coach.services.people import ROLES
from empathy_coach.web.problems import ProblemError


def add_to(people: Blueprint, services: Services) -> None:
    """Add the pages."""

    @people.get("/accounts")
    def accounts() -> str:
        return _page()

    @people.post("/accounts")
    def add() -> str:
        name = request.form.get("name", "")
        secret = services.accounts.add(name, as_role(request.form.get("role", "")), by=g.person.name)
        return _page(name.strip().lower(), secret)

    @people.post("/accounts/<account>")
    def change(account: str) -> AnyResponse | str:
        match request.form.get("do"):
            case "role":
                services.accounts.set_role(account, as_role(request.form.get("role", "")), by=g.person.name)
            case "disable" | "enable" as do:
                services.accounts.set_disabled(account, do == "disable", by=g.person.name)
            case "invite":
                return _page(
                    services.accounts.with_id(account).name, services.accounts.invite(account, by=g.person.name)
                )
            case _:
                raise ProblemError(422, "Please choose what to change.")
        return redirect(url_for("people.accounts", done="account"))

    def _page(invited: str = "", secret: str = "") -> str:
        link = url_for("people.welcome", invitation=secret, _external=True) if secret else ""
        return render_template(
            "people/accounts.html", found=services.accounts.all(), roles=ROLES, invited=invited, link=link
        )
