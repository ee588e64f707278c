"""Which of the customer's words an acknowledgement should take up: what it does to them, not what broke.

Every clause is weighed by a small linear head over named features. Weights: ``heads.json``, made by ``train.py`` from the
words that readers chose in the conversations of ``corpus``; of authors it had not seen, three first choices in four were
among the readers'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from empathy_coach.domain import Conversation, Message, Reading, Span
from empathy_coach.reading.customer.burden import Burden, load_burden
from empathy_coach.reading.customer.clauses import Clause, Parsed
from empathy_coach.reading.customer.heads import load_heads, logit
from empathy_coach.reading.customer.lexicon import LEVELS, Lexicon
from empathy_coach.reading.customer.questions import Asked
from empathy_coach.reading.customer.reader import read_message, span_in
from empathy_coach.reading.customer.signals import Evidence
from empathy_coach.reading.same import CONVERSATIONS

_LATEST = 3  # messages of the customer's
_CLAUSES = 60  # of one message
_LONGEST, _FEWEST = 90, 3  # characters and words of what can be taken up
_LEAST = 25  # characters of what is left of a long one
_JOINT = re.compile(r",? (?:and|or|but|so|because|which|while|when|as|until|before|after|since) |, ")
_ASKING = re.compile(
    r"^(?:(?:and|but|so|also|hi|hello|hey|well|ok|okay|or|then)\b,? )*(?:is|are|can|cant|can't|could|do|does|did|will|would|what|when"
    r"|where|who|why|how|which|whether|please|(?:i|we) (?:want|need|would|expect|ask|demand|require|insist|request|await)|(?:i'd|we'd) like|if|am)\b"
)
_CONTENT = re.compile(r"[a-z]{4,}|\d+")
_MENTIONED = 0.6  # of a clause's longer words in the draft: it speaks of it already
_DIED = re.compile(r"\b(?:died|dead|death|passed|lost my|lost our|funeral|put to sleep)\b", re.IGNORECASE)
_SCANT = 5  # words that tell little without what follows: "I rang on the 19th"
_DATE = re.compile(
    r"^(?:(?:so|and|but|well) )?(?:it|that|this|now|today|tomorrow)(?:'s| is| was)?(?: now| only| already)? (?:the )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d\S*|noon|midnight)(?: \S+)?$"
)
_SALUTES = re.compile(r"(?:dear|hi|hiya|hello|hey|good (?:morning|afternoon|evening|day))\b", re.IGNORECASE)
_WHOLE = 90  # characters of a sentence that is said back whole
# What they make light of, or grant.
_LIGHT = re.compile(
    r"\b(?:no (?:rush|hurry|panic|worries|problem|biggie)|lol|haha+|lmao|i know (?:everyone|you|it's not)"
    r"|not (?:having a go|your fault|cross with|a complaint)|(?:quite|perfectly) calm|don't worry|laughing|thank|thanks|joking)\b"
)
# What only answers the agent's question: "yeah did that straight away".
_CONFIRMS = re.compile(r"^(?:yes|yeah|yep|yea|no|nope|ok|okay|done|sure|correct|did|i did|i have|already did)\b")
_GRAVE = LEVELS["strong"]  # news that want a word, wherever they stand
_LEAVING = 0.4  # a threat to go, from this strength, wants an answer to what is behind it
# Whom and what it touches most.
_DEAR = re.compile(
    r"\b(?:my|our|his|her) (?:mum|mom|mam|dad|da|mother|father|son|daughter|boy|girl|lad|kids?|children|baby|babies|wife|husband|partner|brother"
    r"|sister|nan|gran|grandma|grandad|grandson|granddaughter)\b|\b(?:hospital|chemo|cancer|a&e|funeral|wake|surgery|insulin|died|baby|rent|wages"
    r"|heating|crying|cried|tears)\b"
)
_SAYS = {
    "dear": _DEAR,
    "mine": re.compile(r"\b(?:i|i'm|im|i've|me|we|us|my|our)\b"),
    "yours": re.compile(r"\b(?:you|your|you're|yous)\b"),
    "theirs": re.compile(r"\b(?:he|she|his|her|him)\b"),
    "number": re.compile(r"\d"),
    "denies": re.compile(r"\b(?:not|never|no|nobody|nothing|cant|wont|dont|didnt)\b|n't\b"),
    "polite": re.compile(r"\b(?:please|regards|hello|hi)\b"),
    "how_long": re.compile(r"\b(?:hours?|days?|weeks?|months?|years?|times?|twice|nights?)\b"),
}


class Touching(NamedTuple):
    """Words of a customer's message, the sentence they stand in, and log-odds that a reader would take them up."""

    message: int
    span: Span
    sentence: Span
    likely: float
    content: frozenset[str]  # those of them that say what it is about
    told: str  # with what belongs to them: half a sentence often misses its point


@lru_cache(maxsize=CONVERSATIONS)
def touching(conversation: Conversation, lexicon: Lexicon) -> tuple[Touching, ...]:
    """Clauses of the customer's latest messages, best first."""
    weights, burden = load_heads()["touching"], load_burden()
    out = []
    for number, answers, back in latest(conversation.messages):
        read = read_message(conversation.messages[number].text, lexicon)
        for clause, values in candidates(read.parsed, read.evidence, read.asked, burden, answers, back):
            words, sentence = (
                span_in(read.parsed, part.start, part.end) for part in (clause, read.parsed.sentences[clause.sentence])
            )
            told = span_in(read.parsed, *_told(read.parsed, clause, read.asked)).quote
            out.append(Touching(number, words, sentence, logit(values, weights), _content(words.quote), told))
    return tuple(sorted(out, key=lambda one: -one.likely))


