"""One request in, one report out: what the API and the command line share."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from empathy_coach.coach import coach
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.rules.team_life import ModelReply, fitting
from empathy_coach.web.api.answer import to_domain, to_json
from empathy_coach.web.api.models import CoachRequest, Report


def answer(request: CoachRequest, rule_set: RuleSet, models: Mapping[str, ModelReply] | None = None) -> dict[str, Any]:
    """The report on ``request`` as JSON data of the shape ``models.Report``, checked against it.

    ``models`` are the team's model replies, by name.
    """
    began = time.perf_counter()
    conversation, draft = to_domain(request)
    report = coach(conversation, draft, rule_set)
    model = fitting(models or {}, report, conversation)
    data = to_json(report, conversation, draft, model, (time.perf_counter() - began) * 1000)
    Report.model_validate(data)
    return data
