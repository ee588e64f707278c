"""Questions and requests in one message, with or without a question mark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from empathy_coach.reading.customer.clauses import Parsed

_OPENS = re.compile(
    r"^(?:(?:and|so|but|also|ok|oh|hi|hello|hiya|hey|ps|btw|then|or|if so|otherwise|first|second|secondly|finally|lastly|just|roughly)[,.!]? )*"
    r"(?P<word>can|could|would|will|do|does|did|is|are|am|was|were|should|shall|may|might|has|have|isn't|aren't|don't|doesn't|won't|"
    r"what|whats|what's|when|whens|where|wheres|where's|who|whos|who's|why|how|hows|which|any (?:news|update|chance|idea|luck))\b"
)
# A question without its mark must look like one: an auxiliary and its subject, or a question word and an auxiliary.
_ASKS = re.compile(
    r"^(?:can|could|would|will|do|does|did|is|are|am|was|were|should|shall|may|might|has|have) "
    r"(?:i|you|u|we|it|he|she|they|there|this|that|the|my|our|your|someone|somebody|some1|anyone|anybody|these|those|any|[a-z]+ still)\b"
    r"|^(?:what|when|where|who|why|how|which)(?:'s|s)?(?: (?:\w+ ){0,3}?(?:is|are|do|does|did|can|could|will|would|should|shall|am|was|were|has|have|u|pays?|happens?|to)\b)"
    r"|^(?:what|when|where|who|why|how)'?s\b|^what time\b|^any (?:news|update|idea)\b"
)
_REQUEST = re.compile(
    r"\b(?:please|pls|plz|kindly)\b(?! (?:find|see|note|be aware|accept my|excuse|forgive))"
    r"|\b(?:i|we)(?:'d| would| should)?(?:n't| not)? (?:just |really |simply |much |also |only |rather |either |dont |don't |do not )*(?:like|want|need|wish|prefer|demand|expect|require|be grateful|be glad|appreciate|request|rather|wanna|must|wonder(?:ed)?|am looking)\b(?! (?:and|it|that it|this)\b)"
    r"|\b(?:want|need|would like|like|trying|looking) to (?:know|cancel|see|speak|get|have|return|change|book|understand|hear|talk)\b"
    r"|\b(?:let (?:me|us) know|tell (?:me|us)|wondering|curious) (?:if|whether|when|what|how|why|where|who|which)\b|\blet (?:me|us) know\b|\btell me\b"
    r"|\bwhether (?:there|you|it|i|we|the|any|he|she|they|this|that)\b"
    r"|\byou need to\b|\bwould be (?:best|great|lovely|good|helpful)\b|\bgrateful (?:if|for|to)\b|\bhow about\b|\bis it possible\b|\bi look forward to hearing\b|\bmight i\b|\bmay i\b"
)
_IMPERATIVE = re.compile(
    r"^(?:and |so |then |just |now |also |but )*(?:do not |don't |dont )?(?:cancel|send|give|tell|stop|fix|refund|delete|remove|explain|call|ring|phone|email|reply|answer|"
    r"change|update|add|put|take|turn|unlock|unblock|unban|restore|help|confirm|check|make sure|look|get|bring|close|let|return|replace|swap|hold|keep|use|find|sort|block|move|transfer|book|restart|reset|activate|deactivate|resend|forward|provide|arrange|contact|warn|leave)\b"
)
_NOT_REQUEST = re.compile(
    r"\b(?:don't|do not|dont|didn't) (?:want|need) to (?:\w+ )?(?:talk|moan|complain|be|lose|get|make|see)\b|\bi (?:want|wanted) (?:it|this|that) to (?:work|be)\b"
)
_TAG = re.compile(r"^(?:why|how|when|where|who|what|which one|which|really|seriously|right|ok|okay|yes|no|hello)\W*$")
_HOPE_YOU = re.compile(r"^(?:hope|how are you|how's it going|how do you do|hello|hi|anyone there)")


@dataclass(frozen=True, slots=True)
class Asked:
    """Something asked, in offsets of the folded text. ``request`` says that it wants something done."""

    start: int
    end: int
    text: str
    request: bool


def asked(parsed: Parsed) -> tuple[Asked, ...]:
    """Questions and requests, in order."""
    out: list[Asked] = []
    text = parsed.folded.text
    by_sentence: dict[int, list[int]] = {}
    for number, clause in enumerate(parsed.clauses):
        by_sentence.setdefault(clause.sentence, []).append(number)
    for sentence_number, sentence in enumerate(parsed.sentences):
        numbers = by_sentence.get(sentence_number, [])
        found: list[Asked] = []
        for number in numbers:
            clause = parsed.clauses[number]
            words = text[clause.start : clause.end]
            if _HOPE_YOU.search(words):
                continue
            asks = bool(_ASKS.search(words)) or (bool(_OPENS.search(words)) and sentence.mark == "?")
            request = bool(_REQUEST.search(words) and not _NOT_REQUEST.search(words)) or bool(_IMPERATIVE.search(words))
            if asks or request:
                polite = re.match(r"^(?:can|could|would|will|please|pls)\b", words)
                found.append(Asked(clause.start, clause.end, words, request or bool(polite)))
        if sentence.mark == "?" and not any(item.end >= sentence.end - 4 for item in found):
            # The mark belongs to the last clause when nothing else in it looks like a question.
            if not found and numbers:
                last = parsed.clauses[numbers[-1]]
                first = parsed.clauses[numbers[0]]
                start = first.start if len(text[last.start : last.end].split()) < 4 else last.start
                found.append(Asked(start, last.end, text[start : last.end], False))
        out.extend(found)
    return tuple(_with_mark(item, text) for item in out)


def _with_mark(item: Asked, text: str) -> Asked:
    end = item.end
    while end < len(text) and text[end] in "?!":
        end += 1
    return Asked(item.start, end, item.text, item.request)
