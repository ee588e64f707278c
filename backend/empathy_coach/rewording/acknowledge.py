"""What to say first: one sentence that names what this customer wrote, in the voice of the draft, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from empathy_coach.domain import Conversation, Reading, Signal, Span
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.touching import Touching, spoken_of, touching
from empathy_coach.reading.same import CONVERSATIONS, Same
from empathy_coach.rewording.asked import BREAKS_A_SLOT
from empathy_coach.rewording.details import details
from empathy_coach.rewording.subject import many, subject_of
from empathy_coach.rewording.told import TROUBLE, Clause, best_of, clauses, near, places_of
from empathy_coach.rewording.voice import Voice
from empathy_coach.rewording.words import INSULTS
from empathy_coach.rules.phrasing import Phrasing, Way

_SORRY = re.compile(r"\b(?:sorry|apolog)", re.IGNORECASE)
_GRIEF = frozenset({"bereavement", "pet_loss", "funeral"})  # nothing else is said beside it
_HEAVY = frozenset({"harm_or_illness", "child_hurt", "pet_missing"})
_OPEN = frozenset({"tricked", "hardship"})  # what it took to write comes first
_BESIDE = frozenset({"event_spoilt"})  # an anniversary alone tells nothing
_SLOT_FROM = 0.3  # how upset a customer must be for a gap that asks the agent to acknowledge something
_SORE = 0.75  # and for a regret without any word of theirs
_SLIGHT = 0.15  # and for anything at all
_THANKFUL = 0.6  # the same of one who says thank you
_SHORT_OF = {"anger": "anger", "frustration": "anger", "disappointment": "anger", "worry": "worry", "confusion": "worry",
             "sadness": "sadness", "repeat_contact": "repeat_contact"}  # fmt: skip
_OFFERED = 4  # sentences; the others for where the guard refuses the first one, or it does not count as one
_DEGREE = re.compile(r"\b(?:so|very|really|truly) (?=sorry\b)")
_SURE = 0.6  # a signal's strength from which a short sentence may name its kind
_SAD_FROM = 0.6  # how upset for words of sorrow
_ANGRY_FROM = 0.6  # and for words of anger
_SHORT_FIRST = ("sadness", "repeat_contact", "worry", "anger")
_ENDS_SORRY = re.compile(r",? and (?:I['\u2019]m|I am|we['\u2019]re|we are) sorry\.$")
_MUCH = 0.5  # how upset for "really sorry"
_DEEPLY = re.compile(r"\b(?:so|very|really|truly) sorry\b")
_MAX = 230  # characters of an acknowledgement
_EASIER = 2.0  # times how upset: how unlikely (log-odds) words may be taken up by a reader, to stand in a gap
_TAKEN = 2  # clauses that may be said back, of those that touch most


def _untroubled(reading: Reading) -> bool:
    """Whether nothing in the messages asks for a regret, whatever the rubric makes of them."""
    kinds = {s.kind for s in reading.customer.signals if s.strength >= _SURE}
    thankful = "gratitude" in kinds and not kinds & _BURDENED
    return reading.customer.upset < (_THANKFUL if thankful else _SLIGHT)


def gaps_to_fill(reading: Reading, phrasing: Phrasing, lexicon: Lexicon) -> list[str]:
    """Only a gap with the words that touch most, for a draft that says sorry by itself."""
    if _untroubled(reading) or reading.customer.upset < _SLOT_FROM or _has_gap(reading, phrasing):
        return []
    heard = _heard(reading, lexicon)
    return _to_name(heard, spoken_of(reading, heard.touching), phrasing, False)


def _has_gap(reading: Reading, phrasing: Phrasing) -> bool:
    """Whether a gap for the acknowledgement stands in the draft already."""
    kinds = ("acknowledge", "acknowledge_with_sorry")
    return any(way.split("{")[0] in reading.draft.text for kind in kinds for way in phrasing.slots.get(kind, ()))


def acknowledgements(
    reading: Reading, phrasing: Phrasing, lexicon: Lexicon, voice: Voice, sorry: bool = True, lost: bool = False
) -> list[str]:
    """The sentences for this customer, best first, a few at most. Never one that was said before.

    ``sorry``: whether it may apologise; ``lost``: whether an apology of the draft goes, so that a gap asks for one.
    """
    if _untroubled(reading) or _has_gap(reading, phrasing):
        return []
    own = _sameness(reading.draft.text)
    before = _said_before(reading.conversation)
    refusal = any("refusal" in s.acts and not s.acts & {"apology"} for s in reading.own.sentences)
    best: list[str] = []
    cores: set[str] = set()
    heard = _heard(reading, lexicon)
    offered = _candidates(
        heard, clauses(reading), spoken_of(reading, heard.touching), refusal, phrasing, voice, sorry, lost
    )
    for sentence, said, core in offered:
        if said in own:
            return []  # it is there already
        if len(best) < _OFFERED and core not in cores and said not in before and (sorry or not _SORRY.search(sentence)):
            best.append(sentence)
            cores.add(core)
    return best


@dataclass(frozen=True, slots=True, eq=False)  # a key of caches: one object, one hash
class _Heard:
    """What an acknowledgement depends on of what the customer wrote; the same while the draft changes."""

    conversation: Conversation
    signals: tuple[Signal, ...]
    problem: tuple[tuple[int, Span], ...]
    upset: float
    touching: tuple[Touching, ...]


def _heard(reading: Reading, lexicon: Lexicon) -> _Heard:
    customer = reading.customer
    return _heard_in(reading.conversation, Same(customer.signals), Same(customer.problem), customer.upset, lexicon)


@lru_cache(maxsize=CONVERSATIONS)
def _heard_in(
    conversation: Conversation,
    signals: Same[tuple[Signal, ...]],
    problem: Same[tuple[tuple[int, Span], ...]],
    upset: float,
    lexicon: Lexicon,
) -> _Heard:
    return _Heard(conversation, signals.it, problem.it, upset, touching(conversation, lexicon))


@lru_cache(maxsize=1024)  # a conversation stays while the draft changes; most drafts have one voice
def _candidates(
    heard: _Heard,
    told: tuple[Clause, ...],
    taken_up: frozenset[int],
    refusal: bool,
    phrasing: Phrasing,
    voice: Voice,
    sorry: bool,
    lost: bool,
) -> tuple[tuple[str, str, str], ...]:
    """Sentences that fit, best first, each with its ``_sameness``, and that without its degree: "sorry"."""
    found = list(_fitting(heard, told, taken_up, refusal, phrasing, voice, lost))
    if heard.upset < _MUCH:
        found.sort(key=lambda sentence: bool(_DEEPLY.search(sentence)))
    said = found if sorry else [_ENDS_SORRY.sub(".", sentence) for sentence in found]
    return tuple((sentence, same, _DEGREE.sub("", same)) for sentence in said for same in (_sameness(sentence),))


def _fitting(
    heard: _Heard,
    told: Sequence[Clause],
    taken_up: frozenset[int],
    refusal: bool,
    phrasing: Phrasing,
    voice: Voice,
    lost: bool,
) -> Iterator[str]:
    """Sentences that fit, best first; which of equals comes first is decided by the conversation's content."""
    own = heard.conversation.customer_texts
    if not own:
        return
    told = [clause for clause in told if _touches(clause, heard)]
    best = best_of(told)
    places = details(own)
    seed = "\n".join(own)
    worded: list[str] = []
    detailed: list[str] = []
    bare: dict[bool, list[str]] = {True: [], False: []}
    for number, anchor in _situations(own, phrasing):
        situation = phrasing.situations[number]
        if (situation.needs and situation.needs not in places) or (situation.refusal and not refusal):
            continue
        here = near(told, anchor)
        if here is not None and best_of([here]) is None:
            here = None  # the plain ways below say the clause that tells most
        filled = _filled(situation.ways, places | (places_of(here) if here else {}), seed + situation.name, voice)
        if situation.name in _GRIEF:
            yield from filled.detailed + filled.worded + filled.bare
            return
        if (situation.name in _OPEN and heard.upset >= _UPSET) or (
            situation.name in _HEAVY and best is not None and _aside(best)
        ):
            yield from filled.worded + filled.detailed + filled.bare
            continue
        worded += filled.worded
        detailed += [] if situation.name in _BESIDE else filled.detailed
        bare[situation.loose] += filled.bare
    if best is not None:
        worded += _filled(phrasing.plain, places | places_of(best), seed, voice).worded
    yield from worded
    gaps = [] if worded or heard.upset < _SLOT_FROM else _to_name(heard, taken_up, phrasing, lost)
    if gaps:
        yield from gaps
        return
    yield from detailed
    if heard.upset < _UPSET:
        return
    short = _short(heard, phrasing, seed, voice)
    yield from short.detailed
    # A regret that could stand in any reply is worse than silence, but where somebody is beside themselves.
    if heard.upset >= _SORE and not worded and not detailed:
        yield from bare[False] + bare[True] + short.bare


