"""What to change: mend, leave out, acknowledge, answer, say what happens next, greet and sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from empathy_coach.domain import Conversation, Finding, Reading, Scores
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.same import CONVERSATIONS
from empathy_coach.rewording import missing, shapes, swaps
from empathy_coach.rewording.acknowledge import acknowledgements, gaps_to_fill
from empathy_coach.rewording.behind import given_words, tone_gaps
from empathy_coach.rewording.changes import Change, drop
from empathy_coach.rewording.empty import empty_words
from empathy_coach.rewording.ends import end_of
from empathy_coach.rewording.facts import SLOT, names_in
from empathy_coach.rewording.front import front_of, says_so
from empathy_coach.rewording.notes import telling_sentence
from empathy_coach.rewording.said import acknowledged, condoles, general_opening, opens
from empathy_coach.rewording.voice import voice_of
from empathy_coach.rules.ruleset import RuleSet

_SORRY = re.compile(r"\b(?:sorry|apologi[sz]e|apologies)\b", re.IGNORECASE)
_THANKS = re.compile(r"\b(?:thank|thanks|glad|great to hear|lovely to hear|pleased)\b", re.IGNORECASE)
_YES = re.compile(r"(?:yes|yep|of course|absolutely)\b", re.IGNORECASE)  # after a "no" there is all the more to say
_OF_LOSS = re.compile(r"\b(?:sorry about|losing|loss|has died|such a time|a time like this)\b", re.IGNORECASE)


_CAST_DOWN = 0.5  # from this a customer is upset enough for a quiet tone
_UNTROUBLED = 0.1  # below this nothing has to be apologised for
_CALM = 0.3  # below this a customer is not upset
_HEAVY_HEARTED = 0.5  # from here on even a "yes" is not all they need to hear
# How likely the draft acknowledges already, at most, for a sentence in front of it; and for a gap.
_SAY_UNTIL, _GAP_UNTIL = 0.35, 0.45
_STEP_UNTIL = 0.15  # how likely a next step is there, at most, for a gap that asks for one: missing then in five of six
_WELL = 65  # a score from which a missing name alone is no reason to touch a draft
_GOOD = 80  # and the order of its sentences neither
# A note that says how it is for the customer.
_TOLD_HOW = re.compile(
    r"\b(?:upset|embarrassed|worried|anxious|angry|frightened|scared|frustrated|distressed|in tears|terrified"
    r"|desperate)\b",
    re.IGNORECASE,
)
_QUOTED = "In their words"
_FACES = re.compile(r"[ \t]*(?:[:;]-?[()DP](?!\w)|[\u2600-\u27bf\U0001F300-\U0001FAFF]\ufe0f?)+(?=\s|$)")


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
    chances = {e.element: e.chance for e in scores.elements}
    changes: list[Change] = []
    gone: list[tuple[int, int]] = []
    if (wanted == {"rapport"} and scores.score >= _WELL) or (wanted <= {"rapport", "order"} and scores.score >= _GOOD):
        # A good draft is left alone, the finding still says what is missing; its own regret may come first.
        return Plan(
            tuple(front_of(reading, rule_set, {"order"}, None, note, (), findings)) if "order" in wanted else ()
        )
    if "tone" in wanted or "feeling" in wanted:
        upset = reading.customer.upset >= 0.35
        gone += swaps.hollow_sentences(reading, findings, upset)
        nothing, clauses = empty_words(reading, findings, rule_set.phrasing.empty)
        if only := swaps.trying(reading):
            nothing = [(a, b) for a, b in nothing if not a <= only.start < b]
            clauses = [(a, b, new) for a, b, new in clauses if not a <= only.start < b]
        gone += nothing
        changes += [Change(a, b, new, "tone", "Leave out what says nothing", hollow=True) for a, b, new in clauses]
    said = None
    others: list[str] = []
    general = general_opening(reading, gone) if "feeling" in wanted and not note else []
    begins = not general and opens(reading, gone)
    if "feeling" in wanted and not note and not acknowledged(reading, gone + general, scores, findings):
        gone += general + ([] if begins else swaps.vague_sentences(reading))
        kept_sorry = any(
            _SORRY.search(s.span.quote) for s in reading.own.sentences if (s.span.start, s.span.end) not in gone
        )
        # An apology that was there is not lost; a condolence goes only where a better one comes.
        lost = not kept_sorry and any(_SORRY.search(s.span.quote) and not condoles(s) for s in reading.own.sentences)
        if begins:  # a gap can stand behind their own apology, a second regret nowhere
            offered = gaps_to_fill(reading, rule_set.phrasing, rule_set.lexicon)
        else:
            offered = acknowledgements(reading, rule_set.phrasing, rule_set.lexicon, voice, not kept_sorry, lost)
        others = [
            words for words in offered if chances["feeling"] <= (_GAP_UNTIL if SLOT.search(words) else _SAY_UNTIL)
        ]
        if lost:
            others.sort(key=lambda sentence: _SORRY.search(sentence) is None)
        if any(map(condoles, reading.own.sentences)):
            others = [words for words in others if SLOT.search(words) or _OF_LOSS.search(words)]  # one is enough
        if "need" not in wanted and _yes_is_enough(reading):
            others = []
        said = others.pop(0) if others else None
        if said is None:
            gone = [g for g in gone if g not in general]
    changes += swaps.coarse_words(reading)
    # What acknowledges stays, whatever else a rule says of it.
    own = [
        (s.start, s.end) for e in scores.elements if e.element == "feeling" and e.state == "given" for s in e.evidence
    ]
    if "tone" in wanted:
        changes += [
            Change(a, b, "", "tone", "One apology is enough", hollow=True) for a, b in swaps.hanging_apologies(reading)
        ]
        gone += swaps.more_apologies(
            reading, reading.customer.upset < _UNTROUBLED or bool(said and _SORRY.search(said))
        )
        faulty = [f for f in findings if f.element == "tone" or f.fault]
        changes += swaps.rule_swaps(reading.draft.text, faulty)
        changes += shapes.mends(reading, faulty, voice)
        changes += [
            Change(a, b, "", "tone", "Leave out the pet name", hollow=True)
            for a, b in swaps.pet_names(reading, findings)
        ]
        if not note:
            changes += shapes.requests(reading) + shapes.softened(reading, faulty, voice)
        parts = swaps.hollow_parts(reading, faulty, reading.customer.upset >= 0.35)
        changes += [Change(a, b, new, "tone", "Leave out what says nothing", hollow=True) for a, b, new in parts]
        if reading.customer.upset >= _CAST_DOWN:
            changes += swaps.calmer(reading)
        close = swaps.sorry_close(reading) or (
            swaps.cheerful_close(reading) if reading.customer.upset >= 0.35 else None
        )
        if close:
            changes.append(close)
    if "feeling" in wanted and said is None and reading.customer.upset >= _CALM:
        kept = {(s.span.start, s.span.end) for s in reading.own.sentences if s.acts & {"acknowledgement", "apology"}}
        kept |= set(swaps.vague_sentences(reading))
        if kept <= set(gone):  # a formula is better than silence
            gone = [] if "tone" not in wanted else [g for g in gone if g not in kept]
    if said is None or not _OF_LOSS.search(said):  # a condolence goes only where a better one comes
        for_a_death = {(s.span.start, s.span.end) for s in reading.own.sentences if condoles(s)}
        gone = [g for g in gone if g not in for_a_death]
    if reading.customer.upset < _CAST_DOWN and _thanks(reading.conversation):  # who thanks, and means it, is thanked
        thanks = {(s.span.start, s.span.end) for s in reading.own.sentences if _THANKS.search(s.span.quote)}
        gone = [g for g in gone if g not in thanks]
    gone = [g for g in gone if g not in own]
    timed = swaps.vague_times(reading) if wanted & {"action", "tone"} and not SLOT.search(reading.draft.text) else []
    if any(c.start < timed[0].end and timed[0].start < c.end for c in changes if timed):
        timed = []  # it goes with words that say nothing
    changes += timed
    gone = _leave_something(reading, sorted(set(gone)))
    changes, gone = _emptied(reading, changes, gone)
    spans = drop(reading.draft.text, [(a, _past_face(reading.draft.text, b)) for a, b in gone])
    changes += [Change(a, b, "", "tone", "Leave out what says nothing", hollow=True) for a, b in spans]
    changes = [c for c in changes if not any(a <= c.start and c.end <= b and not c.hollow for a, b in spans)]
    changes += _after_comma(reading, spans) if said is None or begins else []
    if "tone" in wanted and not note:
        changes += tone_gaps(reading, findings, changes, rule_set.phrasing, scores.score)
    if not note:
        changes += given_words(reading, findings, changes, rule_set)
    front = front_of(reading, rule_set, wanted, said, note, spans, findings)
    begun = {c.start for c in front if c.element == "feeling" and c.insertion}
    # The first words after an acknowledgement begin a sentence now.
    changes = [replace(c, text=c.text[0].upper() + c.text[1:]) if c.start in begun and c.text else c for c in changes]
    changes += front
    if note and "feeling" in wanted:
        changes += _their_words(reading, rule_set.lexicon)
    away = [*gone, *spans, *(c.moved for c in front if c.moved)]
    step = "action" in wanted and not timed and (note or missing.pending(reading) or chances["action"] < _STEP_UNTIL)
    changes += end_of(reading, rule_set, wanted if step else wanted - {"action"}, note, voice, away)
    hollow = gone + [(c.start, c.end) for c in changes if c.hollow or c.fresh]
    whole = tuple(c for c in changes if not _inside_a_word(reading.draft.text, c))
    return Plan(whole, tuple(hollow), (said, *others) if said else ())


@lru_cache(maxsize=CONVERSATIONS)
def _thanks(conversation: Conversation) -> bool:
    """Whether the customer thanks anywhere."""
    return any(map(_THANKS.search, conversation.customer_texts))


def _yes_is_enough(reading: Reading) -> bool:
    """Whether the draft begins with the answer they wait for, and nothing more is called for, or cannot follow it."""
    first = next(iter(reading.own.sentences), None)
    if first is None or not _YES.match(first.span.quote):
        return False
    return reading.customer.upset < _HEAVY_HEARTED or not says_so(first)


def _inside_a_word(draft: str, change: Change) -> bool:
    """Whether new words would stand within one, or within a bracket that is still open."""
    at = change.start
    joined = 0 < at < len(draft) and (draft[at - 1].isalnum() or draft[at - 1] in "-'\u2019") and draft[at].isalnum()
    line = draft[draft.rfind("\n", 0, at) + 1 : at]
    bracketed = any(line.count(a) > line.count(b) for a, b in ("[]", "{}"))  # "[[? Ask Petra, not [[agent]]"
    return change.insertion and bool(change.text.strip()) and (joined or bracketed)


def _past_face(draft: str, at: int) -> int:
    """A smile after a sentence that goes, goes with it."""
    face = _FACES.match(draft, at)
    return face.end() if face else at


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


def _their_words(reading: Reading, lexicon: Lexicon) -> list[Change]:
    """For a colleague: the customer's own sentence, so that nobody has to ask again how it is for them."""
    told = _TOLD_HOW.search(reading.draft.text) or _QUOTED in reading.draft.text
    best = None if told else telling_sentence(reading, lexicon)
    if best is None or best in reading.draft.text:
        return []
    at = len(reading.draft.text.rstrip())
    return [Change(at, at, f'\n\n{_QUOTED}: "{best}"', "feeling", "Say how it is for them", order=4)]