def _told(parsed: Parsed, clause: Clause, asked: Sequence[Asked]) -> tuple[int, int]:
    """The whole sentence where that is short, a few words with what follows them, else the clause alone: offsets."""
    sentence = parsed.sentences[clause.sentence]
    begun = [item.start for item in asked if item.end > sentence.start]
    free = min([sentence.end, *begun])  # a question wants an answer
    whole = parsed.folded.text[sentence.start : sentence.end]
    if len(whole) <= _WHOLE and free >= sentence.end and not _SALUTES.match(whole):
        return sentence.start, sentence.end
    end = clause.end
    if parsed.folded.text[clause.start : end].count(" ") < _SCANT:
        after = (c.end for c in parsed.clauses if c.sentence == clause.sentence and c.start >= clause.end)
        end = max((e for e in after if e - clause.start <= _WHOLE and e <= free), default=end)
    return clause.start, end


def _belongs_to_a_question(clause: Clause, parsed: Parsed, asked: Sequence[Asked]) -> bool:
    if clause.mark == "?" or any(item.start < clause.end and clause.start < item.end for item in asked):
        return True
    sentence = parsed.sentences[clause.sentence]
    return clause.lead == "so" and any(sentence.start <= item.start < clause.start for item in asked)


def spoken_of(reading: Reading, told: Sequence[Touching]) -> frozenset[int]:
    """Which of them the draft speaks of already: their numbers."""
    draft = _content(reading.draft.text)
    condoles = any(cue.name == "condolence" for sentence in reading.own.sentences for cue in sentence.cues)
    return frozenset(
        number
        for number, one in enumerate(told)
        if (condoles and _DIED.search(one.span.quote))
        or (one.content and len(one.content & draft) >= _MENTIONED * len(one.content))
    )


def _content(text: str) -> frozenset[str]:
    return frozenset(_CONTENT.findall(text.lower()))


def latest(messages: Sequence[Message]) -> Iterator[tuple[int, bool, int]]:
    """The customer's latest messages: number, whether it answers a question of the agent's, how many follow it."""
    own = [i for i, message in enumerate(messages) if message.role == "customer"][-_LATEST:]
    for back, number in enumerate(reversed(own)):
        before = messages[number - 1] if number else None
        yield number, before is not None and before.role == "agent" and "?" in before.text, back


def _shortened(clause: Clause, text: str) -> Clause:
    """A clause too long to be said back, up to where it goes on: "I was in hospital having surgery" of "... and was not"."""
    if clause.end - clause.start <= _LONGEST:
        return clause
    joints = [found.start() for found in _JOINT.finditer(text, clause.start + _LEAST, clause.start + _LONGEST + 5)]
    return clause._replace(end=joints[-1]) if joints else clause


def candidates(
    parsed: Parsed, evidence: Evidence, asked: Sequence[Asked], burden: Burden, answers: bool, back: int
) -> list[tuple[Clause, dict[str, float]]]:
    """The clauses of a message that can be taken up, each with its named features.

    What is asked wants an answer instead, but for grave news: "I have cancer and start on Monday, can you move it?"
    """
    text, clauses = parsed.folded.text, parsed.clauses[:_CLAUSES]
    told = [burden.logit(text[clause.start : clause.end]) for clause in clauses]
    most = max(told, default=0.0)
    out = []
    for number, clause in enumerate(clauses):
        clause = _shortened(clause, text)
        words = text[clause.start : clause.end]
        count = len(words.split())
        if (
            not (count >= _FEWEST and clause.end - clause.start <= _LONGEST)
            or _ASKING.search(words)
            or _LIGHT.search(words)
            or _DATE.search(words)
            or (answers and clause.sentence == 0 and _CONFIRMS.search(words))
            or any(s.clause == number and s.kind == "churn_threat" and s.strength >= _LEAVING for s in evidence.shown)
            or (evidence.grave.get(number, 0.0) < _GRAVE and _belongs_to_a_question(clause, parsed, asked))
        ):
            continue
        values = {
            "burden": told[number],
            "below_most": most - told[number],
            "most": float(told[number] == most),
            "earlier": float(back > 0),
            "long_ago": float(back > 1),
            "answers": float(answers and clause.sentence == 0),
            "first": float(number == 0),
            "second": float(number == 1),
            "last": float(number == len(clauses) - 1),
            "place": number / len(clauses),
            "exclaims": float(clause.mark == "!"),
            "short": float(count < _FEWEST + 1),
            "words": min(count, 20) / 10,
            "goes_on": float(clause.lead in {"but", "because", "so"}),
            "problem": evidence.problem.get(number, 0.0),
            "grave": evidence.grave.get(number, 0.0),
            **{name: float(bool(pattern.search(words))) for name, pattern in _SAYS.items()},
        }
        for shown in evidence.shown:
            if shown.clause == number:
                values[f"shows_{shown.kind}"] = shown.strength
        out.append((clause, values))
    return out
