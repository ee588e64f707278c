"""How good the rewordings of ``conversations.jsonl`` are: what is kept, left alone, mended, and how long they are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from empathy_coach.agreement.data import Row, ask, conversations
from empathy_coach.domain import Report
from empathy_coach.rewording.patch import apply_edits
from empathy_coach.rules.ruleset import RuleSet

_GOOD, _POOR = 80, 70
_FILLED_BY_SLOT = ("need", "action")


@dataclass
class Tally:
    """Counts over the set; ``lost`` names what a rewording did not keep."""

    facts: int = 0
    lost: list[str] = field(default_factory=list)
    good: int = 0
    good_left: int = 0
    poor: int = 0
    poor_changed: int = 0
    missing: int = 0
    mended: int = 0
    told_missing: int = 0
    told_mended: int = 0
    fell: int = 0
    restless: int = 0
    lengths: list[float] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)


def rewording_tally(directory: Path, rule_set: RuleSet) -> Tally:
    """Reword every draft of the set and count."""
    tally = Tally()
    for row in conversations(directory):
        before = ask(row, row["draft"], rule_set)
        new = before.rewording
        good, poor = row["overall"] >= _GOOD, row["overall"] < _POOR
        tally.good += good
        tally.good_left += good and new is None
        tally.poor += poor
        tally.poor_changed += poor and new is not None
        text = new.text if new else row["draft"]
        if new is not None and apply_edits(row["draft"], new.edits) != new.text:
            tally.lost.append(f"{row['id']}: the edits do not lead to the text")
        for fact in row["must_keep"]:
            tally.facts += 1
            if _plain(fact) not in _plain(text):
                tally.lost.append(f"{row['id']}: {fact}")
        _mended(row, before, text, rule_set, tally)
        if new is not None:
            tally.lengths.append(len(text) / len(row["draft"]))
            tally.said.update(_added(row["draft"], text))
    return tally


def _mended(row: Row, before: Report, text: str, rule_set: RuleSet, tally: Tally) -> None:
    after = ask(row, text, rule_set) if text != row["draft"] else before
    slots = before.rewording.slots if before.rewording else ()
    tally.fell += after.score < before.score
    tally.restless += text != row["draft"] and after.rewording is not None
    states = {e.element: e.state for e in after.elements}
    for element, state in row["elements"].items():
        filled = states[element] != "missing" or (bool(slots) and element in _FILLED_BY_SLOT)
        if state == "missing":
            tally.missing += 1
            tally.mended += filled
        if next(e.state for e in before.elements if e.element == element) == "missing":
            tally.told_missing += 1
            tally.told_mended += filled


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2019", "'")).lower()


def _added(draft: str, text: str) -> list[str]:
    """Sentences of the rewording that the draft has not, greetings, names and prompts left out."""
    sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+|\n+", text)]
    return [s for s in sentences if len(s.split()) > 3 and s not in draft and "[" not in s]


def print_rewording(directory: Path, rule_set: RuleSet) -> None:
    """Print the measures, each with its goal."""
    t = rewording_tally(directory, rule_set)
    often = [f"{n}x {s}" for s, n in t.said.most_common(3) if n > 2]
    print("rewording of conversations.jsonl")
    kept = t.facts - len(t.lost)
    print(f"  facts to keep, kept                        {kept} of {t.facts} (goal: all) {'; '.join(t.lost[:5])}")
    print(f"  good drafts (80 or more) left alone        {t.good_left} of {t.good} (goal: 90 %)")
    print(f"  poor and middling drafts (below 70) changed {t.poor_changed} of {t.poor} (goal: 95 %)")
    print(f"  elements labelled missing, then given or prompted {t.mended} of {t.missing} (goal: 85 %)")
    print(f"  elements the coach called missing, likewise {t.told_mended} of {t.told_missing}")
    print(f"  score falls: {t.fell}; a second rewording differs: {t.restless} (goal: 0, 0)")
    print(f"  sentences used more than twice             {often or 'none'} (goal: none)")
    print(f"  length, median ratio to the draft          {median(t.lengths):.2f} (goal: at most 1.5)")
