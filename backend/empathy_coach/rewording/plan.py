"""What to change: mend, leave out, acknowledge, answer, say what happens next, greet and sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from empathy_coach.domain import Finding, Reading, Scores, Sentence, Span
from empathy_coach.rewording import missing, shapes, swaps
from empathy_coach.rewording.acknowledge import acknowledgements
from empathy_coach.rewording.changes import Change, drop
from empathy_coach.rewording.empty import empty_words
from empathy_coach.rewording.facts import SLOT, facts, names_in
from empathy_coach.rewording.notes import feeling_word, telling_sentence
from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.voice import Voice, voice_of
from empathy_coach.rules.ruleset import RuleSet

_SORRY = re.compile(r"\b(?:sorry|apologi[sz]e|apologies)\b", re.IGNORECASE)
_FEELS = re.compile(
    r"\b(?:sorry|apolog\w+|understand|can see|appreciate|must|know|no wonder|awful|horrible|miserable|frustrating"
    r"|upsetting|annoying|makes sense|far too|too long|shouldn't|should not|deserv\w+|good enough|fair"
    r"|right|hard|difficult|disappoint\w+|worr\w+|stress\w+)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:this|that|these|those|it|they|above|below|also|again|however|but|though|either|too)\b", re.IGNORECASE
)


_CALM = 0.3  # below this a customer is not upset
_WELL = 65  # a score from which a missing name alone is no reason to touch a draft
_FIRST_THIS = "Say this before the answer"
# Words of feeling: an acknowledgement in words of one's own ("I felt sick reading about the crack").
_MOVED = re.compile(
    r"\b(?:felt sick|awful|horrible|rotten|dreadful|miserable|heartbreaking|no wonder|makes it worse|must have been"
    r"|rough|grim|"
    r"humiliating|upsetting|a real blow|ashamed)\b",
    re.IGNORECASE,
)
# A note that says how it is for the customer.
_TOLD_HOW = re.compile(
    r"\b(?:upset|embarrassed|worried|anxious|angry|frightened|scared|frustrated|distressed|in tears|terrified"
    r"|desperate)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:that|this|it)(?:'s| is| was| isn't| wasn't| must| has)\b|\b(?:that|this|it|these|those)[.!]?$", re.IGNORECASE
)
_HEADING = re.compile(r"^(?:re|ref|subject|reference|case|ticket)\b[ :#]", re.IGNORECASE)
_THANKS = re.compile(r"^(?:many )?(?:thanks|thank you)\b[^.!?\n]{0,70}[.!]$", re.IGNORECASE)
_YOURS = re.compile(r"^(?:you|your|no wonder|what an?|oh)\b|^[^.,]{0,60}\b(?:sorry|apolog)", re.IGNORECASE)
_CLOSING = re.compile(
    r"^(?:[^.!?\n]{3,40},|(?:have an?|safe|happy|enjoy|(?:i |we )?(?:hope|wish)|all the best|good luck|take care|see you"
    r"|thanks?|thank you|many thanks|is there anything else|anything else|glad|congratulations|please (?:don't|do not) hesitate)"
    r"\b[^\n]{0,90}[!.,?]?)$",
    re.IGNORECASE,
)
_TITLE_LINE = re.compile(r"^(?:(?:[A-Z\u00c0-\u00dd][\w&'\u2019.-]*|of|and|the|&) ?){1,5}$")
_FACES = re.compile(r"[ \t]*(?:[:;]-?[()DP](?!\w)|[\u2600-\u27bf\U0001F300-\U0001FAFF]\ufe0f?)+(?=\s|$)")
_FACE = re.compile(r"\s*(?:[:;]-?[()DP]|[\u2600-\u27bf\U0001F300-\U0001FAFF]\ufe0f?)+$")


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes, the parts of the draft that are nothing but a fault of tone, and the acknowledgements to choose from."""

    changes: tuple[Change, ...] = ()
    hollow: tuple[tuple[int, int], ...] = ()
    said: tuple[str, ...] = ()


