"""Between the contract and the core: requests become domain objects, a Report becomes JSON data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from empathy_coach import domain
from empathy_coach.rules.team_life import ModelReply
from empathy_coach.web.api.models import CoachRequest
from empathy_coach.web.api.offsets import Utf16

Json = dict[str, Any]


def to_domain(request: CoachRequest) -> tuple[domain.Conversation, domain.Draft]:
    """What the core is asked."""
    messages = tuple(domain.Message(m.role, m.author, m.text, m.at) for m in request.conversation)
    conversation = domain.Conversation(messages, request.agent_name, request.customer_name, request.channel)
    return conversation, domain.Draft(request.draft, request.kind)


def to_json(
    report: domain.Report,
    conversation: domain.Conversation,
    draft: domain.Draft,
    model: ModelReply | None,
    took_ms: float,
) -> Json:
    """``report`` in the shape of ``models.Report``, its offsets in UTF-16 code units of the texts as sent."""
    units = Utf16(draft.text)
    return {
        "score": report.score,
        "next_step": report.next_step,
        "strengths": [{"text": s.text, "span": _span(s.span, units)} for s in report.strengths],
        "elements": [_element(element, units) for element in report.elements],
        "findings": [_finding(finding, units) for finding in report.findings],
        "customer": _customer(report.customer, conversation),
        "rewording": _rewording(report.rewording, units),
        "model_reply": {"by": model.by, "says": model.says} if model else None,
        "rule_set": report.rule_set,
        "took_ms": round(took_ms, 3),
    }


def rewritten(made: domain.Rewording | str, draft: domain.Draft, dropped: dict[str, int]) -> Json:
    """What the second author made, or why nothing, in the shape of ``models.Rewritten``."""
    if isinstance(made, domain.Rewording):
        return {"rewording": _rewording(made, Utf16(draft.text)), "reason": None, "dropped": dropped}
    return {"rewording": None, "reason": made, "dropped": dropped}


def _span(span: domain.Span, units: Utf16) -> Json:
    return {"start": units(span.start), "end": units(span.end), "quote": span.quote}


def _edits(edits: Iterable[domain.Edit], units: Utf16) -> list[Json]:
    return [{"start": units(e.start), "end": units(e.end), "text": e.text} for e in edits]


def _element(element: domain.ElementScore, units: Utf16) -> Json:
    return {
        "element": element.element,
        "state": element.state,
        "value": float(element.value),
        "why": element.why,
        "evidence": [_span(span, units) for span in element.evidence],
    }


def _finding(finding: domain.Finding, units: Utf16) -> Json:
    found: Json = {
        "element": finding.element,
        "rule": finding.rule,
        "severity": finding.severity,
        "why": finding.why,
        "suggestions": [{"label": s.label, "edits": _edits(s.edits, units)} for s in finding.suggestions],
    }
    if finding.fault is not None:
        found["fault"] = finding.fault
    if finding.span is not None:
        found["span"] = _span(finding.span, units)
    if finding.place is not None:
        found["place"] = {"at": finding.place.at}
        if finding.place.before is not None:
            found["place"]["before"] = _span(finding.place.before, units)
    return found


def _customer(customer: domain.CustomerReading, conversation: domain.Conversation) -> Json:
    every = {s.message for s in customer.signals} | {q.message for q in customer.questions}
    units = {index: Utf16(conversation.messages[index].text) for index in every}
    return {
        "upset": float(customer.upset),
        "signals": [
            {"kind": s.kind, "message": s.message, "span": _span(s.span, units[s.message])} for s in customer.signals
        ],
        "questions": [
            {"message": q.message, "span": _span(q.span, units[q.message]), "answered": q.answered}
            for q in customer.questions
        ],
    }


def _rewording(rewording: domain.Rewording | None, draft: Utf16) -> Json | None:
    if rewording is None:
        return None
    own = Utf16(rewording.text)
    return {
        "text": rewording.text,
        "edits": _edits(rewording.edits, draft),
        "slots": [_span(slot, own) for slot in rewording.slots],
        "author": rewording.author,
    }
