"""The routes of the API. Each view only translates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

import orjson
from flask import Blueprint, Response, g, request
from pydantic import BaseModel

from empathy_coach.services.feedback import is_rule
from empathy_coach.services.house import Services
from empathy_coach.services.pairing import TooManyTriesError, WrongCodeError
from empathy_coach.web.api import models
from empathy_coach.web.api.answer import rewritten, to_domain
from empathy_coach.web.api.body import parse
from empathy_coach.web.api.coaching import answer
from empathy_coach.web.api.openapi import document
from empathy_coach.web.problems import FieldProblem, ProblemError

_Model = TypeVar("_Model", bound=BaseModel)


def make_api(services: Services) -> Blueprint:
    """The blueprint of ``/v1``."""
    api = Blueprint("v1", __name__, url_prefix="/v1")
    described = orjson.dumps(document())

    def within_limit() -> None:
        wait = services.limits.take(services.per_client, str(g.holder.id)) if services.per_client else 0
        if wait:
            raise ProblemError(429, headers={"Retry-After": str(wait)})

    @api.get("/health")
    def health() -> Response:
        return _json({"status": "ok"})

    @api.get("/openapi.json")
    def openapi() -> Response:
        return Response(described, content_type="application/json")

    @api.post("/pair")
    def pair() -> Response:
        asked = _body(models.PairRequest)
        try:
            token = services.pairing.redeem(asked.code, asked.label)
        except WrongCodeError as error:
            raise ProblemError(403, str(error)) from None
        except TooManyTriesError as error:
            raise ProblemError(429, str(error), headers={"Retry-After": str(error.retry_after)}) from None
        return _json({"token": token})

    @api.get("/me")
    def me() -> Response:
        sets = services.rules.sets
        rhythm = sets.choices.rhythm
        practise = {"every": rhythm.every, "minutes": rhythm.minutes} if rhythm else None
        return _json({"label": g.holder.label, "rule_set": sets.of(g.holder.pilot).hash, "practise": practise})

    @api.post("/practice")
    def practice() -> Response:
        return _json({"path": f"/practice/enter?code={services.pairing.new_code(g.holder.account)}"})

    @api.post("/coach")
    def coach() -> Response:
        within_limit()
        asked, sets = _body(models.CoachRequest), services.rules.sets
        said = answer(asked, sets.of(g.holder.pilot), sets.choices.models)
        contributor = services.contributors.of(g.holder.account)
        if contributor:
            kinds = [signal["kind"] for signal in said["customer"]["signals"]]
            services.shoes.count(contributor, to_domain(asked)[0], said["customer"]["upset"], kinds, datetime.now())
        if sets.shadow is not None:
            services.shadow.count(sets.shadow, *to_domain(asked), date.today(), contributor)
        return _json(said)

    @api.post("/rewrite")
    def rewrite() -> Response:
        within_limit()
        conversation, draft = to_domain(_body(models.CoachRequest))
        made = services.author.rewrite(conversation, draft, services.rules.current)
        return _json(rewritten(made, draft, services.author.dropped))

    @api.post("/feedback")
    def feedback() -> Response:
        given = _body(models.Feedback)
        sets = services.rules.sets
        if not is_rule(given.rule, sets):
            raise ProblemError(422, "One field is not right.", [FieldProblem("rule", "is not a rule in use")])
        rule_set = given.rule_set or sets.of(g.holder.pilot).hash
        contributor = services.contributors.of(g.holder.account)
        services.feedback.count(given.rule, given.element, given.verdict, rule_set, contributor)
        return Response(status=204)

    return api


def _json(data: dict[str, Any]) -> Response:
    return Response(orjson.dumps(data), content_type="application/json")


def _body(model: type[_Model]) -> _Model:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    encoded = request.headers.get("Content-Encoding", "identity").lower() != "identity"
    if request.mimetype != "application/json" or charset not in ("utf-8", "utf8") or encoded:
        raise ProblemError(415)
    return parse(model, request.get_data(cache=False))
