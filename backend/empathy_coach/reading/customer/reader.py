"""Step 2 of the seed article, "listen": the customer reading of a conversation."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from empathy_coach.domain import Conversation, CustomerReading, Message, Question, Signal, SignalKind, Span, span_of
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.customer import answered, signals
from empathy_coach.reading.customer.burden import load_burden
from empathy_coach.reading.customer.clauses import Parsed, may_quote, parse
from empathy_coach.reading.customer.given import given
from empathy_coach.reading.customer.heads import load_heads, logit
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.problem import problem_clauses
from empathy_coach.reading.customer.questions import Asked, asked
from empathy_coach.reading.customer.said import DraftWords, Said, prepare, statements, summed_up
from empathy_coach.reading.customer.signals import Evidence
from empathy_coach.reading.customer.style import load_style
from empathy_coach.reading.customer.upset import Mood, features, mood, needs_feeling, upset
from empathy_coach.reading.same import CONVERSATIONS

_NAMED = 0.38  # a weaker sign colours how upset they are, but is not named
_SHOWN_WHOLE = 160  # characters
_PAID = 1.0  # log-odds that a question for money is answered where money goes back
_BRIEF = 20  # words in a message, on average: fewer are chat
_MAY_QUOTE_NEXT = re.compile(r"(?:^|\n)[ \t]*on [^\n]*\Z")  # "On Tuesday, Ann" and below: "wrote:"
_YES_OR_NO = re.compile(
    r"(?:(?:hi|hiya|hello|hey|dear|good [a-z]+|morning)\b[^,.!\n]{0,25}[,.!\n]\s*)?"
    r"(?:yes|yep|yeah|no(?! (?:worries|problem))|nope|of course|absolutely|certainly|(?:you|we) (?:can|do))\b"
)
_MESSAGES = 1024  # remembered; a long conversation has tens, a team's server sees many desks


@dataclass(frozen=True)
class MessageRead:
    """What one customer message shows by itself."""

    parsed: Parsed
    evidence: Evidence
    asked: tuple[Asked, ...]
    given: tuple[tuple[int, int], ...]
    mood: Mood


@lru_cache(maxsize=_MESSAGES)
def read_message(text: str, lexicon: Lexicon) -> MessageRead:
    """Read one message; remembered, because a conversation is read anew at every keystroke in the draft."""
    parsed = parse(text)
    found = signals.evidence(parsed, lexicon)
    return MessageRead(parsed, found, asked(parsed), given(parsed), mood(parsed, found, load_style(), load_burden()))


@dataclass(frozen=True)
class _Known:
    """All that does not depend on the draft."""

    reading: CustomerReading
    asked: tuple[tuple[int, Span, Asked], ...]


def read_customer(conversation: Conversation, draft_text: str, lexicon: Lexicon) -> CustomerReading:
    """What the customer's messages show, and which of their questions the draft answers."""
    known = _read_messages(conversation, lexicon)
    if not known.asked:
        return known.reading
    chances = _answered([item for _, _, item in known.asked], prepare(draft_text, lexicon), lexicon)
    questions = tuple(
        Question(message, span, likely > 0, item.request, likely)
        for (message, span, item), likely in zip(known.asked, chances, strict=True)
    )
    return known.reading._replace(questions=questions)


