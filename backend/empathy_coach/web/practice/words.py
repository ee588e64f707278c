"""What the templates need besides data: words for marks and elements, the picture of a curve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from empathy_coach.domain import ELEMENTS, ElementScore, Report
from empathy_coach.practice.scenario import End, Mark

MARK_WORDS: Mapping[Mark, tuple[str, str]] = {
    "feels": ("Feels", "what this is like for them"),
    "needs": ("Needs", "what would help"),
    "asks": ("Asks", "what wants an answer"),
    "told": ("Told us", "what nobody should ask again"),
    "between": ("Between the lines", "what is not said, and matters"),
}
END_WORDS: Mapping[End, str] = {
    "thanks": "went with thanks.",
    "settles": "accepted it, without warmth.",
    "escalates": "asked for somebody else.",
    "leaves": "gave up and left.",
}
STATE_WORDS = {"given": "given", "missing": "missing", "not_needed": "not needed here"}
_WELL, _FAIRLY = 2 / 3, 1 / 3  # of what could go well: when an exercise comes round again
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 230, 16, 14, 30


def helpers() -> dict[str, Any]:
    """Names for the templates."""
    return {
        "mark_words": MARK_WORDS,
        "end_words": END_WORDS,
        "state_words": STATE_WORDS,
        "element_rows": element_rows,
        "curve": curve,
        "result": result,
    }


def plain_lines(text: str) -> str:
    """A form's text with plain line ends, as the exercises have them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def element_rows(before: Report, after: Report | None = None) -> list[tuple[ElementScore, ElementScore | None]]:
    """The six elements of one report, beside those of another."""
    later = {e.element: e for e in after.elements} if after else {}
    found = {e.element: e for e in before.elements}
    return [(found[name], later.get(name)) for name in ELEMENTS]


def result(
    exercise: str, title: str, share: float, misses: Iterable[str] = (), reports: Iterable[Report] = ()
) -> dict[str, Any]:
    """How an exercise went, for the agent's own browser to keep. ``share`` is 0..1 of what could go well.

    ``elements`` maps an element to [given, needed] over the replies that were written.
    """
    counts: dict[str, list[int]] = {}
    missed = list(misses)
    for report in reports:
        missed += [element.element for element in report.elements if element.state == "missing"]
        for element in report.elements:
            if element.state != "not_needed":
                given, needed = counts.get(element.element, [0, 0])
                counts[element.element] = [given + (element.state == "given"), needed + 1]
    good, ok = share >= _WELL, share >= _FAIRLY
    return {"exercise": exercise, "title": title, "good": good, "ok": ok, "misses": missed, "elements": counts}


def curve(values: Sequence[float]) -> dict[str, Any]:
    """Where the points of a temper curve lie in a picture of ``width`` by ``height``, and its path."""
    span = _WIDTH - 2 * _LEFT - 24
    points = [
        (
            round(_LEFT + 12 + span * n / max(1, len(values) - 1), 1),
            round(_TOP + (100 - value) / 100 * (_HEIGHT - _TOP - _BOTTOM), 1),
        )
        for n, value in enumerate(values)
    ]
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "floor": _HEIGHT - _BOTTOM,
        "top": _TOP,
        "left": _LEFT,
        "points": points,
        "path": "M" + " L".join(f"{x} {y}" for x, y in points),
    }
