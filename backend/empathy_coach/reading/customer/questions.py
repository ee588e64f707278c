"""Questions and requests in one message, with or without a question mark."""

from __future__ import annotations

import re
from typing import NamedTuple

from empathy_coach.reading.customer.clauses import Clause, Parsed

_AUX = (
    r"(?:can|could|would|will|do|does|did|is|are|am|was|were|should|shall|may|might|has|have|had|"
    r"isn't|aren't|don't|doesn't|won't|can't|wasn't|didn't|hasn't|haven't)"
)
_WHO = (
    r"(?:i|you|u|yous|we|it|he|she|they|there|this|that|the|my|our|your|his|her|someone|somebody|some1|anyone|anybody|"
    r"these|those|any|a|an|anything|everything|nobody|customers|people|[a-z]+ still)"
)
_FILL = (
    r"(?:(?:and|so|but|also|ok|okay|oh|hi|hello|hiya|hey|ps|btw|then|or|n|if so|otherwise|first|second|secondly|finally|"
    r"lastly|just|roughly|well|now|please|pls|good (?:morning|afternoon|evening)|or else"
    r"|(?:quick|one|just a|a|another|small|silly) ?(?:quick |small |silly )?(?:one|question|q|thing))[,.!:]? +)*"
)
# A question without its mark must look like one: an auxiliary and its subject, or a question word and a verb.
_ASKS = re.compile(
    rf"^{_FILL}(?P<ask>{_AUX} {_WHO}\b"
    rf"|(?:what|when|where|who|why|how|which)(?:'s|s)? (?:[\w']+ ){{0,4}}?(?:{_AUX}|u|pays?|happens?|happened|to|else|shall)\b"
    r"|(?:what|when|where|who|why|how)'?s\b|why$|what time\b|how (?:much|long|many|come)\b"
    r"|any (?:news|update|updates|chance|idea|ideas|fix|help|joy|luck|eta|way|word|advice|progress)\b(?! (?:was|is|i|we)\b)|who (?:pays?|do|does)\b)"
)
# "He was crying and so was I nearly", "nor did they": no question.
_LIKEWISE = re.compile(
    r"(?:and )?(?P<so>(?:so|nor|neither) )?(?:am|was|were|did|do|does|have|has|had) (?:i|we|he|she|they|it|my \w+)(?: \w+)?$"
)
# The same inside a clause, where the words leave no doubt.
_ASKS_INSIDE = re.compile(
    r"(?<!what )(?<!that )(?<!if )(?<!when )(?<!so )(?<!as )(?<!where )(?<!how )(?<!which )"
    r"\b(?P<ask>(?:can|could|would|will) (?:you|u|someone|somebody|some1)\b|(?:can|could) (?:i|we) (?:please|pls|get|have|at least)\b"
    r"|how (?:do|can|am|are) (?:i|we)\b|do (?:i|we) (?:need|have) to\b|is there (?:any|a|some)\b"
    r"|(?:what|who|where|when) (?:do|does|should|shall) (?:i|we|you)\b|why (?:is|was|were|are|did|does|do) (?:i|you|my|this|it|the|your)\b)"
)
_OPENS = re.compile(rf"^{_FILL}(?:{_AUX}|what|whats|what's|when|where|wheres|who|whos|who's|why|how|hows|which)\b")
_REQUEST = re.compile(
    r"\b(?:please|pls|plz)\b(?! (?:find|see|note|be aware|accept my|excuse|forgive|do not worry|don't worry|!|$))|^(?:and )?kindly\b"
    r"|\b(?:i|we)(?: just| really| simply| much| also| only| now| still)* (?:want|need|wanna|demand|require|insist)\b(?! (?:and|three|two|a few))"
    r"|^(?:so )?(?:need|want|wanting|wanted|looking|trying|hoping|would like|like) (?:to |a |my |the |it )"
    r"|\b(?:i|we)(?:'d| would| should)(?: just| really| simply| much| also| only)* (?:like|rather|prefer|love|appreciate|be grateful|be glad|need|want)\b"
    r"|\b(?:i|we) (?:want|would like|like) (?:to )?(?:ask|know)\b"
    r"|\b(?:do not|don't|dont) (?:want|let) (?:him|her|it|them|you|us|me|my)\b|\b(?:will not|won't|wont) accept\b"
    r"|\bi would not like to be\b|\bunless (?:someone|somebody|you)\b|\bi(?:'d)? (?:wondered|wonder)\b"
    r"|\b(?:let (?:me|us) know|tell (?:me|us)|wondering|curious|check|checking|asking|(?:to|me) know) (?:if|whether|when|what|how|why|where|who|which)\b"
    r"|\blet (?:me|us) know\b|\btell (?:me|us)\b|\bwhether (?:there|you|it|i|we|the|any|he|she|they|this|that|somebody)\b"
    r"|\byou need to\b|(?<!then )\byou could\b(?! not)|\bwould be (?:best|great|lovely|good|helpful|appreciated)\b|\bgrateful (?:if|for|to)\b"
    r"|\bis it possible\b|\bi look forward to hearing\b|\bsurely you can\b|\bsurely in a case\b|\bi asked you to\b|\bhelp me (?:to )?understand\b"
    r"|\bhow you (?:propose|plan|intend)\b|\bif there is (?:one|another|any|a)\b|\bsomebody (?:with|please|calls)\b"
)
_IMPERATIVE = re.compile(
    rf"^{_FILL}(?:do not |don't |dont |never |simply )?(?:you dare |ever )?"
    r"(?:cancel|send|give|tell|stop|fix|refund|delete|remove|explain|call|ring|phone|email|reply|answer|change|update|add|"
    r"put|take|turn|unlock|unblock|unban|restore|help|confirm|check|make sure|look|get|bring|close|let|return|replace|swap|"
    r"hold|keep|use|find|sort|block|move|transfer|book|restart|reset|activate|deactivate|resend|forward|provide|arrange|"
    r"contact|warn|leave|undo|reverse|switch|pay|honour|credit|reinstate|waive)\b"
    r"(?! (?:is|was|are|has|dead|number|no |in |out of|the manual|forward|me about|years|and)\b)(?! ?[/:=])"
)
_NOT_REQUEST = re.compile(
    r"\b(?:don't|do not|dont|didn't|not) (?:need|want|appreciate|like|wish|know what i want)\b"
    r"(?! (?:him|her|it|them|you|us|me|my|to be cut)\b)|\bi (?:want|wanted|need) (?:it|this|that) to (?:work|be)\b"
    r"|\bjust wanted to say\b|\bneed not\b|\bi (?:want|need)$|\bdesperated?\b|\bso apparently\b"
)
_GREETING = re.compile(r"^(?:i )?(?:hope|how are you|how's it going|how do you do|anyone there|well$|really$|right$)")


