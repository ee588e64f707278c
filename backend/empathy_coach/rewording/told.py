"""What the customer has been through, in clauses of theirs that can be said back."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from empathy_coach.domain import Conversation, Reading, Signal, Span
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.customer.burden import load_burden
from empathy_coach.reading.customer.clauses import parse
from empathy_coach.reading.same import CONVERSATIONS, Same
from empathy_coach.rewording.completed import named, with_subject
from empathy_coach.rewording.persons import PEOPLE
from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.turn import Turned, turned_clause

# Log-odds below which a clause is no burden, unless it tells of trouble in so many words: of what they did, of what happened.
_DID, _HAPPENED = -0.35, -0.75
_TELLS = 0.5  # the weight of a clause that is worth saying back
_SHORT = 10  # words of a clause that needs no cutting
_LEAST = 12  # characters of what is left of a clause cut short
_TOLD_WORDS = 15  # of a clause that is said back; more would be a recital
# Two subjects ("the update you can't find"), what has not happened yet, or what hangs on words before it.
_UNCLEAN = re.compile(
    r"^(?:the|your|my|our|this|that|a|an) [\w'-]+ (?:you|i|we|he|she|they)\b|\b(?:might|may|could|would) (?!not\b)"
    r"|\b(?:ago|also)\b",
    re.IGNORECASE,
)
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
    r"(?:number )?(?:is|ends)\b|there(?:'s| is) no (?:rush|hurry|reply|need)|you (?:can't|cannot|couldn't) (?:stop thinking"
    r"|believe|think of|say|wait|complain|imagine|help|tell|remember|work out|figure|find (?:it|them|the (?:page"
    r"|button|option)))\b|we (?:are|have) |you're "
    r"(?:sure|not (?:sure|blaming|after|asking|here)|glad|happy|pleased|looking|after|writing)"
    r"|\w+ \d+\b.{0,12}$)",
    re.IGNORECASE,
)

# Two statements without a joint: "the code doesn't open 38 says invalid"; an end that points at nothing: "with it".
_BROKEN = re.compile(
    r"(?:n't|\bnot) (?:(?!(?:that|which|who|when|while|because|so|if|until|and|but|what|where|how|why|as|although|though|like|than)\b)"
    r"\S+ ){1,5}(?:says|said|shows|reads|is|was|are|were|has|had|comes|goes|went|came|keeps|just)\b"
    r"|\b(?:with|of|in|on|by|from) (?:it|them|that|this)$|\b(?:since|either|too)$",
    re.IGNORECASE,
)
_GLAD = re.compile(
    r"\b(?:love|loved|lovely|great|glad|happy|excited|pleased|thrilled|enjoy|enjoyed|thank|thanks|beautiful|kind"
    r"|helpful|works? (?:fine|great|well|now))\b",
    re.IGNORECASE,
)
TROUBLE = re.compile(
    r"\b(?:not|never|no|nobody|nothing|still|again|lost|lose|losing"
    r"|late(?! (?:wife|husband|mother|father|mum|dad|partner|sister|brother))|missed|missing|gone|broke|broken|died|dead|failed"
    r"|fails|failing|twice|three times|cancelled|canceled|charged|overcharged|wrong|stopped|deleted|wiped|closed|refused"
    r"|declined|rejected|waited|waiting|without|out of|overdue|delayed|cut|cold|empty|stuck|cracked|damaged|ruined|spoilt"
    r"|hurt|ill|sick|afraid|scared|worried|alone|cry|cried|crying|unpaid|overdrawn|fined|blocked|locked|banned|dropping"
    r"|crash\w*|freez\w+|frozen|froze|errors?|doubled|short|unable|leave|leaves|tired|shaking|stranded|left|unannounced"
    r"|bounced|smashed|threw|thrown|laughed|shouted|rude|flooded|flooding|flood|leak\w*|fire|flames|smoke|burn\w*|stolen|stole"
    r"|hacked|vanished|disappeared|(?:in|into) (?:the )?hospital"
    r"|a&e|in tears|bruise\w*|bleed\w*|collapsed|came down|came back|comes back|fell|fallen"
    r"|expired|ignored|injured|suspended|disconnected|snapped|ripped|torn|scratch\w*|dented|mould\w*|rotten|soaked|wet"
    r"|maggots|bedbugs|rats|mice|stain\w*|stink\w*|smells?|slow|unusable|double|duplicate|overbooked|bumped|swapped"
    r"|substituted|expensive|paged|bankrupt|threaten\w*|summons|debt|bailiffs?|evict\w*|swollen|allergic|ate"
    r"|forgotten|off|down|logged into|fault|faulty|flicker\w*|ended|takes (?:about |nearly )?\d+|ago|in circles"
    r"|texting|following me|harass\w*|chemo|cancer|stroke|diagnosed|dying)\b"
    r"|n't\b",
    re.IGNORECASE,
)


class Clause:
    """A clause of the customer's that can be said back: where it stands, and how much it tells."""

    __slots__ = ("end", "message", "start", "turned", "weight", "words")

    def __init__(self, message: int, start: int, end: int, turned: Turned, weight: float) -> None:
        self.message = message
        self.start = start
        self.end = end
        self.turned = turned
        self.weight = weight
        self.words = frozenset(w for w in _LONG_WORD.findall(turned.text.lower()) if w not in _STOP)


