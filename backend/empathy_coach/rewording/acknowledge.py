"""What to say first: one sentence that names what this customer wrote, in the voice of the draft, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

from empathy_coach.domain import Conversation, Reading, Signal, Span
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.customer.clauses import parse
from empathy_coach.rewording.details import details
from empathy_coach.rewording.turn import Turned, turned_clause
from empathy_coach.rewording.voice import Voice
from empathy_coach.rules.phrasing import Phrasing, Way

_SORRY = re.compile(r"\b(?:sorry|apolog)", re.IGNORECASE)
_HEAVY = frozenset({"bereavement", "pet_loss", "harm_or_illness", "disconnection_fear", "hardship", "scammed"})
_BARE_FROM = 0.45  # how upset a customer must be for a sentence without their own words
_MAX = 230  # characters of an acknowledgement
# Clauses that are about the writing itself, a wish or a way to speak, not about what happened.
_NO_BURDEN = re.compile(
    r"^(?:you (?:hope|want|need|would|wonder|think|know|look|see|guess|suppose|can (?:see|live|wait|send)|could|like|love|appreciate|understand|wrote$|use |have attached|'ve attached|attached|just want)"
    r"|you(?:'d|'ll| will) |your (?:name|order|account|booking|reference|number|email|address|question|card) (?:number )?(?:is|ends)\b|there(?:'s| is) no (?:rush|hurry|reply|need)|we (?:are|have) |you're (?:sure|not (?:sure|blaming|after|asking|here)|glad|happy|pleased|looking|after|writing)"
    r"|\w+ \d+\b.{0,12}$)",
    re.IGNORECASE,
)
_GLAD = re.compile(r"\b(?:love|loved|lovely|great|glad|happy|excited|pleased|thrilled|enjoy|enjoyed|thank|thanks|beautiful|kind|helpful|works? (?:fine|great|well|now))\b", re.IGNORECASE)
_TROUBLE = re.compile(
    r"\b(?:not|n't|never|no|nobody|nothing|still|again|lost|late|missed|missing|gone|broke|broken|died|failed|twice|three times|cancelled|charged|"
    r"wrong|stopped|deleted|closed|refused|declined|rejected|waited|waiting|without|only|out of|overdue|delayed|cut|cold|dead|empty|stuck|cracked|damaged|"
    r"hurt|ill|sick|afraid|scared|worried|alone|cry|cried|crying|unpaid|overdrawn|fined|blocked|locked|dropping|crash\w*|error|doubled|short|unable|lose|losing|leave|tired|shaking|stranded|left)\b|n't\b",
    re.IGNORECASE,
)


def acknowledgement(reading: Reading, phrasing: Phrasing, voice: Voice, sorry: bool = True, used: str = "") -> str | None:
    """A sentence for this customer, or None. ``sorry``: whether it may apologise. ``used``: text not to say again."""
    for sentence in candidates(reading, phrasing, voice, sorry):
        if _bare(sentence) not in used:
            return sentence
    return None


def candidates(reading: Reading, phrasing: Phrasing, voice: Voice, sorry: bool = True) -> Iterator[str]:
    """Sentences that fit, best first; which of equals comes first is decided by the conversation's content."""
    conversation = reading.conversation
    own = tuple(m.text for m in conversation.messages if m.role == "customer")
    if not own:
        return
    clauses = _clauses(reading)
    places = details(conversation)
    seed = "\n".join(own)
    said = fold("\n".join([reading.draft.text, *(m.text for m in conversation.messages if m.role == "agent")])).text
    situations = _situations(own, phrasing)
    later: list[str] = []
    for number, anchor in situations:
        situation = phrasing.situations[number]
        if situation.needs and situation.needs not in places:
            continue
        heavy = situation.name in _HEAVY
        near = _near(clauses, anchor)
        filled = places | _clause_places(near) if near is not None else places
        told, bare = _filled(situation.ways, filled, seed + situation.name, said, voice, sorry or heavy)
        yield from told
        if heavy:
            yield from bare
            return
        later += bare
    best = _best(clauses)
    if best is not None:
        yield from _filled(phrasing.plain, places | _clause_places(best), seed, said, voice, sorry)[0]
    if reading.customer.upset >= _BARE_FROM:
        yield from later


def _situations(own: tuple[str, ...], phrasing: Phrasing) -> list[tuple[int, tuple[int, int]]]:
    """The situations that the messages show, in the file's order, each with where its words stand (message, offset)."""
    seen: dict[int, tuple[int, int]] = {}
    for message in range(len(own) - 1, max(-1, len(own) - 5), -1):
        for owner, start in _owners(own[message], phrasing):
            seen.setdefault(owner, (message, start))
    return sorted(seen.items())


@lru_cache(maxsize=512)
def _owners(text: str, phrasing: Phrasing) -> tuple[tuple[int, int], ...]:
    folded = fold(text[:6000])
    first: dict[int, int] = {}
    for match in phrasing.patterns.matches(folded):
        owner = phrasing.owner[match.pattern]
        first[owner] = min(first.get(owner, match.start), match.start)
    return tuple(first.items())