def plan(reading: Reading, findings: Sequence[Finding], scores: Scores, rule_set: RuleSet) -> Plan:
    """Plan the changes for what is missing; empty when nothing can honestly be done."""
    note = inner(reading)
    voice = voice_of(reading.draft.text)
    wanted: set[str] = {e.element for e in scores.elements if e.state == "missing"}
    changes: list[Change] = []
    gone: list[tuple[int, int]] = []
    if wanted == {"rapport"} and scores.score >= _WELL:
        return Plan()  # a good draft is left alone; the finding still says what is missing
    if "tone" in wanted or "feeling" in wanted:
        upset = reading.customer.upset >= 0.35
        gone += swaps.hollow_sentences(reading, findings, upset)
        nothing, clauses = empty_words(reading, findings, rule_set.phrasing.empty)
        gone += nothing
        changes += [Change(a, b, new, "tone", "Leave out what says nothing", hollow=True) for a, b, new in clauses]
    said = None
    others: list[str] = []
    if "feeling" in wanted and not note and not _acknowledged(reading, gone, scores) and not _opens(reading, gone):
        gone += swaps.vague_sentences(reading)
        kept_sorry = any(
            _SORRY.search(s.span.quote) for s in reading.own.sentences if (s.span.start, s.span.end) not in gone
        )
        others = acknowledgements(reading, rule_set.phrasing, voice, sorry=not kept_sorry)
        said = others.pop(0) if others else None
    changes += swaps.coarse_words(reading)
    if "tone" in wanted:
        changes += [
            Change(a, b, "", "tone", "One apology is enough", hollow=True) for a, b in swaps.hanging_apologies(reading)
        ]
        gone += swaps.more_apologies(reading, said is not None and bool(_SORRY.search(said)))
        faulty = [f for f in findings if f.element == "tone" or f.fault]
        changes += swaps.rule_swaps(reading.draft.text, faulty)
        changes += shapes.mends(reading, faulty)
        changes += [
            Change(a, b, "", "tone", "Leave out the pet name", hollow=True)
            for a, b in swaps.pet_names(reading, findings)
        ]
        changes += shapes.requests(reading) if not note else []
        parts = swaps.hollow_parts(reading, faulty, reading.customer.upset >= 0.35)
        changes += [Change(a, b, new, "tone", "Leave out what says nothing", hollow=True) for a, b, new in parts]
        close = swaps.sorry_close(reading) or (
            swaps.cheerful_close(reading) if reading.customer.upset >= 0.35 else None
        )
        if close:
            changes.append(close)
    if "feeling" in wanted and said is None and reading.customer.upset >= _CALM:
        kept = {(s.span.start, s.span.end) for s in reading.own.sentences if s.acts & {"acknowledgement", "apology"}}
        kept |= set(swaps.vague_sentences(reading))
        gone = [] if "tone" not in wanted else [g for g in gone if g not in kept]  # a formula is better than silence
    timed = swaps.vague_times(reading) if wanted & {"action", "tone"} and not SLOT.search(reading.draft.text) else []
    changes += timed
    gone = _leave_something(reading, sorted(set(gone)))
    changes, gone = _emptied(reading, changes, gone)
    spans = drop(reading.draft.text, [(a, _past_face(reading.draft.text, b)) for a, b in gone])
    changes += [Change(a, b, "", "tone", "Leave out what says nothing", hollow=True) for a, b in spans]
    changes = [c for c in changes if not any(a <= c.start and c.end <= b and not c.hollow for a, b in spans)]
    changes += _after_comma(reading, spans) if said is None else []
    if "tone" in wanted and not note:
        changes += missing.plain_words(reading, findings, changes, rule_set.phrasing)
    front = _front(reading, rule_set, wanted, said, note, spans, findings)
    opens = {c.start for c in front if c.element == "feeling" and c.insertion}
    # The first words after an acknowledgement begin a sentence now.
    changes = [replace(c, text=c.text[0].upper() + c.text[1:]) if c.start in opens and c.text else c for c in changes]
    changes += front
    if note and "feeling" in wanted:
        changes += _their_words(reading)
    away = [*gone, *spans, *(c.moved for c in front if c.moved)]
    changes += _end(reading, rule_set, wanted - {"action"} if timed else wanted, note, voice, away)
    hollow = gone + [(c.start, c.end) for c in changes if c.hollow]
    whole = tuple(c for c in changes if not _inside_a_word(reading.draft.text, c))
    return Plan(whole, tuple(hollow), (said, *others) if said else ())


