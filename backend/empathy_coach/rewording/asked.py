"""Questions as the customer put them, turned to how the agent would write them, for a slot that waits for an answer."""

from __future__ import annotations

import re

from empathy_coach.domain import Conversation, Question
from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.words import AUX, INSULTS, PREPOSITIONS, STARTERS, TRANSITIVE

_LEAD = re.compile(
    r"^(?:(?:and|but|so|or|also|then|first|firstly|second|secondly|third|finally|lastly|\d[).]|hi|hello|hey|pls|well"
    r"|ok|okay|honestly|one straight answer|and then|plus|again|anyway|basically|seriously|just|sorry|oh|by the way)\b"
    r"[\s,:;)-]*)+|^[\"'\u201c\u2018*\u2022-]+\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]+(?:please|pls|thanks|thank you|if ever|at all|even|or what|or not|or something|lol|tbh|then|ta|x+|too"
    r"|also|as well|and|or|but))*[\s?!.,;:-]*$",
    re.IGNORECASE,
)
# "Who keeps a receipt for a mattress?", "where do I even start?": nobody expects an answer.
_RHETORICAL = re.compile(
    r"\beven\b(?! if)|^(?:would|do) (?:you|u) (?:like to|want to|think|expect)\b|^who (?:keeps|does|would|wants"
    r"|needs|has)\b|^(?:who|which) (?:is|was|are) "
    r"\w+$|^(?:really|seriously|why bother|how hard)\b|^is (?:that|this) (?:a joke|normal|fair|ok|okay)\b"
    r"|^what (?:kind|sort) of\b|^(?:may|can|might) i trouble\b|^(?:or )?shall we (?:just )?all\b"
    r"|^do i (?:have|need) to (?:say|shout|beg)\b|^what do i have to (?:say|do)\b",
    re.IGNORECASE,
)
_LONGEST = 90  # characters of a question in a slot
_BRACKETS = re.compile(r"[\[\]{}<>%\"\u201c\u201d]")
_MENDS = tuple(
    (re.compile(pattern, re.IGNORECASE), new)
    for pattern, new in (
        (r"\bu\b", "you"),
        (r"\bur\b", "your"),
        (r"\bpls\b|\bplz\b|\bplease\b|\bkindly\b", ""),
        (r"\bim\b", "I'm"),
        (r"\bive\b", "I've"),
        (r"\bi\b", "I"),
        (r"\bcant\b", "can't"),
        (r"\bdont\b", "don't"),
        (r"\bwont\b", "won't"),
        (r"\bdoesnt\b", "doesn't"),
        (r"\banyway to\b", "any way to"),
        (r"\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", "^"),
    )
)
# What a request begins with, and how the agent's own question begins.
_HEADS = tuple(
    (re.compile(pattern, re.IGNORECASE), new)
    for pattern, new in (
        (
            r"^(?:(?:could|can|would|will) (?:you|someone|somebody|anyone)|may i ask you to|(?:please )?let|i(?:'d| would) "
            r"(?:like|need|want) you to|i (?:want|need) (?:you|someone|somebody) to) (?:(?:possibly|just|at least|maybe) )?"
            r"(?:tell|let|advise|inform|explain(?: to)?|confirm(?: to)?|say|remind)(?: (?:me|us))?(?: know)?(?: again)? "
            r"(?=(?:if|whether|what|when|where|why|how|who|which|has|is|are|do|does|will)\b)",
            "",
        ),
        (
            r"^(?:tell|let|advise|inform|explain(?: to)?|confirm(?: to)?|say)(?: (?:me|us))?(?: know)?(?: exactly)? "
            r"(?=(?:if|whether|what|when|where|why|how|who|which|has|is|are|do|does|will)\b)",
            "",
        ),
        (
            r"^(?:i|we)(?:'d| would)? (?:just |only |really )?(?:want(?:ed)?|need|like|wish) (?:to )?(?:know|ask"
            r"|find out|understand|be told)(?: from you)? (?=(?:if|whether|what|when|where|why|how|who|which)\b)",
            "",
        ),
        (r"^(?:is it possible|would it be possible|any chance (?:of|that)?)(?: for you)? (?=to\b)", "is it possible "),
        (r"^(?:may|might|shall|could) (?=(?:i|we)\b)", "can "),
        (
            r"^(?:(?:could|can|would|will) (?:you|u)|(?:could|can) (?:someone|somebody|anyone))(?: guys)? (?:(?:possibly|just|at least|maybe) )?"
            r"(?!mind\b|like\b|be\b|have\b|i\b)(?=[a-z])",
            "can we ",
        ),
        (
            r"^(?:i|we)(?:'d| would) (?:really )?(?:like|love) (?=(?:my|our|the|a|an|some|to have)\b)"
            r"|^(?:i|we) (?:just |really |only )?(?:want|need) (?=(?:my|our|the|a|an|some)\b(?!.* to\b))",
            "what about ",
        ),
        (
            r"^(?:i|we)(?:'d| would) (?:really )?(?:like|love) to (?!know|be)|^(?:i|we) (?:want|need) to (?!know|be)",
            "can I ",
        ),
    )
)
_VERB_FIRST = re.compile(
    r"^(?:give|send|cancel|refund|add|change|remove|take|stop|fix|replace|delete|close|call|ring|email|move|swap|check"
    r"|look|book|extend|transfer|resend|reissue|update|confirm|make|put|find|turn|return|block|unlock|reset|withdraw"
    r"|waive|let|get|credit|correct|release|reopen|switch|renew|pause|forward|arrange|explain|show)\b",
    re.IGNORECASE,
)
# What begins like a question and states something: "have a pressure sore", "what turned up is ...".
_STATES = re.compile(
    r"^(?:have|has|had|do|does|did|is|are|was|were|can|could|will|would) (?!(?:i|you|u|we|they|he|she|it|there|the|my|our"
    r"|your|this|that|these|those|any|anyone|anybody|someone|somebody|some)\b)|^what \w+(?:ed|t) \w+",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:who|what|when|where|why|how|which|whether|if|is|are|do|does|did|has|have|am|may|might|shall|should|was"
    r"|were|can|could|will|would|any|whose|in which|by when|at what|on what|for how|until when|isn't|aren't|don't"
    r"|doesn't|can't|won't|haven't|hasn't)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(r"^(?:i|it|you|he|she|they|we|there|this|that|don't|do not)\b(?! (?:mean|say)\b)", re.IGNORECASE)
_SUBJECT_AFTER = AUX | word_set("just still never only keep then also now actually even always")
_GIVING = TRANSITIVE | word_set(
    "for need trust believe reach contact visit ask send help cost owe pay give show meet see"
)


# What a span that stops in the middle leaves out: up to the next mark, past a bracket.
_REST = re.compile(
    r"(?:\s*\([^()\n]{0,80}\))?\s+(?!(?:and|but|or|so|because|as|who|when|whether|if|then|i|we)\b)[^.?!,;:()\n]{1,70}(?=[.?!,;:\n]|$)"
    r"|\s*\([^()\n]{0,80}\)[^.?!,;:()\n]{1,70}(?=[.?!,;:\n]|$)",
    re.IGNORECASE,
)


_REST_OF_SHORT = re.compile(r"(?:\s*\([^()\n]{0,80}\))?\s+[^.?!,;:()\n]{1,70}(?=[.?!,;:\n]|$)")


def rhetorical(question: str) -> bool:
    """Whether a question expects no answer."""
    return bool(_RHETORICAL.search(_TAIL.sub("", _LEAD.sub("", question.strip()))))


def whole(question: Question, conversation: Conversation) -> str:
    """The question up to the end of its sentence: a reader's span may stop at a bracket or an "and"."""
    text = conversation.messages[question.message].text
    end = question.span.end
    rest = (
        (_REST if question.span.end - question.span.start > 24 else _REST_OF_SHORT).match(text, end)
        if text[end - 1 : end] not in "?!."
        else None
    )
    said = text[question.span.start : end + (len(rest.group()) if rest else 0)]
    return re.sub(r"\s*\([^()]{0,80}\)", "", said)


_WITH_OBJECT = re.compile(
    r"^can we (?:\w+ )?\w+ (?:the|your|you|an?|it|us|this|that|him|her|them|all|our|some|off|out|up|back|to|for|in|on|from"
    r"|[\dA-Z\u00a3$\u20ac])"
)
# Told, not asked: "where it was last seen", "what we'll do about it".
_INDIRECT = re.compile(
    r"^(?:whether\b|how to\b|(?:what|where|when|why|how|which|who)(?: [a-z]+){0,1} (?:you|we|it|he|she|they|there|your|our"
    r"|the|this|that|nobody|somebody)\b|(?:what|where|when|why|how) (?:you|we|it)['\u2019])"
)
_INVERTED = re.compile(
    r"^(?:what|where|when|why|how|which|who)(?: [a-z]+)? (?:is|are|do|does|did|can|could|will|would|was|were|has|have|should"
    r"|must|am) (?:you|we|it|he|she|they|there|your|our|the|this|that|nobody|somebody)\b"
)


def in_slot(question: str) -> str | None:
    """The question in the agent's words, short enough for a slot; None when it cannot be put so.

    "When do I get my money back?" -> "when do you get your money back?"; "please cancel my order" -> "can we cancel your
    order?".
    """
    text = _LEAD.sub("", re.sub(r"\s+", " ", question).strip().replace("\u2019", "'")).strip(" .,;:-")
    for pattern, new in _MENDS:
        text = pattern.sub(lambda m, new=new: m.group().capitalize() if new == "^" else new, text)  # type: ignore[misc]  # bound now
    text = _LEAD.sub("", re.sub(r"\s+", " ", text).strip(" ,"))
    asked = text.rstrip().endswith("?")
    ours = False
    text = _TAIL.sub("", text)
    for pattern, new in _HEADS:
        changed = pattern.sub(new, text, count=1)
        if changed != text:
            text, asked, ours = changed, True, new == "can we "
            break
    if not asked and _STATES.match(text):
        return None
    if not asked and _VERB_FIRST.match(text):
        text, asked = "can we " + text[0].lower() + text[1:], True
        ours = True
    if INSULTS & set(re.findall(r"[a-z]+", text.lower())) or "***" in text:
        return None
    if len(re.findall(r"(?<!\w)'|'(?!\w)", text)) % 2:
        return None
    if _BRACKETS.search(text) or len(text.split()) < 3 or not (asked or _ASKS.match(text)):
        return None
    if not _ASKS.match(text) and ", " in text and _ASKS.match(text.rsplit(", ", 1)[1]):
        text = text.rsplit(", ", 1)[1]
    turned = _turned(text, ours) if not _TELLS.match(text) else None
    if turned is None:
        return None
    turned = _shortened(turned).rstrip(" ,;:")
    if turned.startswith("can we ") and not _WITH_OBJECT.match(turned):
        return None
    first = turned.split()[0]
    if first != "I" and not first.isupper() and (_ASKS.match(turned) or first.lower() in {"the", "your", "you"}):
        turned = turned[0].lower() + turned[1:]
    if turned.startswith("if "):
        turned = "whether" + turned[2:]
    return turned + ("" if _INDIRECT.match(turned) and not _INVERTED.match(turned) else "?")


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    cut = max(text.rfind(mark, 30, _LONGEST) for mark in (", ", " because ", " as I ", " so that ", " and ", ": "))
    return text[:cut] if cut > 0 else text[:_LONGEST].rsplit(" ", 1)[0] + " ..."


_OWN = {"i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i'm": "you're", "i've": "you've",
        "i'd": "you'd", "i'll": "you'll", "us": "you", "our": "your", "ours": "yours", "we're": "you're",
        "we've": "you've", "we'd": "you'd", "we'll": "you'll", "your": "our", "yours": "ours", "you're": "we're",
        "you've": "we've", "you'll": "we'll", "you'd": "we'd", "yourselves": "ourselves"}  # fmt: skip
_BE = {"am": "are", "was": "were", "wasn't": "weren't", "aren't": "aren't"}


def _turned(text: str, ours: bool) -> str | None:
    words = text.split()
    bare = [w.lower().strip(",.;:?!()") for w in words]
    out = []
    for i, word in enumerate(words):
        low = bare[i]
        before, after = (bare[i - 1] if i else ""), (bare[i + 1] if i + 1 < len(bare) else "")
        if low == "you":
            new = "us" if (before in PREPOSITIONS or before in _GIVING) and after not in AUX else "we"
            if not (before in AUX or before in STARTERS or not before or new == "us" or after in _SUBJECT_AFTER):
                new = "us" if not after else "we"
        elif low == "we":
            new = "we" if ours and i == 1 else "you"
        elif low in _OWN:
            new = _OWN[low]
        elif low in _BE and ("i" in (before, after)):
            new = _BE[low]
        else:
            out.append(word)
            continue
        out.append(re.sub(re.escape(low), new, word, count=1, flags=re.IGNORECASE))
    return " ".join(out)
