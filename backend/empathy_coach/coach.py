"""The main path: reading -> rules -> scoring -> rewording -> Report. A pure function, no I/O."""

from __future__ import annotations

from empathy_coach.domain import Conversation, Draft, Report
from empathy_coach.reading.read import read
from empathy_coach.rewording.reword import reword
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.score import score


def coach(conversation: Conversation, draft: Draft, rule_set: RuleSet) -> Report:
    """Judge one draft against its conversation by one rule set, and propose better words."""
    reading = read(conversation, draft, rule_set.lexicon, rule_set.cues)
    findings = apply_rules(reading, rule_set)
    scores, findings = score(reading, findings, rule_set)
    reading = reading._replace(customer=reading.customer._replace(questions=scores.questions))
    findings, rewording = reword(reading, findings, scores, rule_set)
    return Report(
        score=scores.score,
        elements=scores.elements,
        findings=findings,
        customer=reading.customer,
        rewording=rewording,
        rule_set=rule_set.hash,
        strengths=scores.strengths,
        next_step=scores.next_step,
    )