def _inside_a_word(draft: str, change: Change) -> bool:
    """Whether new words would stand within one: "Hi Kelly-Ann" whose greeting was read as "Hi Kelly-"."""
    at = change.start
    joined = 0 < at < len(draft) and (draft[at - 1].isalnum() or draft[at - 1] in "-'\u2019") and draft[at].isalnum()
    return change.insertion and bool(change.text.strip()) and joined


def _past_face(draft: str, at: int) -> int:
    """A smile after a sentence that goes, goes with it."""
    face = _FACES.match(draft, at)
    return face.end() if face else at


def _opens(reading: Reading, gone: Sequence[tuple[int, int]]) -> bool:
    """Whether the draft begins with an apology of some length that stays: a second one in front would be one too many."""
    kept = [s for s in reading.own.sentences if (s.span.start, s.span.end) not in gone]
    vague = swaps.vague_sentences(reading)
    return bool(kept) and any(
        s.acts & {"apology"} and len(s.span.quote.split()) > 4 and (s.span.start, s.span.end) not in vague
        for s in kept[:1]
    )


def _after_comma(reading: Reading, spans: Sequence[tuple[int, int]]) -> list[Change]:
    """ "Dear Ana, thank you for your mail. Your project ..." without its middle goes on in lower case."""
    draft = reading.draft.text
    for start, end in spans:
        word = re.match(r"[^\W\d_]+", draft[end:])
        if (
            word
            and draft[start].islower()
            and word.group()[0].isupper()
            and word.group() not in {"I"}
            and not word.group().isupper()
            and draft[:start].rstrip().endswith(",")
            and word.group().lower() not in names_in("x " + draft)
        ):
            return [Change(end, end + 1, draft[end].lower(), "tone", "Leave out what says nothing")]
    return []


def _acknowledged(reading: Reading, gone: Sequence[tuple[int, int]], scores: Scores) -> bool:
    """Whether the agent has already named what this customer wrote, in words that no rule calls hollow."""
    value = next(e.value for e in scores.elements if e.element == "feeling")
    theirs = _told(" ".join(m.text for m in reading.conversation.messages if m.role == "customer"))
    for sentence in reading.own.sentences:
        if (sentence.span.start, sentence.span.end) in gone or not (
            sentence.acts & {"acknowledgement"} or _MOVED.search(sentence.span.quote)
        ):
            continue
        shared = len(_told(sentence.span.quote) & theirs)
        felt = bool(_FEELS.search(sentence.span.quote)) or bool(sentence.acts & {"apology"})
        if felt and (shared >= 2 or (value >= 0.5 and (shared or len(sentence.span.quote.split()) > 9))):
            return True
    return False


_EMPTY = word_set(
    """
    your that this with have been from were would could about there their they when what which them then than will
    just very some please thank thanks sorry understand know appreciate order account email message issue problem
    service customer time back here hope need want like
    """
)


def _told(text: str) -> set[str]:
    return {w for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in _EMPTY}


def inner(reading: Reading) -> bool:
    """Whether the draft is for colleagues: a note, or a hand-over that does not greet the customer."""
    if reading.draft.kind == "reply":
        return False
    own = reading.own.greeting
    names = {w.lower() for w in re.findall(r"[^\W\d_]{2,}", reading.conversation.customer_name or "")}
    return (
        reading.draft.kind == "note"
        or own is None
        or not names & {w.lower() for w in re.findall(r"[^\W\d_]+", own.quote)}
    )


def _emptied(
    reading: Reading, changes: list[Change], gone: list[tuple[int, int]]
) -> tuple[list[Change], list[tuple[int, int]]]:
    """A sentence that a change would empty goes with its spaces."""
    kept = []
    for change in changes:
        own = next(
            (s.span for s in reading.own.sentences if s.span.start == change.start and s.span.end <= change.end), None
        )
        if own is not None and not change.text.strip():
            gone = [*gone, (own.start, own.end)]
        else:
            kept.append(change)
    return kept, gone


