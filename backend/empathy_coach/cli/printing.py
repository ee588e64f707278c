"""Prints a report as a good linter does: where, what, why, what else could stand there."""

from __future__ import annotations

import difflib
import textwrap
import unicodedata
from collections.abc import Iterator

import click

from empathy_coach.domain import ElementScore, Finding, Report, Severity, Span

WIDTH = 100
_SHAPES = {"given": "●", "missing": "○", "not_needed": "–"}  # a dash is what "not needed" looks like
_COLOURS: dict[Severity, str] = {"hint": "cyan", "warn": "yellow", "stop": "magenta"}


def lines(report: Report, draft: str, name: str) -> Iterator[str]:
    """The report on ``draft``, called ``name``, as lines with colour codes."""
    for finding in report.findings:
        yield from _finding(finding, draft, name)
    if report.strengths:
        yield _heading("What works")
        for strength in report.strengths:
            yield f"  {strength.text}"
            yield click.style(f"    {_quoted(strength.span.quote)}", dim=True)
        yield ""
    yield _heading("The six elements")
    for element in report.elements:
        yield from _element(element)
    if report.next_step:
        yield ""
        yield _heading("Next step")
        yield from _wrapped(report.next_step, "  ")
    if report.rewording:
        yield ""
        yield _heading("In other words")
        yield from _difference(draft, report.rewording.text)
    yield ""
    yield click.style(f"{report.score} of 100, by rule set {report.rule_set}", dim=True)


def _heading(text: str) -> str:
    return click.style(text, bold=True)


def _finding(finding: Finding, draft: str, name: str) -> Iterator[str]:
    at, marked = _where(finding, len(draft))
    line, column = draft.count("\n", 0, at) + 1, at - (draft.rfind("\n", 0, at) + 1) + 1
    severity = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
    fault = f" ({finding.fault.replace('_', ' ')})" if finding.fault else ""
    yield f"{name}:{line}:{column}: {severity} {finding.rule}{fault}"
    yield from _source_line(draft, at, marked)
    yield from _wrapped(finding.why, "    ")
    for suggestion in finding.suggestions:
        new = [edit.text for edit in suggestion.edits if edit.text.strip() not in suggestion.label]
        yield from _wrapped(": ".join(filter(None, [suggestion.label, "; ".join(map(_quoted, new))])), "    -> ")
    yield ""


def _where(finding: Finding, length: int) -> tuple[int, Span | None]:
    if finding.span:
        return finding.span.start, finding.span
    place = finding.place
    if place and place.before:
        return place.before.start, None
    return (length if place and place.at == "end" else 0), None


def _source_line(draft: str, at: int, span: Span | None) -> Iterator[str]:
    """The line of the draft that holds ``at``, and carets under ``span``, or one where something is missing."""
    start = draft.rfind("\n", 0, at) + 1
    end = draft.find("\n", start)
    line = draft[start : end if end >= 0 else len(draft)]
    first = at - start
    last = min(span.end - start, len(line)) if span else first
    line, first, last = _window(line, first, last)
    carets = "^" * max(1, columns(line[first:last]))
    shown = line.expandtabs(1)
    yield f"    {''.join(c if c.isprintable() else ' ' for c in shown)}"
    yield "    " + " " * columns(line[:first]) + click.style(carets, fg="yellow")


def _window(line: str, first: int, last: int) -> tuple[str, int, int]:
    """Cut a long line down to the part around its marked words."""
    room = WIDTH - 4
    if len(line) <= room:
        return line, first, last
    left = max(0, min(first - room // 4, len(line) - room))
    cut = line[left : left + room]
    if left:
        cut = "…" + cut[1:]
    if left + room < len(line):
        cut = cut[:-1] + "…"
    return cut, first - left, min(last - left, room)


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` fills."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _element(element: ElementScore) -> Iterator[str]:
    state = element.state.replace("_", " ")
    head = f"  {_SHAPES[element.state]} {element.element:<8} {state:<11} "
    yield from textwrap.wrap(element.why or "", WIDTH, initial_indent=head, subsequent_indent=" " * len(head)) or [
        head.rstrip()
    ]


def _difference(before: str, after: str) -> Iterator[str]:
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        if line.startswith("- "):
            yield click.style(f"  {line}", dim=True)
        elif line.startswith("+ "):
            yield click.style(f"  {line}", fg="green")
        elif line.startswith("  "):
            yield f"  {line}".rstrip()


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))


def _quoted(text: str) -> str:
    return "“" + " ".join(text.split()) + "”"
