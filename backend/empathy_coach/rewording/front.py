"""The beginning of the draft: greeting and acknowledgement, or the agent's own acknowledgement brought forward."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_coach.domain import Finding, Reading, Sentence, Span
from empathy_coach.rewording import missing
from empathy_coach.rewording.changes import Change, drop
from empathy_coach.rewording.facts import SLOT, facts, names_in
from empathy_coach.rewording.people import introduces
from empathy_coach.rewording.said import FEELS, REGRETS, apologises
from empathy_coach.rules.ruleset import RuleSet

_LEANS = re.compile(
    r"\b(?:this|that|these|those|it|they|above|below|also|again|however|but|though|either|too)\b", re.IGNORECASE
)
_FIRST_THIS = "Say this before the answer"
_POINTS_BACK = re.compile(
    r"\b(?:that|this|it)(?:'s| is| was| isn't| wasn't| must| has)\b|\b(?:that|this|it|these|those)[.!]?$", re.IGNORECASE
)
# What belongs at the end: "So sorry for the loss of your uncle and safe travels."
_WISHES = re.compile(
    r"\b(?:safe (?:travels|journey|trip)|take care|all the best|best wishes|good luck|have an? \w+|enjoy (?:your|the))\b",
    re.IGNORECASE,
)
_SORRY_FOR_THAT = re.compile(
    r"(?<=[\w,]{8}),? (?:and )?(?:i'm |we're )?(?:so )?sorry (?:about|for) (?:that|it|this)[.!]*$", re.IGNORECASE
)
_HEADING = re.compile(r"^(?:re|ref|subject|reference|case|ticket)\b[ :#]", re.IGNORECASE)
_THANKS = re.compile(r"^(?:many )?(?:thanks|thank you)\b[^.!?\n]{0,70}[.!]$", re.IGNORECASE)
# What comes first: an answer ("Yes, there are humans here."), good news, and what somebody must not do, or do at once.
_SAYS_SO = re.compile(
    r"(?:(?:yes|no|nope|yep|of course|sure|neither|both)\b(?! (?:one|body|wonder|longer|more))"
    r"|(?:good|great) news|(?:please )?(?:don['\u2019]t|do not|(?:call|ring) (?:999|112|911))\b(?! hesitate))[^.!?\n]{0,110}[.!]$",
    re.IGNORECASE,
)
_YOURS = re.compile(
    r"^(?:you|your|no wonder|what an?|oh|I(?:['\u2019]ve| have) (?:just |now )?read)\b|^[^.,]{0,60}\b(?:sorry|apolog)",
    re.IGNORECASE,
)


def says_so(sentence: Sentence) -> bool:
    """Whether a sentence is an answer, good news or a warning of its own, which an acknowledgement can follow."""
    return bool(_SAYS_SO.match(sentence.span.quote))


def front_of(
    reading: Reading,
    rule_set: RuleSet,
    wanted: set[str],
    said: str | None,
    note: bool,
    spans: Sequence[tuple[int, int]],
    findings: Sequence[Finding],
) -> list[Change]:
    """Greeting and acknowledgement, or the agent's own acknowledgement brought forward."""
    if note:
        return []
    draft = reading.draft.text
    out: list[Change] = []
    hello: str | None = None
    if "rapport" in wanted:
        hello, changed = missing.greeting(reading, rule_set.phrasing)
        if changed:
            out.append(changed)
    start = len(draft) - len(draft.lstrip())
    chat = (reading.conversation.channel or "") == "chat"
    gap = " " if chat else "\n\n"
    if hello:
        out.append(Change(start, start, hello + gap, "rapport", "Greet them by name", order=1))
        if draft[start : start + 1].islower() and not said:  # a line that began in lower case begins a letter now
            out.append(Change(start, start + 1, draft[start].upper(), "rapport", "Greet them by name"))
    sentences = [s for s in reading.own.sentences if not any(a <= s.span.start and s.span.end <= b for a, b in spans)]
    if not sentences:
        sentences = list(reading.own.sentences)
    while len(sentences) > 1 and _HEADING.match(sentences[0].span.quote):
        sentences.pop(0)
    if said and sentences:
        if (
            len(sentences) > 1
            and (
                (_THANKS.match(sentences[0].span.quote) and not facts(sentences[0].span.quote))
                or introduces(sentences[0])
                or says_so(sentences[0])
                or (SLOT.match(said) and apologises(sentences[0]))
            )
            and sentences[0].paragraph == sentences[1].paragraph
        ):
            sentences.pop(0)
        out += _place(reading, said, sentences[0], hello is not None, spans)
    elif "order" in wanted and len(sentences) > 1:
        out += _bring_forward(reading, sentences, [f.span for f in findings if f.fault and f.span])
    return out


_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[-*\u2022]|\d{1,2}[.)])[ \t]+$")


