"""What changes between two states of a team's choices, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from empathy_coach.rules.overlay import Choices, OwnRule, Stage
from empathy_coach.rules.team_life import as_lines, in_words


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a release changed. ``before`` and ``after`` are empty where there was, or is, nothing."""

    subject: str
    what: str
    before: str = ""
    after: str = ""


def differences(before: Choices, after: Choices) -> list[Difference]:
    """What changes from one state of a team's choices to the next, by rule."""
    return [*_tunings(before, after), *_own(before.rules, after.rules), *_life(before, after)]


def _tunings(before: Choices, after: Choices) -> Iterator[Difference]:
    for rule_id in sorted(after.off - before.off):
        yield Difference(rule_id, "switched off")
    for rule_id in sorted(before.off - after.off):
        yield Difference(rule_id, "switched on again")
    pairs: Sequence[tuple[str, dict[str, object], dict[str, object]]] = (
        ("counts", dict(before.weights), dict(after.weights)),
        ("severity", dict(before.severities), dict(after.severities)),
    )
    for what, old, new in pairs:
        for rule_id in sorted(old.keys() | new.keys()):
            if old.get(rule_id) != new.get(rule_id):
                was, now = (str(side.get(rule_id, "as in the pack")) for side in (old, new))
                yield Difference(rule_id, f"{what}: {was} → {now}")


def _own(before: Mapping[str, OwnRule], after: Mapping[str, OwnRule]) -> Iterator[Difference]:
    for name in sorted(before.keys() | after.keys()):
        old = before.get(name)
        new = after.get(name)
        if old is None and new is not None:
            yield Difference(name, f"new, for {AUDIENCE[new.stage]}", "", new.text)
        elif new is None and old is not None:
            yield Difference(name, "taken back", old.text, "")
        elif old is not None and new is not None:
            if old.text != new.text:
                yield Difference(name, "changed", old.text, new.text)
            if old.stage != new.stage:
                yield Difference(name, f"{AUDIENCE[old.stage]} → {AUDIENCE[new.stage]}")


def _life(before: Choices, after: Choices) -> Iterator[Difference]:
    for name in sorted(before.models.keys() | after.models.keys()):
        old, new = (
            "\n".join(as_lines({name: side.models[name]}, None)) if name in side.models else ""
            for side in (before, after)
        )
        if old != new:
            what = "changed" if old and new else "new" if new else "taken back"
            yield Difference(name, f"model reply, {what}", old, new)
    if before.rhythm != after.rhythm:
        yield Difference("practice", f"{in_words(before.rhythm)} → {in_words(after.rhythm)}")


AUDIENCE: dict[Stage, str] = {
    "shadow": "nobody yet (shadow)",
    "pilot": "the pilot group",
    "everyone": "everyone",
}
"""How each stage is called on the page."""
