"""What the sentences of a draft say: their words, what they do, and which kinds of question they could answer.

One pass of RE2 expressions over a sentence; remembered, so that an edit in one sentence costs one sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from empathy_coach.reading.cleaning import Folded, fold
from empathy_coach.reading.customer.clauses import own_words
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.pattern_set import FewPatterns

_WORD = re.compile(r"[a-z0-9$][a-z0-9'$:.-]*[a-z0-9]|[a-z0-9]")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*[.!?]*")
_EMPTY = frozenset(
    """a an the i i'm im ive i've i'd i'll me my mine we we're we'll our us you your u ur yours you're he she it its it's
    they them their his her him this that these those there here is are am was were be been being do does did done have
    has had can could will would shall should may might must to of in on at for from with by about as into than then so
    and or but if not no yes please pls just also too very really any some what when where who why how which whether one
    ones thing things get got go going know tell want need like let make made hi hello hey dear thanks thank sorry now
    still already again out up all more much many other another anything something don't doesn't can't""".split()
)
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ied", "ies", "edly", "ed", "es", "s", "ly", "er", "e")


_DAY = (
    r"mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|today|tonight|tomorrow|yesterday|noon|midnight|"
    r"(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october"
)
_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|ninety|half|a few|several)"
)
_SPELL = r"(?:minutes?|mins?|hours?|days?|weeks?|months?|years?|fortnight)"
# What an answer to each kind of question looks like.
LOOKS = {
    "when": rf"\b(?:{_DAY}|\d+ ?(?:am|pm|st|nd|rd|th)\b|\d+[:.]\d\d|at {_NUMBER}\b|"
    rf"(?:from|until|till|by|after|before|past|to|between) (?:half past |about )?{_NUMBER}\b|{_NUMBER} (?:till|to|until|or|past|-) {_NUMBER}|"
    rf"(?:in|within|about|another|after|for|takes?|up to|to|of) (?:about |around |the |another |up to )?(?:a |an |{_NUMBER} )?(?:working |business |more |calendar )?{_SPELL}\b|"
    rf"{_NUMBER} (?:to {_NUMBER} |working |business |more )?(?:minutes?|hours?|days?|weeks?|months?)|immediately|straight away|right away|already|weekend|"
    r"this (?:morning|afternoon|evening|week)|next (?:week|month|release)|overnight|now)\b",
    "amount": r"\$ ?\d|\b\d+(?:\.\d\d)?(?: ?(?:pounds|euros|quid|gb|mb|kg|%))?\b|"
    rf"\b(?:free|nothing|no (?:charge|cost|fee)|don't charge|half|double|we pay|on us|none|there (?:isn't|is no|are no)|{_NUMBER})\b",
    "where": r"https?:|www\.|>|\b(?:(?:at|in|on|under|behind|next to|opposite|near) "
    r"(?:the|our|your|number|a|an|room|[a-z]+ (?:street|road|lane|avenue|house))|depot|street|road|lane|tab|warehouse|outside|inside|here|attached|there|branch|any of them|the one)\b",
    "how": r"(?:^|[,.:;] |\b(?:just|please|then|and|simply|or|can|to) )(?:click|open|go|select|choose|tap|press|use|enter|sign|log|type|call|ring|write|"
    r"send|fill|hold|take|turn|scan|switch|put|set|pull|push|reply|download|visit|add|bring|keep|unplug|restart|hit|pick|ask|tell|follow|drag|walk|show|pay)\b|"
    r"\bby (?:[a-z]+ing|card|bank|post|email|bus|phone)\b|>|\b(?:button|link|settings|menu)\b",
    "why": r"\b(?:because|caused?|due to|reason|since|mistake|error|bug|fault|our side|went wrong|turned out|so that|so the|which meant|blocked|locked|"
    r"expired|failed|missed|wrongly|wrong|missing|had (?:been|the|a|not|reached)|hadn't|was not|wasn't|didn't|ended|old|precaution|that takes|went to|"
    r"were (?:down|ringing)|timed out|forgot|overlooked|broke)\b|, so\b|[a-z]: ",
    "who": r"\b(?:i'll|i'm|i do|i've|me|myself|my colleague|our [a-z]+ ?(?:manager|lead|engineer|team)|ask for|write to|speak to|colleagues?|"
    r"the [a-z]+ team|engineer|manager|lead|he|she|they)\b|^[a-z]+ (?:is|will|from|in|does|has|on)\b|, (?:our|who|the|my)\b",
    "which": r"\b(?:first|second|third|former|latter|either|both|neither|any|the [^.]{0,20}one|go by|go with|take the|medium|small|large)\b",
    "what": r"\b(?:it|it's|that|they|means?|nothing|everything|only|just|the|a|an|i'll|we'll|you|use|keep|take|from|now)\b",
    "yes_no": r"\b(?:yes|yep|yeah|no|nope|not|sure|of course|certainly|absolutely|indeed|correct|can|can't|cannot|could|couldn't|won't|will|isn't|aren't|"
    r"it's|they're|only|no need|afraid|sadly|unfortunately|fine|welcome|never|nothing|still|already|until|unless|better not|safe|all|any|enough|ok|okay|"
    r"doesn't|don't|didn't|have to|has to|there's|there are|there is|there was|we're|you're|you have|you'll)\b",
    "do": r"\b(?:i've|i have|we've|we have|has been|have been|is now|are now|i'll|i will|we'll|we will|done|attached|i can|i can't|cannot|can't|unable|i just|"
    r"i tried|i'm (?:sending|doing|adding)|you'll|will be|won't|on (?:its|the|their) way|in the post|gone|taken|ready|as of today|from today|i need|"
    r"not something|only|keep it|in your inbox|(?:will|to) (?:phone|ring|call|send|email|write)|afraid|today|"
    r"i (?:sent|closed|cancelled|refunded|added|changed|moved|booked|asked|put|took|removed|checked|read|ordered))\b",
}
_GREETED = r"^(?:(?:hi|hello|hey|dear) [a-z]+,? )?"
_DEFERS = re.compile(
    r"\b(?:look into|looking into|investigat\w+|get back to you|be in touch|within \d+ (?:-|to )?\d* ?(?:working|business)? ?(?:hours|days)|"
    r"passed (?:this|it|your)|forward(?:ed|ing)|escalat\w+|raised (?:this|a)|further (?:information|assistance|details)|in due course|"
    r"as soon as possible|our team will|relevant (?:team|department)|please (?:contact|call|visit|refer|see|check|note|be advised)|"
    r"rest assured|we aim to|currently experiencing|high volume|do not hesitate|feel free)\b"
)
_ASKS_FOR = re.compile(
    r"\b(?:please (?:provide|send|confirm|supply|reply with)|could you (?:please )?(?:send|confirm|tell|give|let)|can you (?:please )?(?:send|confirm|tell|give|let)|we (?:require|need) (?:your|the))\b"
)
_ACTS = re.compile(r"\b(?:i've|i have|i'm|i'll|i will|i just|i can|we've|we'll)\b")
# Done or settled: what most answers have and most stock drafts lack.
_DONE = re.compile(
    r"\b(?:(?:i|we)(?:'ve| have)?(?: just| now| already| also)? (?:sent|closed|cancelled|canceled|refunded|added|changed|moved|booked|asked|put|took|"
    r"taken|removed|checked|stopped|restored|reset|paid|credited|spoke|spoken|rang|called|fixed|found|reopened|lifted|unlocked|ordered|deleted|"
    r"switched|corrected|waived|reinstated|extended|set|updated|arranged|reserved|merged|turned)|(?:is|are|has been|have been|was) (?:now )?"
    r"(?:back|done|fixed|cancelled|refunded|closed|booked|on (?:its|the) way|removed|stopped|restored|gone|live|paid|safe))\b"
)
_SENDS_AWAY = re.compile(
    r"\b(?:(?:our|the) (?:website|web site|faq|help (?:centre|center|page)|terms|t&cs|policy|form)|in accordance|pursuant|as (?:stated|per|advised)|"
    r"please be advised|you (?:must|are required|will need to|need to|will have to)|kindly|(?:is|are) (?:your|the customer's) responsibility|"
    r"cannot be (?:accepted|considered)|(?:a )?matter for|may (?:be|take|also)|valued?|at this time|happy to help|reach(?:ing)? out|have (?:a|an) (?:great|amazing|lovely))\b"
)
_VAGUE = re.compile(
    r"\b(?:soon|shortly|hopefully|hang tight|bear with|let you know|see what (?:we|i) can|try (?:to|my|our)|look(?:ed|ing)? (?:into|at)|might|perhaps|"
    r"chase|find out|get back|work out|on (?:the|my) case|these things happen|no need to panic|nothing to worry|next few)\b"
)
_REFUSES = re.compile(
    r"\b(?:can't|cannot|unable|won't|not able|not possible|isn't possible|unfortunately|afraid|non-refundable|policy)\b"
)
_FEELS = re.compile(
    r"\b(?:sorry|apolog\w+|understand|inconvenience|frustrat\w+|appreciate|patience|valued?|important to us|thank you for)\b"
)


