"""The rubric applied: states with evidence, findings for what is missing, strengths, the next step, the mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from empathy_coach.domain import (
    ELEMENTS,
    SEVERITIES,
    Element,
    ElementScore,
    Finding,
    Place,
    Reading,
    Scores,
    Severity,
    Span,
    Strength,
)
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.asked import agree, doubted
from empathy_coach.scoring.elements import Verdict, judge
from empathy_coach.scoring.evidence import Evidence, Judged, gather
from empathy_coach.scoring.heads import Heads, load_heads
from empathy_coach.scoring.heard import heard
from empathy_coach.scoring.total import total
from empathy_coach.scoring.words import Blanks, filled

_SURE = 0.1  # below this chance a missing element is worth a warning, above it a hint
_GRAVE = ("feeling", "need", "action")  # a reply without these fails the customer; the rest is polish
_TOLD: tuple[Element, ...] = ("feeling", "need", "action", "rapport")  # as strengths, the most telling first
_SHOWN = 2  # spans of evidence for an element


def score(
    reading: Reading, findings: tuple[Finding, ...], rule_set: RuleSet, heads: Heads | None = None
) -> tuple[Scores, tuple[Finding, ...]]:
    """Judge a draft. Returns the scores and the findings, the most useful first, with one for each missing element and for what may be heard.

    The scores carry the questions with the last word on which of them are answered.
    """
    heads = heads or load_heads()
    evidence = gather(reading, findings, rule_set, heads)
    findings = evidence.findings
    reading, verdicts = agree(doubted(reading, evidence.values, heads), judge(reading, evidence, heads))
    words: Mapping[str, Any] = rule_set.rubric["elements"]
    blanks = Blanks.of(reading, rule_set.lexicon)
    spans = {e: _evidence(e, verdicts[e], reading, evidence, findings) for e in ELEMENTS}
    elements = tuple(
        ElementScore(
            e,
            verdicts[e].state,
            round(verdicts[e].value, 4),
            _why(e, verdicts[e], words, blanks, findings),
            spans[e],
            verdicts[e].chance,
        )
        for e in ELEMENTS
    )
    missing = [e for e in ELEMENTS if verdicts[e].state == "missing"]
    missing.sort(key=lambda e: -words[e]["weight"] * (1 - verdicts[e].chance))
    # Between colleagues shop talk is no fault.
    guessed: list[Finding] = []
    if reading.draft.kind != "note":
        guessed = heard(evidence.sentences, findings, verdicts["tone"], rule_set.rubric["heard"])
    everything = (*findings, *guessed, *_for_missing(missing, verdicts, reading, evidence, findings, words, blanks))
    next_step = filled(words[missing[0]]["next"], blanks) if missing else None
    scores = Scores(
        total(verdicts, evidence.values, reading.customer.questions, heads),
        elements,
        _strengths(verdicts, spans, words),
        next_step,
        reading.customer.questions,
    )
    return scores, tuple(sorted(everything, key=_usefulness))


def _usefulness(finding: Finding) -> tuple[int, int, int]:
    where = finding.span.start if finding.span else 0
    return (-SEVERITIES.index(finding.severity), -finding.weight, where)


def _only_a_phrase(findings: Sequence[Finding]) -> bool:
    """Whether a set phrase stands where the acknowledgement should; "Dear customer" is another matter."""
    return any(f.fault == "stock_phrase" and f.element == "feeling" for f in findings)


def _why(
    element: Element, verdict: Verdict, words: Mapping[str, Any], blanks: Blanks, findings: Sequence[Finding]
) -> str:
    lines = words[element][verdict.state]
    if element == "feeling" and verdict.state == "missing" and _only_a_phrase(findings):
        lines = words[element]["missing_stock"]
    return filled(lines, blanks)


def _evidence(
    element: Element, verdict: Verdict, reading: Reading, evidence: Evidence, findings: Sequence[Finding]
) -> tuple[Span, ...]:
    """The words a verdict points at: those that give the element, or those that fail it."""
    judged = evidence.sentences
    if element == "tone":
        return tuple(f.span for f in findings if f.span and f.fault and verdict.state == "missing")[:_SHOWN]
    if element == "rapport":
        return tuple(s for s in (reading.own.greeting, reading.own.sign_off) if s and verdict.state == "given")
    if verdict.state != "given":
        if element == "feeling" and verdict.state == "missing":
            return tuple(f.span for f in findings if f.span and f.fault == "stock_phrase")[:_SHOWN]
        return ()
    if element in ("feeling", "order"):
        return _best(judged, [j.acknowledges for j in judged], 0.25)
    if element == "action":
        return _best(judged, [j.steps for j in judged], 0.25)
    return _best(judged, [max(j.steps, 0.3 * bool(j.cues & {"explanation", "refusal", "done"})) for j in judged], 0.2)


def _best(judged: Sequence[Judged], weights: Sequence[float], least: float) -> tuple[Span, ...]:
    ranked = sorted(zip(weights, range(len(judged)), strict=True), reverse=True)[:_SHOWN]
    return tuple(judged[i].sentence.span for i in sorted(i for w, i in ranked if w >= least))


def _strengths(
    verdicts: Mapping[Element, Verdict],
    spans: Mapping[Element, tuple[Span, ...]],
    words: Mapping[str, Any],
) -> tuple[Strength, ...]:
    """What works, each with words of the draft."""
    return tuple(
        Strength(words[e]["strength"], spans[e][0])
        for e in _TOLD
        if verdicts[e].state == "given" and verdicts[e].chance >= 0.5 and spans[e]
    )


def _for_missing(
    missing: Sequence[Element],
    verdicts: Mapping[Element, Verdict],
    reading: Reading,
    evidence: Evidence,
    findings: Sequence[Finding],
    words: Mapping[str, Any],
    blanks: Blanks,
) -> list[Finding]:
    """A finding for each missing element that no rule has pointed at already."""
    out: list[Finding] = []
    pointed = {f.element for f in findings if f.place is not None}
    for element in missing:
        if element == "tone" or element in pointed:
            continue
        grave = element in _GRAVE and verdicts[element].chance < _SURE
        severity: Severity = "warn" if grave else "hint"
        why = _why(element, verdicts[element], words, blanks, findings)
        out.append(
            Finding(
                element,
                f"rubric/{element}",
                severity,
                why,
                place=_place(element, reading, evidence),
                weight=words[element]["weight"],
            )
        )
    return out


def _place(element: Element, reading: Reading, evidence: Evidence) -> Place:
    sentences = reading.own.sentences
    if element in ("feeling", "order") and sentences:
        return Place("before", sentences[0].span)
    if element == "rapport" and not reading.own.greeting:
        return Place("start")
    return Place("end")
