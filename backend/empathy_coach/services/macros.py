"""A team's canned replies under the coach: what would help most first, with rewordings, and as a safe CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from empathy_coach.coach import coach
from empathy_coach.domain import Draft, Report
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.services.uploads import Sample
from empathy_coach.services.work import Work

MOST = 3_000
#: What makes a spreadsheet compute: in front of a cell, wide forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")


@dataclass(frozen=True, slots=True)
class Checked:
    """One macro. ``after`` is its score once the rewording is taken."""

    sample: Sample
    report: Report
    after: int

    @property
    def gain(self) -> int:
        """What the rewording would win."""
        return self.after - self.report.score


def check(sample: Sample, rule_set: RuleSet) -> Checked:
    """Judge one macro, and its rewording."""
    report = coach(sample.conversation, sample.draft, rule_set)
    after = report.score
    if report.rewording is not None:
        after = max(after, coach(sample.conversation, Draft(report.rewording.text), rule_set).score)
    return Checked(sample, report, after)


@dataclass
class MacroCheck(Work[Checked]):
    """All macros of one upload."""

    results: list[Checked] = field(default_factory=list)

    def add(self, result: Checked) -> None:
        """Keep one."""
        self.results.append(result)

    def ranked(self) -> list[Checked]:
        """Those that something is said about, what would help most first."""
        found = [r for r in self.results if r.report.findings or r.gain > 0]
        return sorted(found, key=lambda r: (-r.gain, -len(r.report.findings), r.report.score))


def as_csv(results: Iterable[Checked]) -> bytes:
    """A table for a spreadsheet, in which no cell is a formula. UTF-8 with a mark, as spreadsheets want it."""
    out = io.StringIO(newline="")
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(["name", "score", "score after", "next step", "why", "reply", "rewording"])
    for r in results:
        said = "; ".join(f.why for f in r.report.findings)
        words = r.report.rewording.text if r.report.rewording else ""
        cells = (r.sample.name, r.report.score, r.after, r.report.next_step or "", said, r.sample.draft.text, words)
        table.writerow([_safe(str(cell)) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def _safe(cell: str) -> str:
    """An apostrophe in front tells a spreadsheet that the rest is text (OWASP, CSV injection)."""
    return "'" + cell if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
