"""Mending and leaving out: what rules replace, commands made requests, formulas and second apologies dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from empathy_coach.domain import Edit, Finding, Reading, Sentence, Span
from empathy_coach.rewording.changes import Change
from empathy_coach.rewording.facts import facts
from empathy_coach.rewording.formulas import CHEER, is_formula, is_vague
from empathy_coach.rewording.guard import names_of
from empathy_coach.rewording.words import COARSE

# A draft is planned anew at every keystroke, and so is its rewording: what depends on one sentence alone is kept.
_remembered = lru_cache(maxsize=4096)
# A second apology that hangs on to a sentence: ", I really do apologise, it's awful and I feel terrible about it".
_HANGS_ON = re.compile(
    r",? (?:and )?(?:(?:i|we) (?:really |do |sincerely |can only |truly |once again |again )*apologi[sz]e\b|(?:once "
    r")?again,? (?:i'm |we're |i am |we are )?(?:so |really |very )*sorry\b|(?:so |really |very |truly )*sorry again\b)"
    r"(?:, it's \w+)?(?: and (?:i|we) feel \w+(?: about (?:it|this|that))?)?(?= *[.!?](?:\s|$))",
    re.IGNORECASE,
)
_SORRY = re.compile(r"\b(?:sorry|apolog)", re.IGNORECASE)


@_remembered
def _is_sorry(text: str) -> bool:
    return bool(_SORRY.search(text))


# What no swap may leave behind: "and've", two spaces, a space before a comma, a doubled word.
_BROKEN = re.compile(
    r"\b\w+ ?(?<!\w)['\u2019](?:ve|re|ll|m)\b|\b(?:and|so|but|or)['\u2019](?:ve|re|ll|m)\b|\S  +\S| [,.;:!?](?:\s|$)"
    r"|\b(\w{2,}) \1\b|[.!?] [a-z]",
    re.IGNORECASE,
)


def _sound(draft: str, edit: Edit) -> bool:
    """Whether the words around a swap still fit together."""
    before, after = draft[max(0, edit.start - 30) : edit.start], draft[edit.end : edit.end + 30]
    old = {m.group() for m in _BROKEN.finditer(before + draft[edit.start : edit.end] + after)}
    now = before + edit.text + after
    if any(m.group() not in old for m in _BROKEN.finditer(now) if not re.match(r"[.!?] [A-Z]", m.group())):
        return False
    begins = not before.strip() or before.rstrip()[-1:] in ".!?:" or before.endswith("\n")
    return not (begins and draft[edit.start : edit.start + 1].isupper() and now[len(before) :].lstrip()[:1].islower())


_OF_OTHERS = re.compile(r"^[^.!?\n]*\b(?:themselves|their|they|them)\b")


def of_others(rest: str) -> bool:
    """Whether what follows speaks of others: "Passengers are advised to make themselves known" is no "please"."""
    return bool(_OF_OTHERS.match(rest))


def rule_swaps(draft: str, findings: Sequence[Finding]) -> list[Change]:
    """What the rules replace, first suggestion of each finding."""
    out = []
    for finding in findings:
        if finding.suggestions and finding.span is not None:
            suggestion = finding.suggestions[0]
            if len(suggestion.edits) == 1:
                edit = suggestion.edits[0]
                if not _sound(draft, edit) or (edit.text.startswith("Please") and of_others(draft[edit.end :])):
                    continue
                out.append(Change(edit.start, edit.end, edit.text, finding.element, suggestion.label))
    return out


def _within(finding: Finding, sentence: Sentence) -> bool:
    span = finding.span
    return span is not None and span.start < sentence.span.end and sentence.span.start < span.end


_HELLO = re.compile(r"(?:good (?:morning|afternoon|evening)|hello|hi|dear)\b", re.IGNORECASE)


def hollow_sentences(reading: Reading, findings: Sequence[Finding], upset: bool) -> list[tuple[int, int]]:
    """Sentences that are nothing but a formula, an aside or a second apology, and bear no fact."""
    marks = [f.span for f in findings if f.span is not None and f.fault in _DISPOSABLE]
    return [
        (sentence.span.start, sentence.span.end)
        for sentence in reading.own.sentences
        if _says_nothing(sentence, marks, upset)
        and not _bears_fact(sentence, reading)
        and not (reading.own.greeting is None and _HELLO.match(sentence.span.quote))  # the only greeting there is
    ]


def _says_nothing(sentence: Sentence, marks: Sequence[Span], upset: bool) -> bool:
    """``marks`` are the faults that may go with their sentence."""
    short_apology, formula, cheer = _hollow(sentence.span.quote)
    # "I'm really sorry." after words that name the cause is the apology; see more_apologies
    return not short_apology and (formula or (upset and cheer) or _mostly_fault(sentence, marks))


@_remembered
def _hollow(text: str) -> tuple[bool, bool, bool]:
    """Whether a sentence is an apology of a few words, a formula, or good cheer."""
    plain = text.strip().replace("\u2019", "'")
    return _is_sorry(text) and len(plain.split()) <= 5, is_formula(plain), bool(CHEER.match(plain))


def _bears_fact(sentence: Sentence, reading: Reading) -> bool:
    names = names_of(reading.draft.text, reading.conversation)
    found = facts(sentence.span.quote.strip(), names)
    return any(fact.kind not in {"negation", "condition", "modal"} for fact in found)


_DISPOSABLE = frozenset({"stock_phrase", "sarcasm", "over_apology"})


def vague_sentences(reading: Reading) -> list[tuple[int, int]]:
    """Acknowledgements that name nothing: one that names what the customer wrote takes their place."""
    return [(s.span.start, s.span.end) for s in reading.own.sentences if is_vague(s.span.quote)]


_INFORMS = frozenset({"next_step", "promise", "instruction", "refusal", "question", "explanation"})


def _mostly_fault(sentence: Sentence, marks: Sequence[Span]) -> bool:
    """Whether faults of tone cover most of a sentence that informs of nothing."""
    if not marks or not sentence.acts.isdisjoint(_INFORMS):
        return False
    start, end, _ = sentence.span
    covered = sum(min(m.end, end) - max(m.start, start) for m in marks if m.start < end and start < m.end)
    return covered >= 0.75 * (end - start)


def hanging_apologies(reading: Reading) -> list[tuple[int, int]]:
    """Second apologies within a sentence."""
    text = reading.draft.text.replace("\u2019", "'")
    low = text.lower()
    if low.count("sorry") + low.count("apolog") < 2:
        return []
    return [
        (m.start(), m.end())
        for m in _HANGS_ON.finditer(text)
        if _SORRY.search(text[: m.start()])
        and any(s.span.start < m.start() and m.end() <= s.span.end for s in reading.own.sentences)
    ]


def more_apologies(reading: Reading, keep_none: bool) -> list[tuple[int, int]]:
    """Sentences that only apologise once more; the first apology stays unless ``keep_none``."""
    names = names_of(reading.draft.text, reading.conversation)
    seen = keep_none
    out = []
    for sentence in reading.own.sentences:
        text = sentence.span.quote
        if not _is_sorry(text):
            continue
        if (
            seen
            and len(text.split()) <= 24
            and sentence.acts <= {"apology", "acknowledgement", "statement"}
            and not facts(text, names)
        ):
            out.append((sentence.span.start, sentence.span.end))
        seen = True
    return out


# Parts of a sentence that only scold or brush off; they go where a rule has found fault with the sentence.
_SCOLDS = re.compile(
    r",? (?:before|prior to) (?:contacting|calling|emailing|writing to|messaging) us\b(?=[.,!])"
    r"|,? like (?:they all do|every(?:one|body) else)\b|,? as you (?:would|should"
    r"|'d) (?:have )?know(?:n)?\b[^,.!?]{0,60}(?=[.!])|,? lol\b|,? "
    r"just so you know(?=[.!])"
    r"|,? as (?:you|the customer) (?:should|would) be aware(?=[.,])|^you should have (?!received|got|seen|heard|been"
    r"|had|an?\b|the\b|access|your)\w+[^,.!?]{0,60}[.!] ?"
    r"|^(?:please )?(?:calm down|relax)[,.!]+ ?"
    r"|(?:maybe|perhaps|why not|you could) ask (?:a|your|someone|somebody)\b[^.!?]{0,40}(?:friend|family|grandson"
    r"|granddaughter|neighbour|son|daughter|younger)[^.!?]{0,60}[.!?] ?",
    re.IGNORECASE,
)
_BRUSHES_OFF = re.compile(
    r"^(?:please )?(?:don't|do not|no need to) (?:worry|panic)(?: about (?:it|that|a thing))?[,.!:]+ ?(?:okay|ok)?",
    re.IGNORECASE,
)


def hollow_parts(reading: Reading, faulty: Sequence[Finding], upset: bool) -> list[tuple[int, int, str]]:
    """Scolding and brushing off within sentences: start, end, and the capital that the next word then wants."""
    out = []
    for sentence in reading.own.sentences:
        scolds, brushes = _hollow_in(sentence.span.quote)
        found = scolds
        if upset and brushes and any(_within(f, sentence) for f in faulty):
            found = scolds + brushes
        if not found:
            continue
        text = sentence.span.quote.replace("\u2019", "'")
        begins = (
            not reading.draft.text[: sentence.span.start].rstrip().endswith(",")
        )  # not "Hi Ana, as you know, a card"
        for start, end in found:
            if any(f.kind in _HARD for f in facts(text[start:end])):
                continue
            capital = ""
            if begins and start == 0 and end < len(text) and text[end].islower():
                capital, end = text[end].upper(), end + 1
            out.append((sentence.span.start + start, sentence.span.start + end, capital))
    return out


_Spans = tuple[tuple[int, int], ...]


@_remembered
def _hollow_in(text: str) -> tuple[_Spans, _Spans]:
    """Where a sentence scolds, and where it brushes off."""
    text = text.replace("\u2019", "'")
    return tuple(m.span() for m in _SCOLDS.finditer(text)), tuple(m.span() for m in _BRUSHES_OFF.finditer(text))


_HARD = frozenset({"placeholder", "code", "link", "quote", "number", "path", "time", "name"})


_LOUD = re.compile(r"!+(?=[\s)\"'\u201d\u2019]*$)")


def calmer(reading: Reading) -> list[Change]:
    """Exclamation marks to somebody who is upset become full stops, the one of the greeting a comma."""
    out = []
    for sentence in reading.own.sentences:
        found = _LOUD.search(sentence.span.quote) if "!" in sentence.span.quote else None
        if found:
            at = sentence.span.start
            out.append(Change(at + found.start(), at + found.end(), ".", "tone", "Say it calmly"))
    return out


def cheerful_close(reading: Reading) -> Change | None:
    """ "Have a great day!" above the name, where the customer has no reason for one."""
    own = reading.own.sign_off
    first = own.quote.split("\n")[0] if own else ""
    if own is None or not CHEER.match(first) or "\n" not in own.quote:
        return None
    return Change(own.start, own.start + len(first) + 1, "", "tone", "Leave out the cheerful close", hollow=True)


_SORRY_CLOSE = re.compile(
    r"^(?:sorry again|apologies(?: once)? again[^,\n]{0,30}|sorry once more|again, sorry|with (?:our |my "
    r")?(?:sincere |sincerest )?apologies)(?=[,.!\n])",
    re.IGNORECASE,
)


def sorry_close(reading: Reading) -> Change | None:
    """ "Sorry again," above the name, where the draft has apologised already."""
    own = reading.own.sign_off
    if own is None:
        return None
    m = _SORRY_CLOSE.match(own.quote)
    return Change(own.start, own.start + m.end(), "Best wishes", "tone", "One apology is enough") if m else None


_VAGUE_TIME = re.compile(
    r"\b(?:very )?(?:soon|shortly|in due course|as soon as (?:we (?:possibly )?can|i (?:possibly )?can|possible)|asap"
    r"|at the earliest(?: opportunity)?|in the near future)(?= ?[.!?,]| and\b|$)",
    re.IGNORECASE,
)


@_remembered
def _vague_time(text: str) -> tuple[int, int] | None:
    found = _VAGUE_TIME.search(text)
    if found and found.group().isupper():
        return None  # "ASAP" looks like a code, which stays
    if found and re.search(r"\b(?:will|should|be with you|be in touch)\b|['\u2019]ll\b", text[: found.start()]):
        return found.span()
    return None


# It promises little, but may be all that is promised.
_TRIES = re.compile(
    r"(?<!to )\bsee what (?:(?:I|we) can do|can be done)(?: (?:for you|about (?:it|this|that)))?(?=[.!]|\W*$)",
    re.IGNORECASE,
)
_IN_TOUCH = re.compile(
    r"\b(?:I|we|they|somebody|someone)(?:['\u2019]ll| will) (?:be in touch|get back to you|let you know|come back to you|be in contact"
    r"|contact you|update you|keep you (?:updated|posted|informed))(?=[.!])",
    re.IGNORECASE,
)


def trying(reading: Reading) -> Span | None:
    """ "We'll see what can be done", where the draft says of nothing else what will happen, or can't, or what to do."""
    found: Span | None = None
    for sentence in reading.own.sentences:
        text, at = sentence.span.quote, sentence.span.start
        if m := _TRIES.search(text):
            found = Span(at + m.start(), at + m.end(), m.group())
        elif sentence.acts & {"promise", "next_step", "refusal", "instruction", "question"}:
            return None
    return found


