"""The missing pieces: an answer prompt, a next step, a greeting, a name. What only the agent knows is a slot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from empathy_coach.domain import Question, Reading
from empathy_coach.rewording.asked import indirect, rhetorical
from empathy_coach.rewording.changes import Change
from empathy_coach.rewording.people import greeting_name, signing_name
from empathy_coach.rewording.voice import Voice
from empathy_coach.rewording.words import INSULTS, is_word
from empathy_coach.rules.phrasing import Phrasing

_MOST = 3  # prompts in one draft; more would be a form
_ADDRESSES_NOBODY = re.compile(
    r"\b(?:customer|policyholder|account ?holder|guest|user|member|subscriber|passenger|tenant|resident|client|sir"
    r"|madam|sirs|there|all|applicant|claimant|cardholder|patient)\b",
    re.IGNORECASE,
)
_FORMAL = re.compile(r"\b(?:yours (?:sincerely|faithfully)|kind regards|dear)\b", re.IGNORECASE)
_ESCAPED = re.compile(r"[\[\]{}]")


def _pick(lines: Sequence[str], seed: str) -> str:
    return lines[blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=4).digest()[0] % len(lines)]


def answer_prompts(reading: Reading, phrasing: Phrasing, note: bool, voice: Voice) -> list[str]:
    """A prompt for each question that is still open, none where the draft has it already."""
    slots = phrasing.slots or {}
    open_ended = slots.get("answer_open", ())
    told: list[str] = []
    vague: list[str] = []
    for question in _open(reading)[:_MOST]:
        if _told_when(question.span.quote, reading.draft.text):
            continue
        line = _prompt(question, slots, note, bool(told), voice)
        if line and line not in reading.draft.text and line not in told:
            (vague if line in open_ended else told).append(line)
    return told or vague[:1]


def _open(reading: Reading) -> list[Question]:
    return [q for q in reading.customer.questions if not q.answered]


_WHEN = re.compile(r"\b(?:when|what (?:time|day|date)|how (?:long|soon)|been moved)\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:within|in|by|on|until|from|at|after|takes?|before)\s+(?:the )?(?:about |around )?(?:\d|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day|tomorrow|tonight|today|noon|midnight|two|three|four|five|ten)"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day \d|\d (?:to|-) \d+ (?:working )?(?:days|weeks)|\b(?:today"
    r"|tomorrow|tonight)\b",
    re.IGNORECASE,
)


_QUOTABLE = re.compile(
    r"^(?:so |and |but |or )?(?:(?:what|when|where|why|who|how|which)\b[^,]{0,25}? )?(?:is|are|was|were|can|could"
    r"|will|would|should|do|does|did|has|have|may|might|am)\b",
    re.IGNORECASE,
)


def _spelt(text: str) -> bool:
    return all(
        is_word(w) and w not in INSULTS
        for w in re.findall(r"(?<![A-Za-z])[a-z]+(?:'[a-z]+)?(?![A-Za-z])", text.replace("\u2019", "'"))
    )


_RELATIVE = re.compile(r"^(?:who|which) (?:is|was|are|were|has|had)\b[^?]*$", re.IGNORECASE)


def _told_when(question: str, draft: str) -> bool:
    """Whether a "when" has a time to answer it in the draft: a prompt would ask for what is there."""
    return bool(_WHEN.search(question) and _TIME.search(draft))


def _prompt(
    question: Question, table: Mapping[str, tuple[str, ...]], note: bool, again: bool, voice: Voice
) -> str | None:
    quote = re.sub(r"\s+", " ", question.span.quote).strip()
    if _ESCAPED.search(quote) or len(quote) > 160:
        return None
    if note and _RELATIVE.match(quote):
        return None
    if note:
        return _pick(table.get("carry_over", ("",)), quote).format(quote=f'"{quote}"') or None
    told = indirect(quote, question.request)
    if told is None:
        if (
            '"' in quote
            or not quote.endswith("?")
            or rhetorical(quote)
            or not _QUOTABLE.match(quote)
            or not _spelt(quote)
        ):
            return _pick(table.get("answer_open", ("",)), quote) or None
        return _pick(table.get("answer_quote", ("",)), quote).format(quote=quote) or None
    ask, deed = told
    kind = "answer_request" if deed else "answer_again" if again else "answer"
    line = _pick(table.get(kind, ("",)), quote).format(ask=ask)
    return voice.fit(line) or None


_DONE = re.compile(
    r"\b(?:i|we)(?:'ve| have)(?: now| already| just)? (?!noted|logged|received|forwarded|passed|read)(?:\w+ed|sent"
    r"|put|made|set|taken)\b"
    r"|\b(?:attached|done|renewed)\b",
    re.IGNORECASE,
)


def is_done(reading: Reading) -> bool:
    """Whether a calm request has been met, or a refusal leaves the next step to the customer: nothing to promise."""
    text = reading.draft.text.replace("\u2019", "'")
    refused = any("refusal" in s.acts for s in reading.own.sentences)
    return bool(reading.customer.upset < _CALM and _DONE.search(text)) or (refused and bool(_UP_TO_THEM.search(text)))


_CALM = 0.3
_UP_TO_THEM = re.compile(r"\byou (?:can|could|may)\b|\bif you\b", re.IGNORECASE)


def next_step(reading: Reading, phrasing: Phrasing, note: bool, voice: Voice) -> str | None:
    """A line for the next step with visible slots, none where the draft has one already."""
    lines = (phrasing.slots or {}).get("hand_over" if note else "next_step", ())
    if not lines or any(voice.fit(line) in reading.draft.text for line in lines):
        return None
    return voice.fit(_pick(lines, "".join(m.text for m in reading.conversation.messages)))


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
        mark = ","
    return None, Change(
        own.start,
        own.end,
        f"{opening} {name}{'!' if mark == '!' else mark}",
        "rapport",
        "Greet them by name",
        fresh=True,
    )


def sign_off(reading: Reading) -> Change | None:
    """The agent's name at the end, where the draft has none."""
    name = signing_name(reading.conversation.agent_name)
    if name is None:
        return None
    draft = reading.draft.text
    tail = draft[-160:].lower()
    if any(re.search(rf"\b{re.escape(part)}\b", tail) for part in re.findall(r"[^\W\d_]{2,}", name.lower())):
        return None
    own = reading.own.sign_off
    end = len(draft.rstrip())
    if own is None:
        return Change(end, end, "\n\n" + name, "rapport", "Sign with your name", order=9)
    beside = re.match(r"^[^,\n]{2,24},(?= +\S)", own.quote)
    if beside:  # "Regards, Billing" -> "Regards, Tom, Billing"
        at = own.start + beside.end()
        return Change(at, at, f" {name},", "rapport", "Sign with your name", order=9)
    lines = own.quote.split("\n")
    at = own.start + len(lines[0]) if re.search(r"[,]\s*$", lines[0]) or len(lines) == 1 else own.start
    if at == own.start:
        return Change(at, at, name + "\n", "rapport", "Sign with your name", order=9)
    return Change(at, at, "\n" + name, "rapport", "Sign with your name", order=9)