def clauses(reading: Reading) -> tuple[Clause, ...]:
    """Every clause of the customer's that turns cleanly and tells of trouble, the most telling first."""
    customer = reading.customer
    told = _told(reading.conversation, Same(customer.signals), Same(customer.problem))
    lines = fold(reading.draft.text).text.split("\n") if told else ()
    denied = [words for line in lines for words in _denied(line)]
    if not denied:
        return told
    return tuple(clause for clause in told if clause.turned.own or not _contradicted(clause, denied))


@lru_cache(maxsize=CONVERSATIONS)
def _told(
    conversation: Conversation, shown: Same[tuple[Signal, ...]], burdens: Same[tuple[tuple[int, Span], ...]]
) -> tuple[Clause, ...]:
    """The same, whatever the draft says."""
    messages, signals, problem = conversation.messages, shown.it, burdens.it
    order = [i for i, m in enumerate(messages) if m.role == "customer"]
    out: list[Clause] = []
    for place, index in enumerate(order):
        recent = 1.0 if index == order[-1] else 0.6 if index == order[-2] else 0.4
        for start, text, doubtful in _cut(messages[index].text):
            turned = None if doubtful else _said_back(text)
            if turned is None:
                continue
            end = start + len(text)
            rank = next((n for n, (m, s) in enumerate(problem) if m == index and s.start < end and start < s.end), None)
            weight = 0.0 if rank is None else 1.2 - 0.15 * rank
            weight += 0.5 if TROUBLE.search(turned.text) else 0.0
            weight += 0.25 if _SUFFERED.match(turned.text) else 0.0
            weight += 0.1 if re.search(r"\d|n't\b|\b(?:not|never|cannot)\b", turned.text) else 0.0
            weight += touched(signals, index, start, end)
            burden = load_burden().logit(fold(turned.text).text)
            weight += 0.5 * max(0.0, math.tanh(burden))
            if (
                weight < 0.5
                or (
                    burden < (_DID if turned.text.startswith(("you ", "you'")) else _HAPPENED)
                    and not TROUBLE.search(turned.text)
                )
                or len(turned.text.split()) < (3 if turned.text.startswith("nobody") else 4)
                or (turned.ours and not turned.own and not turned.heard)
            ):
                continue
            out.append(Clause(place, start, end, turned, weight * recent))
    out.sort(key=lambda c: (-c.weight, -c.message, c.start))
    return tuple(out)


