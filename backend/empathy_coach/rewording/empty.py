"""Sentences, and parts of them, that say nothing: marked by a rule of ``phrasing.yaml``'s ``empty``, free of facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from empathy_coach.domain import Cue, Finding, Reading, Sentence
from empathy_coach.rewording.facts import facts
from empathy_coach.rewording.formulas import HOLLOW_ALONE
from empathy_coach.rewording.guard import names_of
from empathy_coach.rewording.sets import word_set
from empathy_coach.scoring.features import stems

SOFT = frozenset({"negation", "condition", "modal"})
# Where one part of a sentence ends and the next, which could stand alone, begins.
_JOINT = re.compile(
    r"(?:,|;|:| -| \u2013| ?\u2014)\s+(?:(?:and|but|so|as|because|yet|or)\s+)?(?=\S)"
    r"|(?<! you)(?<! him)(?<! her)(?<! them)\s+(?:and|but|so|because|as)\s+"  # not "sorry that you and your partner"
    r"(?=(?:i|i'm|i've|i'll|we|we're|we've|we'll|you|you're|it|it's|they|there|there's"
    r"|please|your|our|that|that's|this|he|she|calm|rest)\b)"
    r"|\s+(?:once|before|after|if) (?=they have taken\b)",
    re.IGNORECASE,
)
# A part that begins so leans on another one; it can neither stay nor be left alone.
_LEANS = re.compile(
    r"^(?:if|when|as|because|although|though|while|whilst|to|in order|for|with|due|after|before|once|since|unless|until"
    r"|should|which|who|that|where|whether|by|upon|on|in|at|from|of|and|or|but|so|having|being|given|where)\b",
    re.IGNORECASE,
)
# "(We would like to assure you ... and) that we treat all cases with care"
_HANGS = re.compile(r"that (?:i|we|you|he|she|they|it|the|our|your|all|every|no|this|there|any)\b", re.IGNORECASE)
_LEAST = 0.2  # of a sentence that marks must cover before it goes whole
_SAYS = 3  # words that carry meaning, besides the marked ones: a part with more says something
_POINTS_BACK = re.compile(r"(?:we|i) (?:\w+ ){1,3}(?:it|that|this|them)[.!]*$", re.IGNORECASE)
# "(I am so sorry,) I really am, I feel dreadful."
_ECHOES = re.compile(
    r"(?:we|i|it)(?: \w+ly)? (?:am|are|is|do|does|did|was|were|have|has)(?: too)?(?:[,.;!]|$)", re.IGNORECASE
)
_STANDING = 3  # words of what can stand alone
_FEW = 8  # words; shorter sentences go with any mark
_STANDS = word_set(
    """
    i i'm i've i'll we we're we've we'll you you're you'll it it's they there there's please your our the this these
    that that's he she his her my a an no all both nothing nobody
    """
)
# Blame that tells what is missing is said without the blame, not left out; see shapes.
_FORGOT = re.compile(
    r"\b(?:failed|forgot|neglected|omitted|moaning|whinging|whining|ranting|banging on|kicking off|claims|alleg\w+)\b",
    re.IGNORECASE,
)
# "I've chased the courier, so fingers crossed": what is done, or will be, is said, however little it is.
_DOES = re.compile(
    r"\b(?:I|we)(?:['\u2019](?:ve|ll)| have| will) (?:just |now |already |also )?(?!been|be\b|always|not|never|noted|received|understood|every"
    r"|do\b|had|get|strive|work|try|endeavour|continue|apologi|happily)[a-z]{3,}",
    re.IGNORECASE,
)
# What else they can do is said, whatever stands beside it: "You could also choose home delivery next time."
_OFFERS = re.compile(
    r"\byou (?:could|can|may|might) (?:also |always |instead )?(?:choose|use|try|ask|get|book|order|switch|opt|pick|send|bring|apply)\b",
    re.IGNORECASE,
)
# What a part informs of; a fault in it is then no reason to leave it out.
_SUBSTANCE = frozenset({"done", "instruction", "refusal", "when", "will_do", "question"})


def empty_words(
    reading: Reading, findings: Sequence[Finding], empty: frozenset[str]
) -> tuple[list[tuple[int, int]], list[tuple[int, int, str]]]:
    """Whole sentences that may go, and parts of sentences (start, end, the capital that the next word then wants)."""
    marks = [f.span for f in findings if f.span is not None and f.rule in empty and not _FORGOT.search(f.span.quote)]
    whole: list[tuple[int, int]] = []
    parts: list[tuple[int, int, str]] = []
    if not marks:
        return whole, parts
    names = names_of(reading.draft.text, reading.conversation)
    for sentence in reading.own.sentences:
        at, end, text = sentence.span
        mine = tuple([(max(m.start, at) - at, min(m.end, end) - at) for m in marks if m.start < end and at < m.end])
        if not mine:
            continue
        gone = _gone(text, sentence.cues, mine, names)
        if gone is None:
            continue
        if gone == (0, end - at):
            whole.append((at, end))
        else:
            parts.append(_cut(sentence, gone))
    return whole, parts


@lru_cache(maxsize=4096)  # most sentences of one draft are those of the draft before
def _gone(
    written: str, cues: tuple[Cue, ...], marks: tuple[tuple[int, int], ...], names: frozenset[str]
) -> tuple[int, int] | None:
    """What of a sentence may go: all of it, its beginning, or its end."""
    text = written.replace("\u2019", "'")
    cuts = [(c, d) for c, d in _joints(text) if not any(a < c and d < b for a, b in marks)]
    bounds = [0, *(at for cut in cuts for at in cut), len(text)]
    rows = list(zip(bounds[::2], bounds[1::2], strict=True))
    if any(f.kind == "quote" for f in facts(text, names)) and cuts:
        return None
    covered = sum(b - a for a, b in marks) / len(text)
    free = [_says_nothing(written, cues, row, marks, names) for row in rows]
    if all(free):
        return (0, len(text)) if covered >= _LEAST or len(text.split()) <= _FEW else None
    free = [f and (len(text[a:b].split()) > 2 or _meets(marks, a, b)) for f, (a, b) in zip(free, rows, strict=True)]
    if free[-1]:
        first = len(free) - next(i for i, f in enumerate(reversed(free)) if not f)
        kept = text[rows[0][0] : rows[first - 1][1]]
        lead = any(not _LEANS.match(text[a:b]) for a, b in rows[:first])
        if lead and not _LEANS.match(kept):
            return cuts[first - 1][0], len(text)
    if free[0]:
        first = next(i for i, f in enumerate(free) if not f)
        rest = text[rows[first][0] :]
        word = rest.split()[0].lower() if rest.split() else ""
        # "I'm sorry for the inconvenience, Kath." would leave a name, "Thank you for your loyalty, we value it." an "it".
        if len(rest.split()) < _STANDING or _POINTS_BACK.match(rest) or _ECHOES.match(rest):
            return None
        if (word in _STANDS or rest[:1].isupper() or text[:3].lower() == "as ") and not _HANGS.match(rest):
            return 0, rows[first][0]
    return None


def _joints(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in _JOINT.finditer(text))


def _meets(marks: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in marks)


def _says_nothing(
    written: str, cues: Sequence[Cue], row: tuple[int, int], marks: Sequence[tuple[int, int]], names: frozenset[str]
) -> bool:
    start, end = row
    text = written[start:end]
    marked = [(a, b) for a, b in marks if a < end and start < b]
    if any(f.kind not in SOFT for f in facts(text, names)) or _OFFERS.search(text):
        return False
    if not marked:
        plain = text.strip().replace("\u2019", "'")
        return (len(plain.split()) <= 2 and not plain.endswith("?")) or bool(HOLLOW_ALONE.match(plain.rstrip(",; ")))
    around = " ".join(written[a:b] for a, b in _outside(row, marked))
    if len(stems(around)) > _SAYS or _DOES.search(around):
        return False
    return not any(
        c.name in _SUBSTANCE and start <= c.start < end and not any(a < c.end and c.start < b for a, b in marked)
        for c in cues
    )


def _outside(row: tuple[int, int], marked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of a part no mark covers."""
    start, end = row
    out = []
    for a, b in sorted(marked):
        if a > start:
            out.append((start, a))
        start = max(start, b)
    return [*out, (start, end)] if start < end else out


def _cut(sentence: Sentence, gone: tuple[int, int]) -> tuple[int, int, str]:
    """A part left out: at the end the stop stays, at the beginning the next word becomes the first."""
    text = sentence.span.quote
    start, end = gone
    if start == 0:
        return sentence.span.start, sentence.span.start + end + 1, text[end].upper()
    tail = re.search(r"[.!?\u2026]+[\"'\u201d\u2019)]*\s*$", text)
    stop = tail.start() if tail else len(text)
    return sentence.span.start + start, sentence.span.start + stop, ""
