"""The missing pieces: an answer prompt, a next step, a greeting, a name. What only the agent knows is a slot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from empathy_coach.domain import Conversation, Question, Reading
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.same import CONVERSATIONS
from empathy_coach.rewording.asked import (
    BREAKS_A_SLOT,
    apart,
    goes_on,
    in_slot,
    is_wish,
    parts,
    rhetorical,
    settled,
    whole,
)
from empathy_coach.rewording.changes import Change
from empathy_coach.rewording.facts import SLOT
from empathy_coach.rewording.people import greeting_name, introduces, signing_name
from empathy_coach.rewording.voice import Voice
from empathy_coach.rules.phrasing import Phrasing

# Log-odds below which a question is open: a needless gap costs more trust than a missed one, and the finding names it
# anyway. Of 80 labelled questions between the two that share no word with the draft 58 were open, of the others half.
_DOUBT, _DOUBT_APART = -0.2, 0.4
_MOST = 2  # prompts in one draft; more would be a form
_MOST_NOTED = 4  # lines for a colleague, who has to know all that was asked
_ADDRESSES_NOBODY = re.compile(
    r"\b(?:customer|policyholder|account ?holder|guest|user|member|subscriber|passenger|tenant|resident|client|sir"
    r"|madam|sirs|there|all|applicant|claimant|parent|parents|guardian|student|pupil|colleague|employee|taxpayer"
    r"|owner|user|cardholder|patient)\b",
    re.IGNORECASE,
)
_FORMAL = re.compile(r"\b(?:yours (?:sincerely|faithfully)|kind regards|dear)\b", re.IGNORECASE)


@lru_cache(maxsize=CONVERSATIONS)  # the seed may be all that was said on a long page
def _drawn(seed: str) -> int:
    return blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=4).digest()[0]


def _pick(lines: Sequence[str], seed: str) -> str:
    return lines[_drawn(seed) % len(lines)]


def answer_prompts(reading: Reading, phrasing: Phrasing, note: bool, lexicon: Lexicon) -> list[str]:
    """A slot for each question that is still open, none where the draft has it already."""
    quotes: list[str] = []
    draft = reading.draft.text
    said = [s.span.quote for s in reading.own.sentences if not s.span.quote.rstrip().endswith("?")]
    ways = phrasing.slots.get("carry_over" if note else "answer", ())
    left = _open(reading, said, lexicon)
    rows = (
        (q, parts(q.span.quote if note else whole(q, reading.conversation)))
        for q in left
        if not goes_on(q, reading.conversation)
    )
    for question, asked in ((q, part) for q, row in rows for part in row):
        if rhetorical(asked) or _told_when(asked, draft) or settled(asked, said, lexicon, question.likely):
            continue
        core = in_slot(asked)
        quote = _verbatim(asked, reading.conversation) if note else core
        if quote is None or '"' in quote or not ways or (len(left) == 1 and _done(reading, core or quote)):
            continue
        plain = quote.rstrip("?")
        if not any(plain in other or other.rstrip("?") in plain for other in quotes):
            quotes.append(quote)
    quotes = [quote for quote in quotes if note or not is_wish(quote)] or quotes  # a wish tells why they ask the rest
    lines = [_pick(ways, quote).format(quote=quote) for quote in quotes[: _MOST_NOTED if note else _MOST]]
    return [line for line in lines if line not in draft]


_VERBATIM = (12, 140)  # characters, of what is repeated word for word


def _verbatim(asked: str, conversation: Conversation) -> str | None:
    """What a customer wants, for a colleague who may read it as it was written: "Dont tell them it was me"."""
    plain = asked.strip(" .,;:-")
    if not any(plain in text for text in conversation.customer_texts):
        plain = plain.rstrip("?")  # one of two questions that share a mark
    fits = _VERBATIM[0] <= len(plain) <= _VERBATIM[1] and "\n" not in plain
    return plain if fits and not BREAKS_A_SLOT.search(plain) else None


_REQUESTED = re.compile(
    r"(?:can|could|may|might|would) |(?!(?:what|when|where|why|how|who|whose|which|is|are|am|do|does|has|will|shall|should)\b)[a-z]+ ",
    re.IGNORECASE,
)


def _done(reading: Reading, quote: str) -> bool:
    """Whether the one thing that was asked for is done, or refused: "Can I change the day?", "I've moved it to Friday"."""
    return bool(_REQUESTED.match(quote)) and any(
        "refusal" in s.acts or any(c.name == "done" for c in s.cues) for s in reading.own.sentences
    )


def _open(reading: Reading, said: Sequence[str], lexicon: Lexicon) -> list[Question]:
    """The open questions of the last message that has any; what was asked before may have been dealt with since."""
    left = [q for q in reading.customer.questions if not q.answered]
    newest = max((q.message for q in left), default=0)
    left = [q for q in left if q.message == newest and q.likely < _DOUBT_APART]
    return [q for q in left if q.likely < _DOUBT or apart(q.span.quote, said, lexicon)]


_WHEN = re.compile(
    r"\b(?:when|what (?:time|day|date)|which (?:day|date|evening|week)|how (?:long|soon)|been moved|(?:is there|any|a) (?:date|day|eta|time)"
    r"|(?:the|an) eta)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:within|in|by|on|until|from|at|after|takes?|before)\s+(?:the )?(?:about |around )?(?:\d|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day|tomorrow|tonight|today|noon|midnight|two|three|four|five|ten)"
    r"|\b\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)\b|\b\d{1,2}:\d\d\b"
    r"|\b(?:for|between) (?:the )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today)"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b"
    r"|\beta\b|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\d (?:to|-) \d+ (?:working )?(?:days|weeks)|\b(?:today"
    r"|tomorrow|tonight)\b",
    re.IGNORECASE,
)


def _told_when(question: str, draft: str) -> bool:
    """Whether a "when" has a time to answer it in the draft: a prompt would ask for what is there."""
    return bool(_WHEN.search(question) and _TIME.search(draft))


_TIMED = re.compile(
    r"\bin the next (?:few |couple of )?(?:hours|days|weeks)\b|\b(?:by|before|until|within|at|on) (?:\d"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|noon|midday)",
    re.IGNORECASE,
)


def pending(reading: Reading) -> bool:
    """Whether the agent has something left to do and does not say when: only then is a next step worth a slot."""
    own = reading.own.sentences
    vague = any(c.name == "vague" for s in own for c in s.cues)
    timed = any(c.name == "when" for s in own for c in s.cues) or bool(_TIMED.search(reading.draft.text))
    return vague and not timed


def next_step(reading: Reading, phrasing: Phrasing, note: bool, voice: Voice) -> str | None:
    """A line for the next step with visible slots, none where the draft has one already."""
    if note:
        kind = "hand_over"
    elif pending(reading):
        kind = "next_step"
    else:
        kind = "instead" if any("refusal" in s.acts for s in reading.own.sentences) else "step"
    lines = phrasing.slots.get(kind, ())
    if not lines or any(voice.fit(line) in reading.draft.text for line in lines):
        return None
    return voice.fit(_pick(lines, _all_said(reading.conversation)))


@lru_cache(maxsize=CONVERSATIONS)
def _all_said(conversation: Conversation) -> str:
    return "".join(m.text for m in conversation.messages)


def greeting(reading: Reading, phrasing: Phrasing) -> tuple[str | None, Change | None]:
    """A greeting to put in front, or a change of one that addresses nobody ("Dear Policyholder,")."""
    conversation = reading.conversation
    draft = reading.draft.text
    own = reading.own.greeting
    name = greeting_name(conversation.customer_name)
    if name is None:
        return None, None
    if own is None:
        first = draft.lstrip()[:80]
        if name.split()[-1].lower() in re.findall(r"[^\W\d_]+", first.lower()):
            return None, None
        formal = bool(_FORMAL.search(draft)) or name.startswith(("Mr", "Mrs", "Ms", "Dr", "Prof"))
        seed = conversation.customer_name or ""
        return _pick(phrasing.formal_greeting if formal else phrasing.greeting, seed).format(name=name), None
    if "{" in own.quote or "[" in own.quote or "%" in own.quote or "<" in own.quote:
        return None, None
    words = re.findall(r"[^\W\d_]+", own.quote)
    if len(words) > 1 and not _ADDRESSES_NOBODY.search(own.quote):
        return None, None
    opening = words[0] if words else "Hi"
    rest = re.search(r"[,.!:;\u2013\u2014-]*\s*$", own.quote)
    mark = (rest.group().strip() if rest else "") or ","
    if opening.lower() in {"good", "evening", "morning", "afternoon"}:
        opening = (
            own.quote[: own.quote.lower().find(words[1]) + len(words[1])]
            if opening.lower() == "good" and len(words) > 1
            else opening
        )
        if _ADDRESSES_NOBODY.search(opening):
            opening = "Hello"
    if mark == "!" and reading.customer.upset >= 0.3:
        mark = "," if draft[own.end : own.end + 1] in {"", "\n"} else "."
    return None, Change(
        own.start,
        own.end,
        f"{opening} {name}{mark}",
        "rapport",
        "Greet them by name",
        fresh=True,
    )


_FAREWELL = re.compile(
    r"^\s*(?:(?:with )?(?:kind|kindest|best|warm|warmest|many)? ?(?:regards|wishes|thanks)|thank you|yours|sincerely|cheers|take care"
    r"|stay|have an?|all the best|best)\b",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?:^|[\s,])[A-Z]\. ?[A-Z][\w'\u2019-]+|(?:^|\n)[A-Z]\.?$")
_NAME = 40  # characters of a line that holds a name
_YOUR_NAME = "[your name]"


def _own_name(reading: Reading) -> bool:
    """Whether the draft ends with somebody's name: "Jana", "Howard Finch"."""
    own = reading.own.sign_off
    lines = own.quote.split("\n") if own else reading.draft.text.rstrip().split("\n")[-1:]
    names = (re.sub(r"^.*[,.!?] ", "", line).strip(" ,.x") for line in lines if not _FAREWELL.match(line))
    last = (
        own.quote
        if own
        else "\n".join(line for line in reading.draft.text.rstrip().split("\n")[-3:] if len(line) <= _NAME)
    )
    return any(map(signing_name, names)) or bool(_INITIAL.search(last))


