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
`coach rules test` runs every example; `coach rules lint SAMPLE` tells of rules that never fire on sample conversations
and of rules that say the same.

| key | what it says |
|---|---|
| `title`, `why`, `source`, `element`, `fault`, `severity`, `weight` | what the rule is about, and how much it counts (1 to 5) |
| `find`, `unless` | words that should not stand there; not where a match of `unless` overlaps |
| `unless_sentence_says`, `unless_draft_says`, `when_draft_says` | other words in the same sentence, or anywhere in the draft |
| `unless_it_says_when` | `true`: not where the sentence names a day or a time |
| `starts_sentence`, `whole_sentence` | `true`: only as the first words of a sentence, or as all of it |
| `also_in` | `greeting`, `sign_off`: look there too |
| `more_than` | fine so many times, told after that |
| `shape` | `abbreviations`, `capitals`, `exclamation-marks`, `question-marks` |
| `expect`, `expect_act`, `expect_in` | words, or an act such as `apology`, that should be there and are not; `opening` or `ending` |
| `drafts`, `turn` | `reply`, `note`, `escalation`; `first` or `later` reply |
| `when_customer_shows`, `unless_customer_shows` | signals of the customer, such as `anger` |
| `when_customer_says`, `unless_customer_says`, `unless_customer_said_it` | words of the customer; `true`: not when they used the very words |
| `when_customer_gave` | facts the customer has given, such as `email` |
| `replace_with`, `advise` | the one-click form, or an idea that is never pasted |
| `examples` | `fires` and `silent`; `<<...>>` marks what is highlighted, `becomes` is the text after the click |
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
