"""Changes of a draft, and the row of pieces that they make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from empathy_coach.domain import Element
from empathy_coach.rewording.guard import Piece


@dataclass(frozen=True, slots=True)
class Change:
    """Replace ``start`` to ``end`` by ``text``; equal offsets insert, an empty text drops.

    ``moved`` is a part of the draft that is put in place of ``text`` (which then stands around it: before, after).
    ``hollow`` says that what is dropped is nothing but a fault of tone, whatever small words it holds; ``fresh`` that
    the text is new and does not stand for what it replaces ("Dear Policyholder," -> "Dear Adaeze,"); ``small`` that what
    is moved goes on after a comma.
    """

    start: int
    end: int
    text: str = ""
    element: Element = "tone"
    label: str = ""
    moved: tuple[int, int] | None = None
    after: str = ""
    hollow: bool = False
    order: int = field(default=0)
    fresh: bool = False
    small: bool = False

    @property
    def insertion(self) -> bool:
        """Whether it takes nothing away."""
        return self.start == self.end


def pieces(draft: str, changes: Sequence[Change]) -> list[Piece]:
    """The new text as pieces. Changes that overlap an earlier one are left out."""
    chosen = compatible(changes)
    sources = sorted(c.moved for c in chosen if c.moved)
    return _render(draft, 0, len(draft), chosen, sources)


def compatible(changes: Sequence[Change]) -> list[Change]:
    """The changes in order of place, without those that overlap one before them in the list."""
    taken: list[Change] = []
    for change in changes:
        spans = [(c.start, c.end) for c in taken if not c.insertion] + [c.moved for c in taken if c.moved]
        mine = ([(change.start, change.end)] if not change.insertion else []) + ([change.moved] if change.moved else [])
        if any(a < d and c < b for a, b in mine for c, d in spans):
            continue
        if change.insertion and any(a < change.start < b for a, b in spans):
            continue
        taken.append(change)
    return sorted(taken, key=lambda c: (c.start, c.end, c.order))


def _render(
    draft: str, start: int, end: int, changes: Sequence[Change], sources: Sequence[tuple[int, int]]
) -> list[Piece]:
    out: list[Piece] = []
    at = start
    for change in changes:
        at = _keep(draft, at, change.start, out, sources)
        if change.moved:
            if change.text:
                out.append(Piece(change.text))
            first, last = change.moved
            if change.small:
                out.append(Piece(draft[first].lower(), first, first + 1))
                first += 1
            out.append(Piece(draft[first:last], first, last))
            if change.after:
                out.append(Piece(change.after))
        elif change.insertion:
            out.append(Piece(change.text))
        elif change.text and change.hollow:
            out += _capital_only(draft, change)
        elif change.text:
            out.append(Piece(change.text) if change.fresh else Piece(change.text, change.start, change.end))
        at = max(at, change.end)
    _keep(draft, at, end, out, sources)
    return out


def _capital_only(draft: str, change: Change) -> list[Piece]:
    """A part left out, with the next letter made a capital: that letter stands for itself."""
    return [Piece(change.text, change.end - 1, change.end)]


def _keep(draft: str, at: int, to: int, out: list[Piece], sources: Sequence[tuple[int, int]]) -> int:
    """Keep the draft from ``at`` up to ``to``, without what has been moved elsewhere."""
    for first, last in sources:
        if at <= first and last <= to:
            if at < first:
                out.append(Piece(draft[at:first], at, first))
            at = last
    if at < to:
        out.append(Piece(draft[at:to], at, to))
        at = to
    return at


def drop(draft: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Widen what is to go so that no double space and no empty line stays behind; neighbours are joined."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        if joined and not draft[joined[-1][1] : start].strip():
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return [_widen(draft, start, end) for start, end in joined]


def _widen(draft: str, start: int, end: int) -> tuple[int, int]:
    while end < len(draft) and draft[end] in " \t":
        end += 1
    if end < len(draft) and draft[end] != "\n":
        return start, end
    while start > 0 and draft[start - 1] in " \t":
        start -= 1
    if start == 0 or draft[start - 1] == "\n":
        while end < len(draft) and draft[end] in " \t\n":
            end += 1
        if end == len(draft):
            while start > 0 and draft[start - 1] in " \t\n":
                start -= 1
    return start, end