def _says_who(draft: str, name: str) -> bool:
    """Whether the draft says who writes: "I'm Tom", "Tom here", or the name in its last lines."""
    first = re.escape(name.split()[0])
    if re.search(rf"\b(?:I['\u2019]m|I am|this is|my name is) {first}\b|\b{first} (?:\w+ )?here\b", draft):
        return True
    tail = draft[-160:].lower()
    return any(re.search(rf"\b{re.escape(part)}\b", tail) for part in re.findall(r"[^\W\d_]{2,}", name.lower()))


def sign_off(reading: Reading) -> Change | None:
    """The agent's name at the end, where the draft has none."""
    draft = reading.draft.text
    name = signing_name(reading.conversation.agent_name)
    if _own_name(reading):
        return None  # "J. Proctor" has signed, whatever the desk calls them
    if name is None:
        name = _YOUR_NAME  # a team answers: who of it does, only the agent knows
        if SLOT.search(draft) or any(map(introduces, reading.own.sentences)):
            return None
    elif _says_who(draft, name):
        return None
    own = reading.own.sign_off
    quoted = [p.span.start for p in reading.own.skipped if p.kind in {"quote", "signature"}]
    end = len(draft[: min(quoted, default=len(draft))].rstrip())
    if own is None:
        return Change(end, end, "\n\n" + name, "rapport", "Sign with your name", order=9)
    beside = re.match(r"^[^,\n]{2,24},(?= +\S)", own.quote)
    if beside:  # "Regards, Billing" -> "Regards, Tom, Billing"
        at = own.start + beside.end()
        return Change(at, at, f" {name},", "rapport", "Sign with your name", order=9)
    lines = own.quote.split("\n")
    farewell = re.search(r",\s*$", lines[0]) or (len(lines) == 1 and _FAREWELL.match(lines[0]))
    at = own.start + len(lines[0]) if farewell else own.start
    if at == own.start:
        return Change(at, at, name + "\n", "rapport", "Sign with your name", order=9)
    return Change(at, at, "\n" + name, "rapport", "Sign with your name", order=9)
