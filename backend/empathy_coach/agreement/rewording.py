"""How good the rewordings of ``conversations.jsonl`` are: what is kept, left alone, mended, and how long they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from empathy_coach.agreement.data import Row, ask, conversations
from empathy_coach.agreement.detox import swap_figures
from empathy_coach.domain import Report
from empathy_coach.rewording.patch import apply_edits
from empathy_coach.rules.ruleset import RuleSet

_GOOD, _POOR = 80, 70
_FILLED_BY_SLOT = ("need", "action")  # by any slot; of the others only by a slot that is theirs
# A gap for the acknowledgement stands in front, so that the order is right once it is filled.
_OWN_SLOT = {
    "feeling": ("[acknowledge",),
    "order": ("[acknowledge",),
    "rapport": ("[your name]",),
    "tone": ("[in plain words", "[more kindly", "[better without"),
}


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


def rewording_tally(rows: Sequence[Row], rule_set: RuleSet) -> Tally:
    """Reword every draft and count."""
    tally = Tally()
    for row in rows:
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
        own = _OWN_SLOT.get(element)
        filled = (
            states[element] != "missing"
            or (bool(slots) and element in _FILLED_BY_SLOT)
            or any(own is not None and slot.quote.startswith(own) for slot in slots)
        )
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
    """Print the measures with their goals: all rows, then the odd ones and the even ones (numbered from 1)."""
    rows = conversations(directory)
    tallies = [rewording_tally(part, rule_set) for part in (rows, rows[::2], rows[1::2])]
    every = tallies[0]
    print("rewording of conversations.jsonl: goal, all, odd, even")
    _print("facts to keep, kept", "all", [(t.facts - len(t.lost), t.facts) for t in tallies])
    for lost in every.lost[:5]:
        print(f"    lost: {lost}")
    _print("good drafts (80 or more) left alone", "90 %", [(t.good_left, t.good) for t in tallies])
    _print("poor and middling ones (below 70) changed", "95 %", [(t.poor_changed, t.poor) for t in tallies])
    _print("elements labelled missing, then given or slotted", "85 %", [(t.mended, t.missing) for t in tallies])
    _print("elements the coach called missing, likewise", "", [(t.told_mended, t.told_missing) for t in tallies])
    _print("score falls", "0", [(t.fell, len(t.lengths)) for t in tallies])
    _print("a second rewording differs", "0", [(t.restless, len(t.lengths)) for t in tallies])
    lengths = "  ".join(f"{median(t.lengths):.2f}" for t in tallies)
    print(f"  {'length, median ratio to the draft':<50} {'<=1.5':>5}  {lengths}")
    for sentence, times in every.said.most_common(1):
        print(f"  most frequent added sentence (goal: at most 2): {times}x {sentence}")
    print("swaps under stress (paradetox): share passing naive Bayes of the other half, meaning kept")
    for name, figure in swap_figures(directory, rule_set).items():
        print(f"  {name:<24} {figure:.2f}")


def _print(name: str, goal: str, counts: Sequence[tuple[int, int]]) -> None:
    shares = "  ".join(f"{part}/{whole} = {100 * part / max(1, whole):.0f} %" for part, whole in counts)
    print(f"  {name:<50} {goal:>5}  {shares}")
