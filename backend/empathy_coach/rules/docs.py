"""RULES.md: all rules on one page, written from the rules themselves. A test fails when the page is behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from empathy_coach.domain import ELEMENTS
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.ruleset import RuleSet

_HEAD = """# The rules

Written by `coach rules docs` from the files under `packs/`; edit those, not this page.

A rule is one file: `packs/<pack>/<element>/<rule>.yaml`. Three marks in a pattern: `(a|b)` any of these, `(a|b)?` may
be absent, `...` up to four words between. `hint` is an idea, `warn` is worth a second look, `stop` should not go out.
"""


def render(rule_set: RuleSet) -> str:
    """The page as Markdown."""
    rules = sorted(rule_set.rules, key=lambda r: (r.pack != "core", r.pack, ELEMENTS.index(r.element), r.id))
    lines = [_HEAD, *_table(rules)]
    for pack, in_pack in groupby(rules, key=lambda r: r.pack):
        lines += ["", f"## {pack}"]
        for element, in_element in groupby(in_pack, key=lambda r: r.element):
            lines += ["", f"### {pack}: {element}"]
            for rule in in_element:
                lines += ["", *_entry(rule)]
    return "\n".join(lines) + "\n"


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    """How many rules there are, by pack and element."""
    count: dict[str, dict[str, int]] = {}
    for rule in rules:
        row = count.setdefault(rule.pack, dict.fromkeys(ELEMENTS, 0))
        row[rule.element] += 1
    yield f"| pack | {' | '.join(ELEMENTS)} | all |"
    yield "|---|" + "---:|" * (len(ELEMENTS) + 1)
    for pack, row in count.items():
        yield f"| {pack} | {' | '.join(str(n or '') for n in row.values())} | {sum(row.values())} |"


def _entry(rule: Rule) -> Iterator[str]:
    about = ", ".join(filter(None, (rule.severity, f"weight {rule.weight}", rule.fault)))
    if rule.drafts != {"reply"}:
        about += f", in {', '.join(sorted(rule.drafts))}"
    yield f"**{rule.title}** (`{rule.id}`; {about})  "
    yield " ".join(rule.why.split()) + "  "
    fires = next((e for e in rule.examples if e.fires), None)
    silent = next((e for e in rule.examples if not e.fires), None)
    if fires:
        yield f"Fires: {_quoted(fires.draft)}" + (f" Becomes: {_quoted(fires.becomes)}" if fires.becomes else "") + "  "
    if silent:
        yield f"Silent: {_quoted(silent.draft)}  "
    yield f"Source: {rule.source}"


def _quoted(text: str) -> str:
    short = " ".join(text.split())
    return f"“{short}”" if len(short) <= 160 else f"“{short[:157]}...”"