def _leave_something(reading: Reading, gone: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Never leave a draft without a sentence of the agent's own."""
    left = [s for s in reading.own.sentences if (s.span.start, s.span.end) not in gone]
    return gone if left else gone[1:]


def _their_words(reading: Reading) -> list[Change]:
    """For a colleague: the customer's own sentence, so that nobody has to ask again how it is for them."""
    best = None if _TOLD_HOW.search(reading.draft.text) else telling_sentence(reading)
    if best is None or best in reading.draft.text:
        return []
    at = len(reading.draft.text.rstrip())
    feels = feeling_word(reading)
    told = f"Customer is {feels}, in their words" if feels else "In their words"
    return [Change(at, at, f'\n\n{told}: "{best}"', "feeling", "Say how it is for them", order=4)]


def _front(
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
            and _THANKS.match(sentences[0].span.quote)
            and not facts(sentences[0].span.quote)
            and sentences[0].paragraph == sentences[1].paragraph
        ):
            sentences.pop(0)
        out += _place(reading, said, sentences[0], hello is not None, spans)
    elif "order" in wanted and len(sentences) > 1:
        out += _bring_forward(reading, sentences, [f.span for f in findings if f.fault and f.span])
    return out


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
    inline = bool(before.strip()) and not before.rstrip(" \t").endswith("\n")
    several = "\n" in draft.strip() or greeted
    if not inline:
        gap = "\n\n" if several and (reading.conversation.channel or "") != "chat" else " "
        return [Change(at, at, said + gap, "feeling", "Say first what they have been through", order=2)]
    changes = []
    if before.rstrip().endswith(","):
        said = (
            said
            if re.match(r"I\b|I['\u2019]", said)
            or (not re.match(r"We\b", said) and said.split()[0].strip(",.'\u2019s").lower() in names_in("x " + draft))
            else said[0].lower() + said[1:]
        )
    if draft[at].islower():
        changes.append(Change(at, at + 1, draft[at].upper(), "feeling", "Say first what they have been through"))
    return [Change(at, at, said + " ", "feeling", "Say first what they have been through", order=2), *changes]


_DOES = frozenset({"next_step", "promise", "instruction", "refusal", "question"})
_REGRETS = re.compile(
    r"(?:(?:I|we)(?:['\u2019]m|['\u2019]re| am| are) (?:so |very |really |truly )?sorry\b|I apologi"
    r"|we apologi)",
    re.IGNORECASE,
)


def _bring_forward(reading: Reading, sentences: Sequence[Sentence], faults: Sequence[Span]) -> list[Change]:
    """The agent's own acknowledgement, moved whole to the front, when it makes sense there."""
    draft = reading.draft.text
    first = sentences[0]
    for number, sentence in enumerate(sentences):
        if number and sentence.paragraph == first.paragraph and _YOURS.match(first.span.quote):
            return []  # the first words are about the customer already
        if number == 0 or not sentence.acts & {"acknowledgement", "apology"}:
            continue
        regret = _REGRETS.match(sentence.span.quote) is not None
        if sentence.acts & ({"promise", "refusal", "question"} if regret else _DOES):
            continue
        if any(f.start < sentence.span.end and sentence.span.start < f.end for f in faults):
            continue  # a stock phrase gains nothing by standing first
        text = sentence.span.quote
        if len(text.split()) < 5 or not _FEELS.search(text) or _POINTS_BACK.search(text.replace("\u2019", "'")):
            continue
        if (_LEANS.search(text.split(",")[0]) and _LEANS.match(text.split()[0])) or not text[0].isupper():
            continue
        if re.search(r"\b(?:but|though|however)\b[^.]*$", text) and not re.search(r"^I", text):
            continue
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
        small = inline and not re.match(r"I\b|I['\u2019]", text)
        return [Change(at, at, "", "order", _FIRST_THIS, moved=own, after=gap, order=3, small=small), *spaces]
    return []


def _signs(reading: Reading, last: Sentence) -> bool:
    """Whether the last line is a name that the reading took for a sentence: "School Office"."""
    draft = reading.draft.text
    return draft[: last.span.start].endswith("\n") and bool(_TITLE_LINE.match(last.span.quote.strip()))


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


def _end(
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
        lines += missing.answer_prompts(reading, rule_set.phrasing, note)
    labels = ["need"] * len(lines)
    if "action" in wanted and not prompted and not lines and (note or missing.pending(reading)):
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
