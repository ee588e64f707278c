"""Gaps behind sentences of the agent's that stay: what only the agent can say plainly, more kindly, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from empathy_coach.domain import Element, Finding, Reading, Sentence, Span
from empathy_coach.rewording.asked import BREAKS_A_SLOT
from empathy_coach.rewording.changes import Change
from empathy_coach.rewording.facts import SLOT
from empathy_coach.rules.phrasing import Phrasing
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.rules.view import sorts

_MOST = 2  # of a draft: more would be a lecture
_SHOWN = 80  # characters of the agent's own words in a gap
# Office language that leaves a reader guessing; "your ticket has been closed" is stiff, but plain.
_OFFICE = ("/insider-letters", "/engine-room-words", "/legal-latin")
_OUTCOME = re.compile(r"deemed|actioned", re.IGNORECASE)
_TERSE = 8  # words; a shorter sentence is stiff, but needs no explanation
# What asks, thanks or refuses is not explained by a gap behind it.
_NOT_EXPLAINED = frozenset({"question", "thanks", "refusal", "greeting", "closing", "apology", "instruction"})
_WOUNDS = frozenset({"blame", "condescending", "sarcasm", "minimising", "curt", "command"})
# Below this score a sentence that a rule finds wounding was one in 65 cases of 79; below the second so was one that may
# only be heard so in 9 of 11, and one that sounds like an office in 58 of 75 (labelled drafts that the heads have seen).
_HURTS, _HURTS_MUCH = 60, 40
_UPSET = 0.35  # how upset a customer is for whom selling, and asking for a mark, is out of place
_CLAUSE_ENDS = re.compile(r"(?<=\w)\)?[,;:.!?\u2013\u2014]\s+")
_WHY = {
    "leave_out": "Better without it",
    "plain_words": "Say it in plain words",
    "kind_words": "Say it more kindly",
}


def tone_gaps(
    reading: Reading, findings: Sequence[Finding], changed: Sequence[Change], phrasing: Phrasing, score: int
) -> list[Change]:
    """A gap behind each sentence that hurts or puzzles most and stays: nobody else knows what the agent wants to say."""
    if SLOT.search(reading.draft.text):
        return []
    out: list[Change] = []
    used: set[tuple[int, int]] = set()
    for kind, span in _worst(findings, phrasing, score, reading.customer.upset):
        sentence = _sentence_at(reading, span.start)
        ways = phrasing.slots.get(kind, ())
        if sentence is None or not ways or "[" in sentence.span.quote or " " not in sentence.span.quote:
            continue
        start, end, _ = sentence.span
        if (start, end) in used or (kind == "plain_words" and _explained(reading, sentence, span, out)):
            continue
        touched = span if kind == "plain_words" else sentence.span
        if not any(c.start < touched.end and touched.start < c.end for c in changed):
            gap = _behind(sentence, ways[0], _words_at(sentence, span), "tone", _WHY[kind])
            out += gap
            used.add((start, end))
        if len(out) == _MOST:
            break
    return out


def _worst(findings: Sequence[Finding], phrasing: Phrasing, score: int, upset: float) -> list[tuple[str, Span]]:
    """What a gap may stand for, the worst first: the slot, and where."""
    rows: list[tuple[tuple[bool, bool, int], str, Span]] = []
    for finding in findings:
        kind = _kind(finding, phrasing, score, upset)
        if kind is not None and finding.span is not None:
            rank = finding.severity != "stop", finding.severity == "hint", -finding.weight
            rows.append((rank, kind, finding.span))
    rows.sort(key=lambda row: row[0])
    return [(kind, span) for _, kind, span in rows]


def _kind(finding: Finding, phrasing: Phrasing, score: int, upset: float) -> str | None:
    """Which gap a finding asks for, if any."""
    wound = finding.fault in _WOUNDS
    if finding.rule in phrasing.leave_out and (wound or upset >= _UPSET) and score < _HURTS:
        return "leave_out"
    if finding.rule.endswith(_OFFICE) or (finding.span and _OUTCOME.search(finding.span.quote)):
        return "plain_words"
    hurts = _HURTS_MUCH if finding.severity == "hint" or not wound else _HURTS
    return "kind_words" if score < hurts and (wound or finding.fault == "bureaucratic") else None


def _explained(reading: Reading, sentence: Sentence, span: Span, gaps: Sequence[Change]) -> bool:
    """Whether a sentence in office language needs no gap, or there is one for such words already."""
    before = reading.draft.text[: span.start]
    return (
        bool(sentence.acts & _NOT_EXPLAINED)
        or len(sentence.span.quote.split()) < _TERSE
        or before.count("(") > before.count(")")
        or any(gap.label == _WHY["plain_words"] for gap in gaps)
    )


def given_words(
    reading: Reading, findings: Sequence[Finding], changed: Sequence[Change], rule_set: RuleSet
) -> list[Change]:
    """Behind a sentence that asks for what the customer gave already: what they gave."""
    lines = rule_set.phrasing.slots.get("given", ())
    if not lines or SLOT.search(reading.draft.text):
        return []
    for finding in findings:
        rule = rule_set.by_id.get(finding.rule)
        asked = rule.when_customer_gave - {"steps"} if rule else frozenset()
        sentence = _sentence_at(reading, finding.span.start) if asked and finding.span else None
        if sentence is None:
            continue
        quotes = (span.quote for _, span in reversed(reading.customer.given) if not asked.isdisjoint(sorts(span.quote)))
        quote = next((q for q in quotes if not BREAKS_A_SLOT.search(q)), None)
        start, end, _ = sentence.span
        if quote and not any(c.start < end and start < c.end for c in changed):
            return _behind(sentence, lines[0], quote, "need", "They wrote it already")
    return []


def _sentence_at(reading: Reading, at: int) -> Sentence | None:
    return next((s for s in reading.own.sentences if s.span.start <= at < s.span.end), None)


def _words_at(sentence: Sentence, span: Span) -> str:
    """The words a gap is about: the whole sentence if it is short, else the clause of it that was found."""
    text, start = sentence.span.quote, span.start - sentence.span.start
    if len(text) > _SHOWN:
        ends = [0, *(m.end() for m in _CLAUSE_ENDS.finditer(text)), len(text)]
        text = next(text[a:b] for a, b in pairwise(ends) if start < b)
    if len(text) > _SHOWN:
        text = text[:_SHOWN].rsplit(" ", 1)[0] + " ..."
    return re.sub(r"[\"\u201c\u201d]", "'", re.sub(r"\s+", " ", text)).strip(
        " ,;:!?" if text.endswith("...") else " ,;:.!?\u2013\u2014"
    )


def _behind(sentence: Sentence, line: str, quote: str, element: Element, why: str) -> list[Change]:
    """A gap behind a sentence, unless its words would break the gap."""
    end = sentence.span.end
    return [] if BREAKS_A_SLOT.search(quote) else [Change(end, end, " " + line.format(quote=quote), element, why)]