@_remembered
def _in_touch(text: str) -> int:
    """Where "we'll be in touch" ends; 0 for nowhere."""
    found = _IN_TOUCH.search(text)
    return found.end() if found else 0


def vague_times(reading: Reading) -> list[Change]:
    """ "It should be with you soon" -> "... by [when?]": the first promise without a day gets a visible slot."""
    for sentence in reading.own.sentences:
        found = _vague_time(sentence.span.quote)
        if found:
            a, b = sentence.span.start + found[0], sentence.span.start + found[1]
            return [
                Change(a, b, "", "action", "Say by when", hollow=True),
                Change(b, b, "by [when?]", "action", "Say by when", order=1),
            ]
        open_end = _in_touch(sentence.span.quote)
        if not open_end and (tries := trying(reading)) and tries.start >= sentence.span.start:
            open_end = tries.end - sentence.span.start if tries.end <= sentence.span.end else 0
        if open_end:
            at = sentence.span.start + open_end
            return [Change(at, at, " by [when?]", "action", "Say by when", order=1)]
    return []


_VOCATIVE = re.compile(
    r",? (?:hun|hon|honey|sweetheart|sweetie|darling|babe|(?:my )?lovely|(?:my )?love|(?:my )?dear|pal|buddy|petal)"
    r"(?=[!.,?]|$| [^\w\s])",
    re.IGNORECASE,
)