_PAYS_BACK = re.compile(
    r"\b(?:refund(?:ed|ing|s)?|credit(?:ed|ing)?|reimburs\w+|pay(?:ing)? (?:you|it|that|this) back|money back)\b"
)
# How a sentence begins and what it is like, for all kinds of question.
_FORMS = {
    "opens": _GREETED
    + r"(?:yes|yep|yeah|no|nope|sure|of course|certainly|correct|not|only|none|nothing|sadly|unfortunately|i'm afraid|better|all|both|"
    r"any|just|please do|no need|done|attached|absolutely)\b",
    # "It's at the depot": goes on about what was asked.
    "goes_on": _GREETED
    + r"(?:and |so |but |well,? |actually,? |yes,? |no,? |sorry,? )*(?:it|it's|its|they|they're|that's|that|this|there's|there is|there are|"
    r"he|she|he's|she's|he'll|you're|you can|you'll|you have|we're|here's|there)\b",
    # "Refunds are made to the card": about all cases, not about this one.
    "general": r"^(?:(?:our|all) )?[a-z]+s (?:are|can|take|help|cost|must|go|start|come|should|may|need|depend|will)\b|"
    r"^[a-z]+ is (?:free|important|between)\b|^(?:a|an) [a-z]+ (?:is|takes|can|must|won't)\b",
    "yours": r"^your [a-z]+(?: [a-z]+)? (?:is|was|are|has|weighs|number|reference|will)\b",
    "small_print": r"^(?:should you|if (?:you|the|there)|in case|for (?:more|further)|further to|refer to|failure to)\b|\bplease (?:note|be advised|ensure|visit|refer)\b|"
    r"\b(?:subject to|in accordance)\b",
    "hedge": r"\b(?:we'll be in touch|will contact|in due course|let you know|hear from us|hear back|look forward|looking forward|thank you|thanks for|hope|"
    r"important to us|matters to us|understand|appreciate|value|take (?:this|it) (?:very )?seriously|feedback|on board|see you|love it|working (?:hard )?on|"
    r"doing our best|see what|escalated|forwarded|passed|noted|raised|reported|investigat|look(?:ing)? into|check with|let me check|get back|find out|busy|"
    r"sorry to (?:hear|see)|at this time|currently)\b",
    "verb": r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|[a-z]+ed|goes|takes|comes|went|sent|put)\b|'(?:s|re|ve|ll|m)\b",
}
_AUXILIARIES = {
    word + ending: word
    for word in "is are was were do does did can could will would should has have need may".split()
    for ending in ("", "n't")
}