def _place(
    reading: Reading, said: str, first: Sentence, greeted: bool, spans: Sequence[tuple[int, int]]
) -> list[Change]:
    """Where the acknowledgement stands: its own paragraph, or in the line of a draft that is one line."""
    draft = reading.draft.text
    at = first.span.start
    before = draft[:at]
    for first_gone, last_gone in sorted(spans, reverse=True):  # what is left out in front of it does not count
        if last_gone <= at:
            before = before[:first_gone] + before[last_gone:]
    numbered = re.search(r"(?<![\w.])\d{1,2}[.)][ \t]*$", before)
    if numbered and draft[:at].endswith(numbered.group()):  # in front of "1)", not within it
        at, before = at - len(numbered.group()), before[: numbered.start()]
    inline = bool(before.strip()) and not before.rstrip(" \t").endswith("\n")
    item = _ITEM.search(before)
    if item:  # in front of the list, not into its first item
        line = draft.rindex("\n", 0, at) + 1 if "\n" in draft[:at] else 0
        return [Change(line, line, said + "\n\n", "feeling", "Say first what they have been through", order=2)]
    several = "\n" in draft.strip() or greeted
    if not inline:
        gap = "\n\n" if several and (reading.conversation.channel or "") != "chat" else " "
        return [Change(at, at, said + gap, "feeling", "Say first what they have been through", order=2)]
    changes = []
    comma = before.rstrip().endswith(",")
    if comma:
        said = (
            said
            if re.match(r"I\b|I['\u2019]", said)
            or (not re.match(r"We\b", said) and said.split()[0].strip(",.'\u2019s").lower() in names_in("x " + draft))
            else said[0].lower() + said[1:]
        )
    if draft[at].islower():
        changes.append(Change(at, at + 1, draft[at].upper(), "feeling", "Say first what they have been through"))
    words = Change(at, at, said + " ", "feeling", "Say first what they have been through", order=2, small=comma)
    return [words, *changes]


_DOES = frozenset({"next_step", "promise", "instruction", "refusal", "question"})


def _has_neighbours(reading: Reading, sentence: Sentence) -> bool:
    return sum(s.paragraph == sentence.paragraph for s in reading.own.sentences) > 1


_GOES_ON = re.compile(r"(?:but|however|still|though|that|this|it|so|and|also|yet)\b", re.IGNORECASE)
_SEES = re.compile(
    r"(?:(?:I|we) (?:do |can |really |quite |fully )*(?:understand|see|appreciate|know|realise|realize) (?:that|how|why|what)\b"
    r"|(?:(?:I|we) (?:was|were) )?(?:so |really |very )?sorry (?:for|about|that|to)\b)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:this|these|those|it|its|they|them|he|she|above|below|also|again|either|too)\b", re.IGNORECASE
)


_OF_THE_ABOVE = re.compile(
    r"\b(?:this|these|those) (?:did|was|were|is|are|has|have|happened)\b|\b(?:previous|above|former)\b", re.IGNORECASE
)


def _stands_alone(sentence: Sentence) -> bool:
    """Whether a regret makes sense wherever it stands: "I do understand that the cost is a worry"."""
    text = sentence.span.quote
    return bool(
        (REGRETS.match(text) and not _OF_THE_ABOVE.search(text))
        or (_SEES.match(text) and not _POINTS.search(text))
        or ("apology" in sentence.acts and not _POINTS.search(text) and not _LEANS.search(text))
    )


def _bring_forward(reading: Reading, sentences: Sequence[Sentence], faults: Sequence[Span]) -> list[Change]:
    """The agent's own acknowledgement, moved whole to the front, when it makes sense there."""
    draft = reading.draft.text
    if len(sentences) > 1 and introduces(sentences[0]):
        sentences = sentences[1:]  # who writes comes before what they say of it
    first = sentences[0]
    if _SAYS_SO.match(first.span.quote):
        return []
    for number, sentence in enumerate(sentences):
        if number and sentence.paragraph == first.paragraph and _YOURS.match(first.span.quote):
            return []  # the first words are about the customer already
        if number == 0 or not sentence.acts & {"acknowledgement", "apology"}:
            continue
        regret = _stands_alone(sentence)
        after = sentences[number + 1].span.quote if number + 1 < len(sentences) else ""
        if _GOES_ON.match(after) and sentences[number + 1].paragraph == sentence.paragraph:
            continue  # what follows leans on it
        if sentence.acts & ({"promise", "refusal", "question"} if regret else _DOES):
            continue
        if any(f.start < sentence.span.end and sentence.span.start < f.end for f in faults):
            continue  # a stock phrase gains nothing by standing first
        text = sentence.span.quote
        plain = _SORRY_FOR_THAT.sub("", text.replace("\u2019", "'"))
        if len(text.split()) < 5 or not FEELS.search(text) or _POINTS_BACK.search(plain) or _WISHES.search(text):
            continue
        if (_LEANS.search(text.split(",")[0]) and _LEANS.match(text.split()[0])) or not text[0].isupper():
            continue
        if re.search(r"\b(?:but|though|however)\b[^.]*$", text) and not re.search(r"^I", text):
            continue
        if _has_neighbours(reading, sentence) and not regret:
            continue  # what stands beside it leans on it
        at = first.span.start
        inline = draft[at].islower()  # "Hello Ana, the account ..."
        if inline and not draft[:at].rstrip().endswith(","):
            return []
        own = (sentence.span.start, sentence.span.end)
        [(start, end)] = drop(draft, [own])
        alone = start == 0 or draft[start - 1] == "\n"
        gap = "\n\n" if alone and not inline and "\n" in draft.strip() else " "
        spaces = [Change(a, b, "", "order", _FIRST_THIS) for a, b in ((start, own[0]), (own[1], end)) if a < b]
        if inline:
            spaces.append(Change(at, at + 1, draft[at].upper(), "order", _FIRST_THIS))
        small = draft[:at].rstrip(" \t").endswith(",") and not re.match(r"I\b|I['\u2019]", text)
        return [Change(at, at, "", "order", _FIRST_THIS, moved=own, after=gap, order=3, small=small), *spaces]
    return []