def pet_names(reading: Reading, findings: Sequence[Finding]) -> list[tuple[int, int]]:
    """ "So sorry hun!" -> "So sorry!": what a rule has marked as a pet name, with the comma before it."""
    marks = [f.span for f in findings if f.span is not None and f.rule.endswith("/pet-names")]
    return [
        m.span()
        for m in (_VOCATIVE.finditer(reading.draft.text) if marks else ())
        if any(mark.start < m.end() and m.start() < mark.end for mark in marks)
    ]


_COARSE = re.compile(
    r"(?:(?<=\b)the hell |(?<=\b)what the fuck\b|(?<=\b)the fuck |\b(?:"
    + "|".join(sorted(map(re.escape, COARSE), key=len, reverse=True))
    + r")\b)",
    re.IGNORECASE,
)


_WORDS = re.compile(r"\w+")
_COARSE_WORDS = frozenset(_WORDS.findall(" ".join(COARSE)))
_KIND_NOT = re.compile(
    r"(?:\bnot|n['\u2019]t|\bnever|\bnothing|\bno)\b[^.,;!?]{0,30}\b(?:stupid|idiot|idiotic|dumb|pathetic|loser)\b",
    re.IGNORECASE,
)


@_remembered
def _coarse(text: str) -> list[tuple[int, int, str]]:
    """Start, end and the words in small letters of each."""
    low = text.lower()
    # The long search costs more than all others here, and what is plain ASCII holds none of it without its words.
    if text.isascii() and "***" not in low and _COARSE_WORDS.isdisjoint(_WORDS.findall(low)):
        return []
    if _KIND_NOT.search(text):
        return []  # "you're not stupid"
    return [(m.start(), m.end(), m.group().lower()) for m in _COARSE.finditer(text)]


def coarse_words(reading: Reading) -> list[Change]:
    """Swear words and insults in the agent's own sentences, left out or put mildly."""
    out: list[Change] = []
    draft = reading.draft.text
    for sentence in reading.own.sentences:
        for first, last, word in _coarse(sentence.span.quote):
            new = COARSE.get(word, "what" if word.startswith("what") else "")
            start, end = sentence.span.start + first, sentence.span.start + last
            if not new and draft[end : end + 1] == " ":
                end += 1
            elif not new and draft[start - 1 : start] == " ":
                start -= 1
            out.append(Change(start, end, new, "tone", "Say it without the hard word", hollow=not new))
    return out