class Clause:
    """A clause of the customer's that can be said back: where it stands, and how much it tells."""

    __slots__ = ("end", "message", "start", "turned", "weight")

    def __init__(self, message: int, start: int, end: int, turned: Turned, weight: float) -> None:
        self.message = message
        self.start = start
        self.end = end
        self.turned = turned
        self.weight = weight


def _clauses(reading: Reading) -> list[Clause]:
    """Every clause of the customer's that turns cleanly and tells of trouble, the most telling first."""
    draft = fold(reading.draft.text).text
    problem = [(message, span) for message, span in reading.customer.problem]
    messages = reading.conversation.messages
    order = [i for i, m in enumerate(messages) if m.role == "customer"]
    out: list[Clause] = []
    for place, index in enumerate(order):
        recent = 1.0 if index == order[-1] else 0.6 if index == order[-2] else 0.4
        for start, text, doubtful in _cut(messages[index].text):
            turned = turned_clause(text)
            if turned is None or _NO_BURDEN.search(turned.text) or _GLAD.search(turned.text) or doubtful:
                continue
            end = start + len(text)
            rank = next((n for n, (m, s) in enumerate(problem) if m == index and s.start < end and start < s.end), None)
            weight = 0.0 if rank is None else 1.2 - 0.15 * rank
            weight += 0.5 if _TROUBLE.search(turned.text) else 0.0
            weight += _touched(reading.customer.signals, index, start, end)
            if weight < 0.5 or _contradicted(turned, draft):
                continue
            out.append(Clause(place, start, end, turned, weight * recent))
    out.sort(key=lambda c: (-c.weight, -c.message, c.start))
    return out


def _touched(signals: Iterable[Signal], message: int, start: int, end: int) -> float:
    score = 0.0
    for signal in signals:
        if signal.message == message and _meets(signal.span, start, end):
            score += 0.3 * signal.strength
        elif signal.message == message and signal.about and _meets(signal.about, start, end):
            score += 0.2 * signal.strength
    return min(score, 0.6)


def _meets(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end


@lru_cache(maxsize=512)
def _cut(text: str) -> tuple[tuple[int, str, bool], ...]:
    """The clauses of a message: offset, text, and whether it hangs on an "if" or a question."""
    parsed = parse(text)
    out = []
    for clause in parsed.clauses[:80]:
        start, end = parsed.folded.back(clause.start, clause.end)
        words = text[start:end]
        doubtful = clause.mark == "?" or bool(re.match(r"(?:if|unless|when|whether|whatever|until|once|who|which|what|how|why|where)\b", words, re.IGNORECASE))
        out.append((start, words, doubtful))
    return tuple(out)


_STOP = frozenset("your you've you're with from that this have been were what when they them then there would could about which after before still again only even just days weeks time".split())


def _contradicted(turned: Turned, draft: str) -> bool:
    """Whether the draft says the contrary: "your horse was not deleted" against "my horse was deleted"."""
    words = {w for w in re.findall(r"[a-z]{4,}", turned.text.lower()) if w not in _STOP}
    for sentence in re.split(r"[.!?\n]+", draft):
        if re.search(r"\b(?:not|n't|never|no|mistaken|actually|in fact|only)\b|n't", sentence):
            shared = words & set(re.findall(r"[a-z]{4,}", sentence))
            if len(shared) >= 2 and not turned.own:
                return True
    return False


def _near(clauses: Sequence[Clause], anchor: tuple[int, int]) -> Clause | None:
    """The clause that the situation's words stand in."""
    message, at = anchor
    return next((c for c in clauses if c.message == message and c.start <= at < c.end), None)


def _best(clauses: Sequence[Clause]) -> Clause | None:
    return clauses[0] if clauses and clauses[0].weight >= 0.6 else None


def _clause_places(clause: Clause) -> dict[str, str]:
    text = clause.turned.text
    places = {"clause": text, "Clause": text[0].upper() + text[1:]}
    if clause.turned.doing:
        doing = clause.turned.doing
        places |= {"doing": doing, "Doing": doing[0].upper() + doing[1:]}
    return places


def _filled(
    ways: Sequence[Way], places: dict[str, str], seed: str, said: str, voice: Voice, sorry: bool
) -> tuple[list[str], list[str]]:
    """The sentences that can be filled, those with the customer's words and those without, each in its order."""
    fitting = []
    for way in ways:
        if not way.needs <= places.keys() or (not sorry and _SORRY.search(way.text)):
            continue
        sentence = voice.fit(way.text.format_map(places))
        if len(sentence) > _MAX:
            continue
        told = sum(1.0 if need.lower() in {"clause", "doing"} else 1.1 for need in way.needs)
        fitting.append((-min(told, 1.6), _hash(seed + way.text), sentence))
    fresh = [(told, sentence) for told, _, sentence in sorted(fitting) if _bare(sentence) not in said]
    return [s for told, s in fresh if told < 0], [s for told, s in fresh if not told]


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()


def _bare(sentence: str) -> str:
    return fold(sentence).text.rstrip(".")


def own_voice_of(conversation: Conversation) -> str:
    """What the agent has written so far in the conversation."""
    return "\n".join(m.text for m in conversation.messages if m.role == "agent")