# The dear search for a request is made only where one of its words stands.
_REQUEST_WORDS = frozenset(
    """please pls plz kindly want wanna need demand require insist wanting wanted looking trying hoping would like i'd
    we'd let accept unless wondered wonder tell wondering curious check checking know asking whether could grateful
    possible hearing surely asked help propose plan intend there somebody please, pls,""".split()
)


_MOST = 40  # of one message; each is held against every sentence of the draft


class Asked(NamedTuple):
    """Something asked, in offsets of the folded text. ``request`` says that it wants something done."""

    start: int
    end: int
    text: str
    request: bool


def asked(parsed: Parsed) -> tuple[Asked, ...]:
    """Questions and requests, in order, at most 40."""
    out: list[Asked] = []
    by_sentence: dict[int, list[Clause]] = {}
    for clause in parsed.clauses:
        by_sentence.setdefault(clause.sentence, []).append(clause)
    text = parsed.folded.text
    for number, clauses in by_sentence.items():
        sentence = parsed.sentences[number]
        found = [item for clause in clauses if (item := _in_clause(text, clause, clause is clauses[-1]))]
        if sentence.mark == "?" and not found:
            # The mark stands, so something is asked: the last clause, or all of a short sentence.
            last = clauses[-1]
            start = clauses[0].start if last.end - last.start < 15 or sentence.end - sentence.start < 60 else last.start
            if not _GREETING.match(text[start : last.end]):
                found.append(Asked(start, last.end, text[start : last.end], False))
        out.extend(found)
    return tuple(_with_mark(item, text) for item in out[:_MOST])


def _in_clause(text: str, clause: Clause, last: bool) -> Asked | None:
    words = text[clause.start : clause.end]
    likewise = _LIKEWISE.match(words)
    if _GREETING.match(words) or (likewise and (likewise["so"] or clause.lead == "so")):
        return None
    relative = clause.lead in ("who", "which") and clause.mark != "?" and not _WHO_ASKS.match(words)
    request = bool(
        (not _REQUEST_WORDS.isdisjoint(words.split()) and _REQUEST.search(words)) or _IMPERATIVE.match(words)
    ) and not _NOT_REQUEST.search(words)
    start = clause.start
    asks = False
    if not relative:
        opening = _ASKS.match(words)
        subordinate = (
            words.startswith(("when i ", "when the ", "when she ", "when he ", "when we ", "when it ")) and not last
        )
        if opening and not subordinate and not words.startswith("am i to be honest"):
            asks = True
            request = request and not opening["ask"].startswith(("wh", "how"))  # "Where is it please?"
        elif clause.mark == "?" and last and _OPENS.match(words):
            asks = True
        elif not request and (inside := _ASKS_INSIDE.search(words)):
            asks = True
            start += inside.start("ask")
    if not asks and not request:
        return None
    return Asked(start, clause.end, text[start : clause.end], request or _wants_doing(text[start : clause.end]))


_WHO_ASKS = re.compile(
    r"^who (?:else|do|does|pays?|can|should|will|is (?:going|checking|responsible|paying|looking))\b"
)
_DOING = re.compile(rf"^{_FILL}(?:can|could|would|will) (?:you|u|someone|somebody|some1|i have|i get|we have)\b")


def _wants_doing(words: str) -> bool:
    return bool(_DOING.match(words))


def _with_mark(item: Asked, text: str) -> Asked:
    end = item.end
    while end < len(text) and text[end] in "?!":
        end += 1
    return Asked(item.start, end, item.text, item.request)