@lru_cache(maxsize=CONVERSATIONS)
def _read_messages(conversation: Conversation, lexicon: Lexicon) -> _Known:
    messages = conversation.messages
    customer = [(i, read_message(m.text, lexicon)) for i, m in enumerate(messages) if m.role == "customer"]
    if not customer:
        return _Known(CustomerReading(), ())
    heads = load_heads()
    last_agent = max((i for i, m in enumerate(messages) if m.role == "agent"), default=-1)
    open_ones = [(i, read) for i, read in customer if i > last_agent] or customer[-1:]
    first_open = open_ones[0][0]
    earlier = [(i, read) for i, read in customer if i < first_open]
    values = features([r.mood for _, r in open_ones], [r.mood for _, r in earlier])
    feeling = needs_feeling(values, heads["feeling"])
    how_upset = upset(values, heads["upset"], feeling)
    calm = feeling < 0.5
    shown = [signal for i, read in customer for signal in _named(i, read)]
    grateful = any(s.kind == "gratitude" and s.message >= first_open for s in shown)
    settled = calm and grateful and not any(r.asked for _, r in open_ones)  # "That was it, it plays now. Thanks!"
    replies = replies_after(messages, lexicon) if earlier else []
    still_open = [
        (i, span_in(read.parsed, item.start, item.end), item)
        for i, read in ([] if settled else earlier)
        for item, likely in zip(read.asked, _answered(read.asked, summed_up(replies[i]), lexicon), strict=True)
        if likely <= 0 and not _told(item, messages[i + 1 :])
    ]
    still_open += [(i, span_in(r.parsed, item.start, item.end), item) for i, r in open_ones for item in r.asked]
    problem = problem_clauses([(i, r.parsed, r.evidence) for i, r in open_ones])
    problem += problem_clauses([(i, r.parsed, r.evidence) for i, r in reversed(earlier)])
    facts = tuple((i, span_in(r.parsed, start, end)) for i, r in customer for start, end in r.given)
    reading = CustomerReading(
        upset=how_upset,
        signals=tuple(shown),
        problem=problem[:8],
        given=facts,
        thanks=calm and grateful,
        routine=calm,
        brief=sum(len(read.parsed.original.split()) for _, read in customer) < _BRIEF * len(customer),
    )
    return _Known(reading, tuple(still_open))


def _told(item: Asked, following: Sequence[Message]) -> bool:
    """Whether it asks for a yes or a no, and the agent's next reply begins with one."""
    if answered.question_kind(item.text, item.request) != "yes_no":
        return False
    reply = next((message.text for message in following if message.role == "agent"), "")
    return bool(_YES_OR_NO.match(fold(reply).text))


def replies_after(messages: Sequence[Message], lexicon: Lexicon) -> list[tuple[Said, ...]]:
    """For each message, what the agent's replies since then state."""
    after: list[tuple[Said, ...]] = []
    stated: tuple[Said, ...] = ()
    later: list[str] = []
    for message in reversed(messages):
        after.append(stated)
        if message.role == "agent":
            later.insert(0, message.text)
            own = fold(message.text)
            # What is quoted, or stands below a signature, does not count, and it may reach into the next message.
            if may_quote(own) or (len(later) > 1 and _MAY_QUOTE_NEXT.search(own.text)):
                stated = statements("\n".join(later), lexicon)
            else:
                stated = statements(message.text, lexicon) + stated
    return after[::-1]


def _answered(items: Sequence[Asked], draft_words: DraftWords, lexicon: Lexicon) -> list[float]:
    """Log-odds for each of the questions, by its words."""
    if not items:
        return []
    weights = load_heads()["answered"]
    values = answered.features(items, draft_words, lexicon)
    return [
        max(logit(of_one, weights), _PAID if answered.pays_back(item, draft_words, lexicon) else -math.inf)
        for item, of_one in zip(items, values, strict=True)
    ]


def span_in(parsed: Parsed, start: int, end: int) -> Span:
    """The words between two offsets of the folded text, as they were written."""
    return span_of(parsed.original, *parsed.folded.back(start, end))


def _named(message: int, read: MessageRead) -> list[Signal]:
    """The signals of one message that are worth a name: one of a kind in a sentence; a short sentence is shown whole."""
    parsed, problem = read.parsed, read.evidence.problem
    clauses = parsed.clauses
    out: dict[tuple[SignalKind, int], Signal] = {}
    for shown in read.evidence.shown:
        if shown.strength < _NAMED:
            continue
        key = shown.kind, clauses[shown.clause].sentence
        sentence = parsed.sentences[key[1]]
        start, end = shown.start, shown.end
        if sentence.end - sentence.start <= _SHOWN_WHOLE:
            start, end = min(start, sentence.start), max(end, sentence.end)
        old = out.get(key)
        if old is not None and old.strength >= shown.strength:
            continue
        near = [n for n in (shown.clause, shown.clause + 1, shown.clause - 1) if n in problem]
        about = span_in(parsed, clauses[near[0]].start, clauses[near[0]].end) if near else None
        out[key] = Signal(shown.kind, message, span_in(parsed, start, end), round(shown.strength, 2), about)
    return list(out.values())
