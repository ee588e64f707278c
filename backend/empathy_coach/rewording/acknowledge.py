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
from empathy_coach.rewording.persons import PEOPLE
from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.subject import many, subject_of
from empathy_coach.rewording.turn import Turned, turned_clause
from empathy_coach.rewording.voice import Voice
from empathy_coach.rewording.words import INSULTS
from empathy_coach.rules.phrasing import Phrasing, Way

_SORRY = re.compile(r"\b(?:sorry|apolog)", re.IGNORECASE)
_HEAVY = frozenset(
    {"bereavement", "pet_loss", "harm_or_illness", "disconnection_fear", "hardship", "card_fraud", "tricked"}
)
_GRIEF = frozenset({"bereavement", "pet_loss"})
_BARE_FROM = 0.3  # how upset a customer must be for a sentence without their own words
_SLIGHT = 0.2  # and for any at all
_THANKFUL = 0.35  # the same of one who says thank you
_SHORT_OF = {"anger": "anger", "frustration": "anger", "disappointment": "anger", "worry": "worry", "confusion": "worry",
             "sadness": "sadness", "deadline": "deadline", "urgency": "deadline",
             "repeat_contact": "repeat_contact"}  # fmt: skip
_OFFERED = 3  # sentences; the second and third for where the first one would lower the score
_SURE = 0.6  # a signal's strength from which a short sentence may name its kind
_SOON = re.compile(
    r"\b(?:tomorrow|today|tonight|now|hours?|minutes?|asap|urgent\w*|\d+ ?(?:am|pm)|at \d+|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|this (?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
_SAD_FROM = 0.6  # how upset for words of sorrow
_SHORT_FIRST = ("sadness", "repeat_contact", "deadline", "worry", "anger")
_TOLD_WORDS = 11  # of a clause that is said back; more would be a recital
_ENDS_SORRY = re.compile(r",? and (?:I['\u2019]m|I am|we['\u2019]re|we are) sorry\.$")
_MAX = 230  # characters of an acknowledgement
# Clauses that are about the writing itself, a wish or a way to speak, not about what happened.
_NO_BURDEN = re.compile(
    r"^(?:(?:you|you're|you are|you were) (?:\w+ )?not (?:after|looking|asking|somebody|someone|trying|blaming"
    r"|hiding|sure|one to|here to|going to)\b|you (?:are|were) \d+\b|you're \d+\b|you (?:do not|don't) "
    r"(?:appreciate|like|want|enjoy|understand|mean|expect|care|mind|blame)\b"
    r"|(?:you're|you are) (?:\w+ ){0,2}(?:nervous|worried|livid|angry|upset|gutted|annoyed|frustrated|furious"
    r"|disappointed|confused|scared|terrified|fuming|anxious|concerned|stressed|panicking|desperate"
    r"|sorry)\b"
    r"|(?:you|you've) (?:do not|don't|did not|didn't|do|did)? ?(?:think|thought|explained|told us that|suppose|said"
    r"|asked (?:what|where|why|how|whether|if|when)|mentioned|tried to explain|just need|should|may|might"
    r"|would rather)\b|you (?:hope|want|need|would|wonder|think|know|look|see|guess|suppose|can (?:see"
    r"|live|wait|send)|could|like|love|appreciate|understand|wrote$|use |have attached|'ve attached"
    r"|attached|just want)"
    r"|you(?:'d|'ll| will) |your (?:name|order|account|booking|reference|number|email|address|question|card) "
    r"(?:number )?(?:is|ends)\b|there(?:'s| is) no (?:rush|hurry|reply|need)|we (?:are|have) |you're "
    r"(?:sure|not (?:sure|blaming|after|asking|here)|glad|happy|pleased|looking|after|writing)"
    r"|\w+ \d+\b.{0,12}$)",
    re.IGNORECASE,
)

_GLAD = re.compile(
    r"\b(?:love|loved|lovely|great|glad|happy|excited|pleased|thrilled|enjoy|enjoyed|thank|thanks|beautiful|kind"
    r"|helpful|works? (?:fine|great|well|now))\b",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:not|n't|never|no|nobody|nothing|still|again|lost|late|missed|missing|gone|broke|broken|died|failed|twice"
    r"|three times|cancelled|charged|"
    r"wrong|stopped|deleted|closed|refused|declined|rejected|waited|waiting|without|only|out of|overdue|delayed|cut"
    r"|cold|dead|empty|stuck|cracked|damaged|"
    r"hurt|ill|sick|afraid|scared|worried|alone|cry|cried|crying|unpaid|overdrawn|fined|blocked|locked|dropping"
    r"|crash\w*|error|doubled|short|unable|lose|losing|leave|tired|shaking|stranded|left)\b|n't\b",
    re.IGNORECASE,
)


def _untroubled(reading: Reading) -> bool:
    """Whether nothing in the messages asks for a regret, whatever the rubric makes of them."""
    kinds = {s.kind for s in reading.customer.signals if s.strength >= _SURE}
    thankful = "gratitude" in kinds and not kinds & {
        "anger",
        "frustration",
        "repeat_contact",
        "sadness",
        "disappointment",
    }
    return reading.customer.upset < (_THANKFUL if thankful else _SLIGHT)


def acknowledgements(reading: Reading, phrasing: Phrasing, voice: Voice, sorry: bool = True) -> list[str]:
    """The sentences for this customer, best first, a few at most. Never one that was said before.

    ``sorry``: whether it may apologise.
    """
    if _untroubled(reading):
        return []
    own = _sameness(reading.draft.text)
    before = _sameness(earlier_words(reading.conversation))
    best: list[str] = []
    for sentence in candidates(reading, phrasing, voice):
        if not sorry:
            sentence = _ENDS_SORRY.sub(".", sentence)
        said = _sameness(sentence)
        if said in own:
            return []  # it is there already
        if len(best) < _OFFERED and said not in before and (sorry or not _SORRY.search(sentence)):
            best.append(sentence)
    return best


def candidates(reading: Reading, phrasing: Phrasing, voice: Voice) -> Iterator[str]:
    """Sentences that fit, best first; which of equals comes first is decided by the conversation's content."""
    conversation = reading.conversation
    own = tuple(m.text for m in conversation.messages if m.role == "customer")
    if not own:
        return
    clauses = _clauses(reading)
    places = details(conversation)
    seed = "\n".join(own)
    situations = _situations(own, phrasing)
    refusal = any("refusal" in s.acts and not s.acts & {"apology"} for s in reading.own.sentences)
    later: list[str] = []
    for number, anchor in situations:
        situation = phrasing.situations[number]
        if situation.needs and situation.needs not in places:
            continue
        if situation.refusal and not refusal:
            continue
        heavy = situation.name in _HEAVY
        near = _near(clauses, anchor)
        filled = places | _clause_places(near) if near is not None else places
        told, bare = _filled(situation.ways, filled, seed + situation.name, voice)
        yield from told
        if heavy:
            yield from bare
            return
        later += bare
    best = _best(clauses)
    if best is not None and not best.turned.text.startswith("there "):
        yield from _filled(phrasing.plain, places | _clause_places(best), seed, voice)[0]
    if reading.customer.upset >= _BARE_FROM:
        yield from later
    yield from _short(reading, phrasing, seed, voice)


_AGREES = re.compile(r"\{thing\} (?:has|is|was|wasn't|worries)\b")  # one thing only


def _short(reading: Reading, phrasing: Phrasing, seed: str, voice: Voice) -> Iterator[str]:
    """A short honest sentence by what the customer shows, where nothing more can safely be said."""
    messages = reading.conversation.messages
    last = max((i for i, m in enumerate(messages) if m.role == "customer"), default=0)
    shown = {
        _SHORT_OF[s.kind]
        for s in reading.customer.signals
        if s.kind in _SHORT_OF and s.strength >= _SURE and s.message == last
    }
    if not any(_SOON.search(s.span.quote) for s in reading.customer.signals if s.kind in {"deadline", "urgency"}):
        shown -= {"deadline"}
    if reading.customer.upset < _SAD_FROM:
        shown -= {"sadness"}
    if sum(m.role == "customer" for m in messages) < 2:
        shown -= {"repeat_contact"}
    told = [span.quote for _, span in reading.customer.problem]
    told += [s for m in messages[last : last + 1] for s in re.split(r"(?<=[.!?])\s+|\n+", m.text) if _TROUBLE.search(s)]
    thing = next((found for text in told if (found := subject_of(text))), None)
    places = {"thing": thing} if thing else {}
    plural = thing is not None and many(thing)
    kinds = (*(k for k in _SHORT_FIRST if k in shown), "any")
    ways = [[w for w in phrasing.short.get(k, ()) if not (plural and _AGREES.search(w.text))] for k in kinds]
    filled = [_filled(some, places, seed, voice) for some in ways]
    for told, _ in filled:
        yield from told
    for _, bare in filled:
        yield from bare


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
    for match in phrasing.patterns.matches(folded):
        owner = phrasing.owner[match.pattern]
        first[owner] = min(first.get(owner, match.start), match.start)
    return tuple(first.items())


_WRITES = re.compile(
    r"^(?:dear|hello|hi|hey|good (?:morning|evening|afternoon)|thank|thanks|please|i write)\b", re.IGNORECASE
)


def telling_sentence(reading: Reading) -> str | None:
    """The customer's sentence that tells most, word for word, for a note to a colleague; None when none can be."""
    messages = reading.conversation.messages
    own = [i for i, m in enumerate(messages) if m.role == "customer"]
    best: tuple[float, str] | None = None
    for index in own[-3:]:
        parsed = parse(messages[index].text)
        for sentence in parsed.sentences[:60]:
            start, end = parsed.folded.back(sentence.start, sentence.end)
            text = messages[index].text[start:end].strip()
            words = text.lower().split()
            if (
                not 4 <= len(words) <= 30
                or sentence.mark == "?"
                or _WRITES.match(text)
                or re.search(r"[\"\[\]{}\n]", text)
                or INSULTS & {w.strip(".,!?") for w in words}
            ):
                continue
            weight = _touched(reading.customer.signals, index, start, end)
            weight += sum(0.5 for m, s in reading.customer.problem if m == index and s.start < end and start < s.end)
            weight += 0.3 if _TROUBLE.search(text) else 0.0
            if weight >= 0.3 and (best is None or weight > best[0]):
                best = (weight, text)
    return best[1] if best else None


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
            weight += 0.1 if re.search(r"\d|n't\b|\b(?:not|never|cannot)\b", turned.text) else 0.0
            weight += _touched(reading.customer.signals, index, start, end)
            if (
                weight < 0.5
                or len(turned.text.split()) < 4
                or _contradicted(turned, draft)
                or (turned.ours and not turned.own)
            ):
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


# "I booked the fare and now my operation has been moved": what came after stands by itself.
_AND_NOW = re.compile(
    r"\s+(?:and|but)\s+(?:now|then|yesterday|today|this morning|last night)\s+(?=(?:i|we|my|our|the|you|nobody"
    r"|there)\b)",
    re.IGNORECASE,
)
_HANGS = re.compile(r"(?:if|unless|when|whether|whatever|until|once|who|which|what|how|why|where)\b", re.IGNORECASE)


_QUOTED = re.compile(r"(?<!\w)['\"\u2018\u201c]\w")


@lru_cache(maxsize=512)
def _cut(text: str) -> tuple[tuple[int, str, bool], ...]:
    """The clauses of a message: offset, text, and whether it hangs on an "if" or a question."""
    parsed = parse(text)
    out = []
    for clause in parsed.clauses[:80]:
        start, end = parsed.folded.back(clause.start, clause.end)
        if _QUOTED.search(text[max(0, start - 1) : end]):
            continue  # somebody else's words
        asked = clause.mark == "?"
        for part in _AND_NOW.split(text[start:end]):
            at = text.index(part, start)
            out.append((at, part, asked or bool(_HANGS.match(part))))
            start = at + len(part)
    return tuple(out)


_STOP = word_set(
    """
    your you've you're with from that this have been were what when they them then there would could about which
    after before still again only even just days weeks time
    """
)


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
    return clauses[0] if clauses and clauses[0].weight >= 0.9 else None


# What a customer suffers, as against what they did: "I'm sorry that" fits only the first.
_SUFFERED = re.compile(
    r"^(?:you|you've|you have|you're|you were)(?: (?:just|now|still|only|already|never|also|both|then|again|all))* "
    r"(?:lost|losing|missed|(?:have |had |having )?(?:had )?to (?!say|tell|know|be honest)\w+|can't|cannot|can not|couldn't|could not"
    r"|have no (?!idea|clue|doubt|problem|choice|wish|intention|rush|complaint)\w+"
    r"|(?:haven't|hadn't|have not|had not|didn't|did not|never) (?:receive|receiv|had|heard|hear|been|got|get|slept|sleep|arriv)\w*"
    r"|(?:were|was|been|are|got) (?:left|told|charged|cut|locked|promised|passed|sent|given|made|kept|stuck|stranded|waiting"
    r"|without|out of pocket|overcharged|refused|turned away|transferred|ignored|humiliated|laughed|shouted|spoken|treated|fined"
    r"|blocked|banned|logged out|double|billed|offline|stood up|let down|hung up)\b"
    r"|waited|ended up|stood|sat|spent|waiting|paid (?:twice|for))\b"
    r"|^you've (?:lost|missed|waited|spent|been (?:left|told|charged|waiting|without|cut|locked|passed|on hold|chasing|trying))\b",
    re.IGNORECASE,
)
_FEELINGS = {
    "anger": "angry",
    "frustration": "frustrated",
    "worry": "worried",
    "sadness": "upset",
    "disappointment": "disappointed",
}


def _clause_places(clause: Clause) -> dict[str, str]:
    text = clause.turned.text
    if len(text.split()) > _TOLD_WORDS:
        return {}
    places = {"clause": text, "Clause": _capital(text)}
    if _is_trouble(clause):
        places |= {"trouble": text, "Trouble": _capital(text)}
    if clause.turned.doing and _SUFFERED.match(text):
        places |= {"doing": clause.turned.doing, "Doing": _capital(clause.turned.doing)}
    return places


# What has plainly befallen somebody near; "your wife works nights and can't sleep in the day" is none of it.
_BEFALLEN = re.compile(
    r"\b(?:ill|sick|hurt|injured|died|lost|cried|crying|hospital|stranded|refused|fell|fallen|collapsed|broke|broken"
    r"|alone|afraid|scared)\b",
    re.IGNORECASE,
)


def _is_trouble(clause: Clause) -> bool:
    text = clause.turned.text
    words = text.lower().split()
    if "would" in words or "could" in words:
        return False  # what might have been
    if len(words) > 1 and words[0] == "your" and words[1].split("'")[0] in PEOPLE and not _BEFALLEN.search(text):
        return False
    return (
        bool(_SUFFERED.match(text))
        if clause.turned.text.startswith("you") and not text.startswith("your ")
        else bool(_TROUBLE.search(text))
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def feeling_word(reading: Reading) -> str | None:
    """The feeling at its strongest in the last message that shows one, in a plain word."""
    shown = [s for s in reading.customer.signals if s.kind in _FEELINGS and s.strength >= 0.5]
    if not shown:
        return None
    last = max(s.message for s in shown)
    return _FEELINGS[max((s for s in shown if s.message == last), key=lambda s: s.strength).kind]


def _filled(ways: Sequence[Way], places: dict[str, str], seed: str, voice: Voice) -> tuple[list[str], list[str]]:
    """The sentences that can be filled, those with the customer's words and those without, each in its order."""
    fitting = []
    for way in ways:
        if not way.needs <= places.keys() or _twice(way, places):
            continue
        sentence = voice.fit(way.text.format_map(places))
        if len(sentence) > _MAX:
            continue
        told = sum(_TELLS.get(need.lower(), 1.0) for need in way.needs)
        fitting.append((-min(told, 1.5), _hash(seed + way.text), sentence))
    fresh = [(told, sentence) for told, _, sentence in sorted(fitting)]
    return [s for told, s in fresh if told < 0], [s for told, s in fresh if not told]


def _twice(way: Way, places: dict[str, str]) -> bool:
    """Whether the sentence would name the same thing twice: "you missed your exam, with your exam tomorrow"."""
    clauses = " ".join(places[n].lower() for n in way.needs if n.lower().startswith(("clause", "trouble", "doing")))
    return any(n.lower() in _NAMED and places[n].lower().split()[-1] in clauses for n in way.needs)


_NAMED = frozenset({"person", "event", "task", "who", "pet", "duration", "amount", "lost", "when"})
# How much a filled place tells; a way with more of the customer's own words comes first.
_TELLS = {"feeling": 0.2, "when": 0.5, "clause2": 0.4, "trouble2": 0.4, "duration": 1.2}


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()


_PLAIN_VOICE = Voice(whole=True)


@lru_cache(maxsize=512)  # the same sentences are weighed again for the rewording of the rewording
def _sameness(text: str) -> str:
    """The text with voice and contractions taken out, to tell whether a sentence has been said already."""
    plain = _PLAIN_VOICE.fit(text.replace("\u2019", "'").lower())
    plain = re.sub(r"\b(?:we are|i am)\b", "i am", re.sub(r"\bours\b", "mine", plain))
    return re.sub(r"[^a-z0-9£$€]+", " ", re.sub(r"\bwe\b", "i", plain)).strip()


def earlier_words(conversation: Conversation) -> str:
    """What the agent has written so far in the conversation."""
    return "\n".join(m.text for m in conversation.messages if m.role == "agent")