def stem(word: str) -> str:
    """A light stem: endings off as long as three letters stay."""
    word = word.removesuffix("'s")
    if word.endswith(_ENDINGS):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: -len(ending)]
                break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


@lru_cache(maxsize=4096)
def _stemmed(word: str) -> str | None:
    return None if word in _EMPTY else stem(word)


@lru_cache(maxsize=4096)
def content(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Stems of the words that carry meaning; words of one group of synonyms count as one."""
    return _meaning(_WORD.findall(text), lexicon)


def _meaning(words: list[str], lexicon: Lexicon) -> frozenset[str]:
    groups = lexicon.synonyms
    out = {f"#{groups[word]}" if word in groups else _stemmed(word) for word in words}
    return frozenset(word for word in out if word)


def heads(words: frozenset[str]) -> frozenset[str]:
    """The first five letters of the longer words: "cancel" and "cancellation" begin alike."""
    return frozenset(word[:5] for word in words if len(word) >= 4)


def auxiliary(question: str) -> str:
    """The first auxiliary verb of a question, without "not", or nothing."""
    return next((_AUXILIARIES[word] for word in _WORD.findall(question) if word in _AUXILIARIES), "")


def touches(words: frozenset[str], auxiliaries: Iterable[str], money: bool) -> frozenset[str]:
    """All that a question and a sentence may have in common, in one set: most pairs have nothing, and that shows at once."""
    return words.union(
        ["^" + begun for begun in heads(words)], ["=" + verb for verb in auxiliaries], ["money back"] if money else ()
    )


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One sentence of a draft, the same object for the same sentence. ``has`` names what it does, ``looks`` the kinds of question it could answer; ``length`` is in words, ``counts`` what is added up over a draft."""

    words: frozenset[str]
    heads: frozenset[str]
    auxiliaries: frozenset[str]
    touches: frozenset[str]
    looks: frozenset[str]
    has: frozenset[str]
    asks: bool
    length: int
    counts: tuple[int, ...]


# All of these at once: one pass over a sentence says which of them are in it.
_DOES = {
    "defers": _DEFERS.pattern,
    "feels": _FEELS.pattern,
    "asks": _ASKS_FOR.pattern,
    "acts": _ACTS.pattern,
    "refuses": _REFUSES.pattern,
    "done": _DONE.pattern,
    "sends_away": _SENDS_AWAY.pattern,
    "vague": _VAGUE.pattern,
    "pays_back": _PAYS_BACK.pattern,
    "digit": "[0-9]",
    **_FORMS,
}
_NAMES = (*LOOKS, *_DOES)
_ALL = FewPatterns([*LOOKS.values(), *_DOES.values()])


@lru_cache(maxsize=4096)
def _said(sentence: str, lexicon: Lexicon) -> Said:
    found = frozenset(_NAMES[number] for number in _ALL.which(Folded(sentence, None)))
    has = set(found.difference(LOOKS))
    if "defers" in has:
        has -= {"done", "pays_back", "acts"}
    if "feels" in has:
        has.discard("acts")
    if "when" in found or "digit" in has:
        has.add("facts")
    tokens = _WORD.findall(sentence)
    words = _meaning(tokens, lexicon)
    auxiliaries = frozenset([_AUXILIARIES[word] for word in tokens if word in _AUXILIARIES])
    length = sentence.count(" ") + 1
    return Said(
        words=words,
        heads=heads(words),
        auxiliaries=auxiliaries,
        touches=touches(words, auxiliaries, "pays_back" in has),
        looks=found.intersection(LOOKS),
        has=frozenset(has),
        asks=sentence.endswith("?") or "asks" in has,
        length=length,
        counts=(length, _IDLE.isdisjoint(has), *(name in has for name in _COUNTED)),
    )


_IDLE = frozenset(("defers", "feels", "vague", "sends_away"))
_COUNTED = ("defers", "feels", "facts", "done", "sends_away", "vague")


@dataclass(frozen=True, slots=True)
class DraftWords:
    """A draft, prepared once for all questions: its statements, and counts over the draft."""

    stated: tuple[Said, ...]
    general: Mapping[str, float]


@lru_cache(maxsize=2048)  # an edit in one line costs one line
def _stated(line: str, lexicon: Lexicon) -> tuple[Said, ...]:
    """The statements of one line, which no sentence reaches across."""
    pieces = (piece.strip() for piece in _SENTENCE.findall(line))
    said = (_said(piece, lexicon) for piece in pieces if len(piece) > 1)
    return tuple(s for s in said if not s.asks)


def statements(text: str, lexicon: Lexicon) -> tuple[Said, ...]:
    """What a draft or a message states, sentence by sentence."""
    lines = own_words(fold(text)).text.split("\n")
    return tuple([said for line in lines if line for said in _stated(line, lexicon)])


def prepare(draft: str, lexicon: Lexicon) -> DraftWords:
    """Cut a draft into sentences and take what does not depend on the question."""
    return summed_up(statements(draft, lexicon))


def summed_up(stated: tuple[Said, ...]) -> DraftWords:
    """The same of a draft that is cut up already."""
    many = len(stated) or 1
    counts = [sum(column) for column in zip(*(s.counts for s in stated), strict=True)] or [0] * (len(_COUNTED) + 2)
    length, plain, defers, feels, facts, done, sends_away, vague = counts
    general = {
        "length": math.log1p(length) / 5,
        "defers_share": defers / many,
        "feels_share": feels / many,
        "plain_share": plain / many,
        "facts": min(facts, 5) / 5,
        "done": min(done, 3) / 3,
        "sends_away": min(sends_away, 3) / 3,
        "vague": min(vague, 3) / 3,
    }
    return DraftWords(stated, general)