def _touches(clause: Clause, heard: _Heard) -> bool:
    """Whether a clause is one of those that touch most: to say another one back would miss the point."""
    own = [i for i, message in enumerate(heard.conversation.messages) if message.role == "customer"]
    return any(
        one.message == own[clause.message] and clause.start < one.span.end and one.span.start < clause.end
        for one in heard.touching[:_TAKEN]
    )


def _to_name(heard: _Heard, taken_up: frozenset[int], phrasing: Phrasing, lost: bool) -> list[str]:
    """A slot with the words that touch most: a regret that could stand in any reply is worse than a gap for the agent.

    Where an apology goes, first one that asks for it, then, should the apology stay after all, one that does not.
    """
    if _glad(heard):
        return []
    fresh = (one for number, one in enumerate(heard.touching) if number not in taken_up)
    best = next((one for one in fresh if one.likely >= -_EASIER * heard.upset and _quotable(one.span.quote)), None)
    if not best:
        return []
    quote = _plain(best.told if _quotable(best.told) else best.span.quote)
    kinds = ("acknowledge_with_sorry", "acknowledge") if lost else ("acknowledge",)
    return [way.format(quote=quote) for kind in kinds for way in phrasing.slots.get(kind, ())[:1]]


_JOINED = re.compile(r"^(?:(?:but|and|so|or|because|cos|also|though)\b[\s,]*)+(?=\S+ \S)", re.IGNORECASE)