# Where a long clause may end early and still be true.
_ENDS = re.compile(
    r",\s|\s(?:because|cos|so(?: that)?|which|who|and|but|then|even though|although|though|whereas|when|while|after|pls|please"
    r"|since|for|from)(?:\s|$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def _said_back(text: str) -> Turned | None:
    """The clause turned around, whole if it is short enough, else its beginning as far as that can stand."""
    text = with_subject(text.strip())
    ends = [len(text), *sorted((m.start() for m in _ENDS.finditer(text)), reverse=True)]
    if len(text.split()) > _SHORT:  # a part of a long one reads better, where it can stand
        ends.sort(key=lambda end: len(text[:end].split()) > _SHORT)
    for end in ends:
        turned = turned_clause(text[:end]) if end >= _LEAST else None
        if turned is None or len(turned.text.split()) > _TOLD_WORDS:
            continue
        if not any(unfit.search(turned.text) for unfit in (_NO_BURDEN, _GLAD, _UNCLEAN, _BROKEN)):
            return turned
    return None


def touched(signals: Iterable[Signal], message: int, start: int, end: int) -> float:
    """How much of what the customer shows lies in this part of a message, 0..0.6."""
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
            out.append((at, named(part, text[:at]), asked or bool(_HANGS.match(part))))
            start = at + len(part)
    return tuple(out)


_STOP = word_set(
    """
    your you've you're with from that this have been were what when they them then there would could about which
    after before still again only even just days weeks time
    """
)


def _contradicted(clause: Clause, denied: Sequence[frozenset[str]]) -> bool:
    """Whether the draft says the contrary: "your horse was not deleted" against "my horse was deleted"."""
    return any(len(clause.words & there) >= 2 for there in denied)


_LONG_WORD = re.compile("[a-z]{4,}")
_DENIES = re.compile(r"\b(?:not|n't|never|no|mistaken|actually|in fact|only)\b|n't")


@lru_cache(maxsize=2048)  # an edit costs one line
def _denied(line: str) -> tuple[frozenset[str], ...]:
    """The longer words of each sentence that denies something."""
    return tuple(
        frozenset(_LONG_WORD.findall(sentence)) for sentence in re.split(r"[.!?]+", line) if _DENIES.search(sentence)
    )


def near(clauses: Sequence[Clause], anchor: tuple[int, int]) -> Clause | None:
    """The clause that the situation's words stand in."""
    message, at = anchor
    return next((c for c in clauses if c.message == message and c.start <= at < c.end), None)


def best_of(clauses: Sequence[Clause]) -> Clause | None:
    """The clause that tells most of what the customer suffered."""
    return next((c for c in clauses if c.weight >= _TELLS and is_trouble(c)), None)


_VITAL = (
    "pay|afford|sleep|eat|drink|work|walk|move|leave|log|get|access|use|open|reach|drive|cook|wash|shower|heat|see|hear|feed|cope|manage"
    "|travel|trade|ship|teach|study|call|ring|phone|play|watch|concentrate|face|stand|breathe|lift|bend|sit|lie|rest|order|book"
)
_TIME_SPENT = (
    r"(?:(?:in|at home|all|another|for|over|about|nearly|almost|since|more than|the (?:whole|entire|best part of the)) )*"
    r"(?:\d|an? (?:half |whole |good |full )?(?:hour|day|week|month|year|morning|night)|half|two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hours?|days?|weeks?"
    r"|months?|morning|afternoon|evening|day|night|weekend)"
)
# What a customer suffers, as against what they did: "I'm sorry that" fits only the first.
_SUFFERED = re.compile(
    r"^(?:you|you've|you have|you're|you were)(?: (?:just|now|still|only|already|also|both|then|again|all))* "
    r"(?:lost|losing|missed|(?:have |had |having )?(?:had )?to (?!say|tell|know|be honest)\w+|(?:can't|cannot|can not|couldn't|could not) "
    # What the company asked of them is no trouble to be sorry for, and of other verbs only those that nobody does without.
    rf"(?:really |even |just )?(?:{_VITAL})\b"
    r"|have no (?:heating|hot water|water|power|electricity|internet|broadband|signal|money|food|wages|income|way)\b"
    r"|(?:haven't|hadn't|have not|had not|didn't|did not|never) (?:receive|receiv"
    r"|had (?:any|my|the|an? (?:answer|reply|response|call|refund|update))|heard|hear|been|got|get|slept|sleep|arriv)\w*"
    r"|fell|broke|hurt|injured|burnt|burned|start(?:ed)? chemo|are sat|had an? (?:\w+ )?(?:fall|tumble|accident|seizure|stroke|fright"
    r"|shock)\b|(?:were|was|been|are|got) (?:left|charged"
    r"|cut|locked|passed|sent (?:the wrong|the same|another|round|away|an? (?:used|broken))"
    r"|kept|stuck|stranded|waiting"
    r"|without|out of pocket|overcharged|refused|turned away|transferred|ignored|humiliated|laughed|shouted|spoken|treated|fined"
    r"|blocked|banned|logged out|double|billed|offline|stood up|let down|hung up|paged|fobbed|chasing|ringing|calling"
    r"|trying|paying|sold|scammed|tricked|forced|made to|on hold|in pain|short|not paid|not allowed|shut out|out)\b"
    r"|got (?:charged|told|paged|cut|locked|billed|fined|nothing|no |a (?:bill|fine|charge|letter|error|£|\\$)|an (?:error|automated))"
    r"|still (?:have no|haven't|can't|don't)|are (?:still )?(?:locked|stuck|without|stranded|waiting|short|out of)|keep getting"
    rf"|(?:waited|spent) {_TIME_SPENT}|ended up|stood|waiting|paid twice"
    r"|sat (?:there|waiting|up|for|on the floor|in the (?:cold|dark|rain|car)))\b"
    r"|^you're (?:still |now )?(?:locked|stuck|stranded|cut off|shut out|waiting|without|out of pocket|\S*\d+ short)\b"
    rf"|^you've (?:lost|missed|(?:waited|spent) {_TIME_SPENT}|been (?:left|charged|waiting|without|cut|locked|passed|on hold|chasing|trying|sat"
    r"|sitting|standing|up|stuck|ill|unwell|asking|ringing|calling))\b",
    re.IGNORECASE,
)


# "Your card won't work": said by the agent, a "won't" would sound like a promise.
_WONT = re.compile(r"^((?:your|the) (?:[a-z'-]+ )?[A-Za-z'-]*[^s\s]) won['\u2019]t (?!be\b)")


def places_of(clause: Clause) -> dict[str, str]:
    """What it fills in a way of saying it."""
    text = _WONT.sub(r"\1 doesn't ", clause.turned.text)
    if len(text.split()) > _TOLD_WORDS:
        return {}
    places = {"clause": text, "Clause": capital(text)}
    if is_trouble(clause):
        places |= {"heard": text} if clause.turned.heard else {"trouble": text, "Trouble": capital(text)}
    if clause.turned.doing and _SUFFERED.match(text):
        places |= {"doing": clause.turned.doing, "Doing": capital(clause.turned.doing)}
    return places


# What has plainly befallen somebody near; "your wife works nights and can't sleep in the day" is none of it.
_BEFALLEN = re.compile(
    r"\b(?:ill|sick|hurt|injured|died|lost|cried|crying|in (?:the )?hospital|stranded|refused|fell|fallen|collapsed|broke|broken"
    r"|alone|afraid|scared|chemo|cancer|stroke|diagnosed|dying|a&e|screaming|bounced|sacked|redundant|operation|surgery|not slept|in tears)\b",
    re.IGNORECASE,
)


# "There" and what nobody wants there; "there is no button" is no trouble of its own.
_WHATS_THERE = re.compile(
    r"^there(?:'s| is| are| was| were|'s been| has been) (?:\w+ ){0,2}(?:mould|damp|water|rats?|mice|smoke|blood|leak|smell|glass"
    r"|hole|crack|bedbugs|maggots)\b",
    re.IGNORECASE,
)
# What tells of trouble by its words alone: what somebody knows or does, what others own, what was long ago.
NOT_SUFFERED = re.compile(
    r"\b(?:don't|doesn't|do not|does not|didn't|did not) know\b|\b(?:was|were|is|are) (?:\w+ )?having (?:his|her|their"
    r"|your|an?)\b|\b(?:is|are|was) like\b"
    r"|\b(?:never|didn't|did not) have to\b|\bnever had to\b"
    r"|\b(?:in|since) (?:1[89]|20)\d\d\b|\b(?:neighbou?r|friend|colleague|boss)'s\b|\bon the phone\b|\byour english\b"
    r"|^nobody (?!came|comes|called|answer|told|repl|rang|rings|wrote|picked|turned|ha[sd]|could|can|would|was|is|got|did"
    r"|does|listen|cares|met|helped|help|seem|let|warned|asked|explained|phoned|showed|contacted)"
)


_WEAK = word_set(
    "no not never n't still again left leave leaves late off down out short without cut cold empty ago slow ended gone"
)
# What they say of a thing that does not do what it is for.
_FAILS = re.compile(
    r"\b(?:is|are|was|were|went|goes|been|gone|it's) (?:\w+ ){0,2}(?:down|off|out|cold|empty|late|gone|short|slow)"
    r"(?=$|[,;]| (?:again|since|for|all|in|at|today|on|and)\b)"
    r"|\bwent up\b|\bwithout (?:notice|warning|asking|a word|telling|heating|power|water)\b"
    r"|(?:n't|\bnot|\bnever|\bno longer|\bwon't) (?:\w+ )?(?:work|load|show|open|arriv|c[oa]me|connect|start|turn|respond|let|sync|charg|print"
    r"|deliver|ring|call|answer|repl|fit|dr[ai]in|heat|clos|lock|mov|fixed|refund|paid|deliver)\w*",
    re.IGNORECASE,
)


def is_trouble(clause: Clause) -> bool:
    """Whether it tells of something suffered, so that "I'm sorry that" fits."""
    text = clause.turned.text
    words = text.lower().split()
    mine = words[0] in {"you", "you've", "you're"}
    if NOT_SUFFERED.search(text.lower()) or (words[0].startswith("there") and not _WHATS_THERE.match(text)):
        return False
    if {"would", "could", "said", "says", "thinks", "told", "think"} & set(words[1:5]) and not mine:
        return False  # what might have been, or what others say
    if len(words) > 1 and words[0] == "your" and words[1] in PEOPLE and not _BEFALLEN.search(text):
        return False
    if mine:
        return bool(_SUFFERED.match(text))
    # A bare "not", "still" or "off" is in half of what people tell ("the till runs off it"): it says nothing by itself.
    return (
        words[0] == "nobody"
        or any(m.group().lower() not in _WEAK for m in TROUBLE.finditer(text))
        or bool(_FAILS.search(text))
    )


def capital(text: str) -> str:
    """The text with its first letter a capital."""
    return text[0].upper() + text[1:]
