"""Every example of every rule, tried for real; what went wrong is said as a colleague would say it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from empathy_coach.domain import Conversation, Draft, DraftKind, Finding, Message, Reading
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import apply_rules
from empathy_coach.rules.edits import applied
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.problems import RulesError, shown
from empathy_coach.rules.rule import Example, Rule
from empathy_coach.rules.ruleset import RuleSet, only

_AGENT_BEFORE = Message("agent", "Agent", "Thank you for writing. I am looking at this now.")


def run(rules_dir: Path, team: str | None = None) -> list[str]:
    """Load the rules and try all examples. An empty list means that all is well."""
    try:
        rule_set = load_rule_set(rules_dir, team)
    except RulesError as error:
        return [str(problem) for problem in error.problems]
    return [message for rule in rule_set.rules for message in check_rule(rule, rule_set)]


def check_rule(rule: Rule, rule_set: RuleSet) -> list[str]:
    """What is wrong with the examples of one rule, each with file and line."""
    found: list[str] = []
    for side, name in ((True, "that fires"), (False, "that stays silent")):
        if not any(example.fires == side for example in rule.examples):
            found.append(f"{rule.file}:1: needs an example {name}.")
    alone = only(rule_set, rule)
    for example in rule.examples:
        found += [f"{rule.file}:{example.line}: {m}" for m in check_example(rule, example, rule_set, alone)]
    return found


def check_example(rule: Rule, example: Example, rule_set: RuleSet, alone: RuleSet) -> Iterator[str]:
    """What is wrong with one example. ``alone`` is the rule set with nothing but this rule in it."""
    findings = apply_rules(reading_of(rule, example, rule_set), alone)
    for fault in example_faults(rule, example, findings, rule_set):
        yield f"{fault}: {shown(example.draft)}"


def example_faults(rule: Rule, example: Example, findings: tuple[Finding, ...], rule_set: RuleSet) -> Iterator[str]:
    """What is wrong with one example, given what its rule alone found in it."""
    if not example.fires:
        for finding in findings:
            yield "this silent example fired" + (f" on {shown(finding.span.quote)}" if finding.span else "")
        return
    if not findings:
        yield "this example should fire and did not"
        return
    places = [(f.span.start, f.span.end) for f in findings if f.span]
    for start, end in example.marks:
        if (start, end) not in places:
            got = ", ".join(shown(f.span.quote) for f in findings if f.span)
            yield f"should highlight {shown(example.draft[start:end])}, but highlights {got or 'no words'}"
    if example.becomes is not None:
        yield from _check_click(rule, example, findings, rule_set)


def _check_click(rule: Rule, example: Example, findings: tuple[Finding, ...], rule_set: RuleSet) -> Iterator[str]:
    """The text after the click is the one promised, and brings up no finding that was not there before."""
    text = applied(example.draft, findings[0].suggestions[0])
    if text != example.becomes:
        yield f"the click should give {shown(example.becomes)}, but gives {shown(text)}"
        return
    before = {f.rule for f in apply_rules(reading_of(rule, example, rule_set), rule_set)}
    for finding in apply_rules(reading_of(rule, example, rule_set, text), rule_set):
        if finding.rule == rule.id and len(findings) == 1:
            yield f"the suggestion trips this very rule: {shown(text)}"
        elif finding.rule not in before and finding.span:
            yield f"the suggestion itself trips rule {finding.rule} on {shown(finding.span.quote)}"


def reading_of(rule: Rule, example: Example, rule_set: RuleSet, text: str | None = None) -> Reading:
    """The example as a conversation and a draft of a kind that the rule judges."""
    messages: tuple[Message, ...] = ()
    if example.customer is not None:
        messages = (Message("customer", "Customer", example.customer),)
        if rule.turn == "later":
            messages = (*messages, _AGENT_BEFORE, Message("customer", "Customer", example.customer))
    kind: DraftKind = example.kind or ("reply" if "reply" in rule.drafts else sorted(rule.drafts)[0])
    draft = Draft(example.draft if text is None else text, kind)
    return read(Conversation(messages), draft, rule_set.lexicon, rule_set.cues)