def _plain(text: str) -> str:
    text = re.sub(r"[\"\u201c\u201d]", "'", re.sub(r"\s+", " ", text)).strip(" .,;:-")
    return _JOINED.sub("", text)


# "I'd be fascinated to hear why" is asked with a smile that is none, "I'm sorry to put it so bluntly" is said to us.
_NO_BURDEN = re.compile(
    r"^(?:(?:i['\u2019]?m|we['\u2019]?re|i am) )?(?:so |really )?sorry (?:to|for|if|about)\b"
    r"|\b(?:fascinated|interested|intrigued|curious|keen|love|grateful|glad) to (?:hear|know|learn|understand|see)\b",
    re.IGNORECASE,
)


def _quotable(text: str) -> bool:
    return (
        not BREAKS_A_SLOT.search(_plain(text))
        and INSULTS.isdisjoint(re.findall("[a-z]+", text.lower()))
        and not text.endswith("?")
        and not _NO_BURDEN.search(text)
    )


def _aside(clause: Clause) -> bool:
    """Whether it tells of a thing or of others: beside illness, or somebody to care for, the smaller matter."""
    return clause.turned.text.startswith("the ")


_UPSET = 0.5
_BURDENED = frozenset(
    ("anger", "frustration", "repeat_contact", "sadness", "disappointment", "worry", "vulnerable", "money_impact")
)
_GLAD = re.compile(
    r"[\U0001f389\U0001f38a\U0001f973\u2764\U0001f60a\U0001f604\U0001f64c]|\U0001f62d{2}|\bno rush\b|\bgod bless\b",
    re.IGNORECASE,
)


def _glad(heard: _Heard) -> bool:
    """Whether the last message smiles or is in no hurry, and nothing in it is grave."""
    return heard.upset < _SAD_FROM and bool(_GLAD.search(heard.conversation.customer_texts[-1]))


_AGREES = re.compile(r"\{thing\} (?:has|is|was|wasn't|worries)\b")  # one thing only


def _short(heard: _Heard, phrasing: Phrasing, seed: str, voice: Voice) -> _Ways:
    """Short honest sentences by what the customer shows, where nothing more can safely be said."""
    messages = heard.conversation.messages
    last = max((i for i, m in enumerate(messages) if m.role == "customer"), default=0)
    shown = {
        _SHORT_OF[s.kind] for s in heard.signals if s.kind in _SHORT_OF and s.strength >= _SURE and s.message == last
    }
    if heard.upset < _SAD_FROM:
        shown -= {"sadness"}
    if sum(m.role == "customer" for m in messages) < 2:
        shown -= {"repeat_contact"}
    if heard.upset < _ANGRY_FROM:
        shown -= {"anger"}
    if _glad(heard):
        return _Ways([], [], [])
    said = [re.split(r"(?<=[.!?])\s+|\n+", m.text) for m in messages if m.role == "customer"]
    told = [span.quote for _, span in heard.problem] + [s for s in said[-1] if TROUBLE.search(s)]
    first = " ".join(said[0][:2])
    thing = next((found for text in told if (found := subject_of(text, owned=True))), None) or subject_of(first)
    places = {"thing": thing} if thing else {}
    plural = thing is not None and many(thing)
    kinds = (*(kind for kind in _SHORT_FIRST if kind in shown), "any")
    ways = ([w for w in phrasing.short.get(k, ()) if not (plural and _AGREES.search(w.text))] for k in kinds)
    filled = [_filled(some, places, seed, voice) for some in ways]
    return _Ways([], [s for f in filled for s in f.detailed], [s for f in filled for s in f.bare])


