"""The end of the draft: prompts for what is still open, the next step, and the name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_coach.domain import Reading, Sentence
from empathy_coach.rewording import missing
from empathy_coach.rewording.changes import Change
from empathy_coach.rewording.facts import SLOT
from empathy_coach.rewording.voice import Voice
from empathy_coach.rules.ruleset import RuleSet

_CLOSING = re.compile(
    r"^(?:[^.!?\n]{3,40},|(?:have an?|safe|happy|enjoy|(?:i |we )?(?:hope|wish)|all the best|good luck|take care|see you"
    r"|thanks?|thank you|many thanks|is there anything else|anything else|glad|congratulations|please (?:don't|do not) hesitate)"
    r"\b[^\n]{0,90}[!.,?]?)$",
    re.IGNORECASE,
)
_TITLE_LINE = re.compile(r"^(?:(?:[A-Z\u00c0-\u00dd][\w&'\u2019.-]*|of|and|the|&) ?){1,5}$")
_FACE = re.compile(r"\s*(?:[:;]-?[()DP]|[\u2600-\u27bf\U0001F300-\U0001FAFF]\ufe0f?)+$")


def _signs(reading: Reading, last: Sentence) -> bool:
    """Whether the last line is a name that the reading took for a sentence: "School Office"."""
    draft, name = reading.draft.text, last.span.quote.strip()
    alone = draft[: last.span.start].endswith("\n") or (
        draft.rstrip().endswith(name) and " " in name and name[-1] not in ".!?"
    )
    return alone and bool(_TITLE_LINE.match(name))


def _end_of_body(reading: Reading, away: Sequence[tuple[int, int]] = ()) -> int:
    """Where the last thing of substance ends: before closing words and the name, after a code block or a list."""
    draft = reading.draft.text
    limit = reading.own.sign_off.start if reading.own.sign_off else len(draft)
    quoted = [s.span.start for s in reading.own.skipped if s.kind in {"quote", "signature"}]
    sentences = [s for s in reading.own.sentences if (s.span.start, s.span.end) not in away] or [*reading.own.sentences]
    while len(sentences) > 1 and (
        _CLOSING.match(sentences[-1].span.quote.strip())
        or _signs(reading, sentences[-1])
        or _FACE.fullmatch(sentences[-1].span.quote)
    ):
        limit = min(limit, sentences.pop().span.start)
    ends = [s.span.end for s in sentences] + [
        s.span.end for s in reading.own.skipped if s.kind == "code" and s.span.end <= limit
    ]
    at = max((e for e in ends if e <= limit), default=min([limit, *quoted]))
    face = _FACE.match(draft[at:limit].rstrip())
    return at + face.end() if face else at


def _goes_on(draft: str, at: int, away: Sequence[tuple[int, int]]) -> bool:
    """Whether words that stay follow in the same line."""
    while at < len(draft) and draft[at] != "\n":
        gone = next((b for a, b in away if a <= at < b), None)
        if gone is None and not draft[at].isspace():
            return True
        at = gone if gone is not None else at + 1
    return False


def end_of(
    reading: Reading,
    rule_set: RuleSet,
    wanted: set[str],
    note: bool,
    voice: Voice,
    away: Sequence[tuple[int, int]],
) -> list[Change]:
    """Prompts for what is still open, and the name. ``away`` is what stands there no longer."""
    draft = reading.draft.text
    out: list[Change] = []
    lines: list[str] = []
    prompted = bool(SLOT.search(draft))  # first the agent fills in what is there
    if "need" in wanted and not prompted:
        lines += missing.answer_prompts(reading, rule_set.phrasing, note, rule_set.lexicon)
    labels = ["need"] * len(lines)
    if "action" in wanted and not prompted and not lines:
        step = missing.next_step(reading, rule_set.phrasing, note, voice)
        if step:
            lines.append(step)
            labels.append("action")
    at = _end_of_body(reading, away)
    while at < len(draft) and draft[at] in ")\"'\u201d\u2019`*_":
        at += 1
    chat = (reading.conversation.channel or "") == "chat"
    if note:
        at = len(draft.rstrip())
    split = not note and _goes_on(draft, at, away)  # closing words go on in the same line
    for number, (line, element) in enumerate(zip(lines, labels, strict=True)):
        gap = "\n" if chat else "\n\n" if number == 0 or element == "action" else "\n"
        label = "Answer what they asked" if element == "need" else "Say what happens next"
        after = gap.ljust(2, "\n")[: 1 if chat else 2] if split and number == len(lines) - 1 else ""
        out.append(
            Change(at, at, gap + line + after, "need" if element == "need" else "action", label, order=5 + number)
        )
        if after:
            space = len(draft) - at - len(draft[at:].lstrip(" "))
            out.append(Change(at, at + space, "", "need", label))
    sign = missing.sign_off(reading) if "rapport" in wanted and not note else None
    if sign and (reading.conversation.channel or "") != "chat":
        out.append(sign)
    return out