def _situations(own: tuple[str, ...], phrasing: Phrasing) -> list[tuple[int, tuple[int, int]]]:
    """The situations that the messages show, in the file's order, each with where its words stand (message, offset)."""
    seen: dict[int, tuple[int, int]] = {}
    for message in range(len(own) - 1, max(-1, len(own) - 5), -1):
        for owner, start in _owners(own[message], phrasing):
            seen.setdefault(owner, (message, start))
    return sorted(seen.items())


_TOMORROW = re.compile(r"\b(?:tom+or+ow|tmrw)\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def _owners(text: str, phrasing: Phrasing) -> tuple[tuple[int, int], ...]:
    folded = fold(_TOMORROW.sub("tomorrow", text[:6000]))
    first: dict[int, int] = {}
    for pattern, start, _ in phrasing.patterns.matches(folded):
        owner = phrasing.owner[pattern]
        first[owner] = min(first.get(owner, start), start)
    return tuple(first.items())


class _Ways(NamedTuple):
    """Sentences that can be said, each kind in its order: with a clause of the customer's, with a detail, without."""

    worded: list[str]
    detailed: list[str]
    bare: list[str]


def _filled(ways: Sequence[Way], places: dict[str, str], seed: str, voice: Voice) -> _Ways:
    """The sentences that can be filled."""
    fitting = []
    for way in ways:
        if not way.needs <= places.keys() or _twice(way, places):
            continue
        sentence = voice.fit(way.text.format_map(places))
        if len(sentence) > _MAX:
            continue
        told = sum(_TELLS.get(need.lower(), 1.0) for need in way.needs)
        kind = 0 if any(n.lower() in _WORDED for n in way.needs) else 1 if way.needs else 2
        fitting.append((-min(told, 1.5), _hash(seed + way.text), kind, sentence))
    fitting.sort()
    worded, detailed, bare = ([s for _, _, kind, s in fitting if kind == wanted] for wanted in range(3))
    return _Ways(worded, detailed, bare)


def _twice(way: Way, places: dict[str, str]) -> bool:
    """Whether the sentence would name the same thing twice: "you missed your exam, with your exam tomorrow"."""
    clauses = " ".join(places[n].lower() for n in way.needs if n.lower() in _WORDED)
    return any(n.lower() in _NAMED and places[n].lower().split()[-1] in clauses for n in way.needs)


_WORDED = frozenset({"clause", "trouble", "heard", "doing"})
_NAMED = frozenset({"person", "event", "task", "who", "pet", "duration", "amount", "lost", "when"})
# How much a filled place tells; a way with more of the customer's own words comes first.
_TELLS = {"when": 0.5, "duration": 1.2}


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()


_PLAIN_VOICE = Voice(whole=True)


_PART = re.compile(r"[^.!?;:\n]+")


def _sameness(text: str) -> str:
    """The text with voice and contractions taken out, to tell whether a sentence has been said already."""
    return " ".join(filter(None, map(_same_line, text.split("\n"))))


@lru_cache(maxsize=2048)  # an edit costs one line, and of its parts one
def _same_line(line: str) -> str:
    return " ".join(filter(None, map(_same_part, _PART.findall(line))))


@lru_cache(maxsize=4096)
def _same_part(text: str) -> str:
    plain = _PLAIN_VOICE.fit(text.replace("\u2019", "'").lower())
    plain = re.sub(r"\b(?:we are|i am)\b", "i am", re.sub(r"\bours\b", "mine", plain))
    return re.sub(r"[^a-z0-9£$€]+", " ", re.sub(r"\bwe\b", "i", plain)).strip()


@lru_cache(maxsize=CONVERSATIONS)
def _said_before(conversation: Conversation) -> str:
    """What the agent has written so far in the conversation."""
    return _sameness("\n".join(conversation.agent_texts))
