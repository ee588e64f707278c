"""Does a draft answer what was asked? Named features of question and draft, weighed by a small linear head.

Words shared with sentences that state something count; words echoed in a question back do not. The kind of
question asks for a kind of answer: when -> a day or time, how much -> an amount, why -> a reason, and so on.
Weights: ``heads.json``, made by ``train.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from empathy_coach.reading.cleaning import Folded, fold
from empathy_coach.reading.customer.clauses import own_words
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.patterns import FewPatterns

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
# What an answer to each kind of question looks like.
_LOOKS = {
    "when": re.compile(
        rf"\b(?:{_DAY}|\d+ ?(?:am|pm|st|nd|rd|th)|\d+[:.]\d\d|(?:\d+|one|two|three|four|five|six|seven|ten|few) "
        r"(?:working |business |more )?(?:minutes?|mins?|hours?|days?|weeks?|months?)|within|immediately|straight away|by then|soon as)\b"
    ),
    "amount": re.compile(
        r"\$ ?\d|\b\d+(?:\.\d\d)?(?: ?(?:pounds|euros|quid|gb|mb|kg|%))?|\b(?:free|no charge|nothing to pay|no cost|refund)"
    ),
    "where": re.compile(
        r"https?:|www\.|\b(?:at|in|on|under|behind|next to|opposite|left at|depot|street|road|tab|menu|page|settings|warehouse|outside|inside)\b"
    ),
    "how": re.compile(
        r"\b(?:click|open|go to|select|choose|tap|press|use|under|enter|you can|then|settings|menu|by [a-z]+ing|send|fill|log in|reply)\b"
    ),
    "why": re.compile(
        r"\b(?:because|caused|cause|due to|reason|since|mistake|error|bug|fault|our side|went wrong|turned out|was set|had not|hadn't|should have|was not|wasn't|so that|which meant)\b"
    ),
    "who": re.compile(r"\b(?:i|i'm|i'll|i've|we|me|my|colleague|team|manager|lead|engineer|our|they)\b"),
    "yes_no": re.compile(
        r"^(?:hi|hello|dear)?[^.!?]{0,30}?\b(?:yes|yep|yeah|no|not|sure|of course|certainly|absolutely|indeed|correct|you can|you can't|can|can't|cannot|won't|will|is|are|isn't|aren't|it's|they're|do|does|don't)\b"
    ),
    "do": re.compile(
        r"\b(?:i've|i have|we've|we have|has been|have been|is now|are now|i'll|i will|we'll|we will|i'm|done|i can|i can't|cannot|unable|i just|you'll|will be|won't|i (?:sent|closed|cancelled|refunded|added|changed|moved|booked|asked|put|took|removed|checked))\b"
    ),
}
_KINDS = (
    ("when", re.compile(r"\b(?:when|how (?:long|soon)|what (?:time|day|date)|by when)\b")),
    (
        "amount",
        re.compile(
            r"\bhow (?:much|many)\b|\bwhat (?:is|are|'s)? ?the (?:price|cost|fee|max|maximum|limit|size)\b|\bcost\b"
        ),
    ),
    ("where", re.compile(r"\bwhere\b")),
    (
        "why",
        re.compile(
            r"\bwhy\b|\bhow (?:did|could|does) (?:this|that|it|a)\b|\bhow come\b|\bexplain\b|\bwhat happened\b|\broot cause\b"
        ),
    ),
    ("how", re.compile(r"\bhow\b")),
    ("who", re.compile(r"\bwho\b")),
)
_OPENS_YES_NO = re.compile(
    r"^(?:\w+,? ){0,4}?(?:is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|might|has|have|any)\b"
)
_YES_NO = re.compile(r"^(?:(?:hi|hello|hey|dear) [a-z]+, )?(?:yes|yep|yeah|no|nope|sure|of course|certainly|correct)\b")
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


def stem(word: str) -> str:
    """A light stem: endings off as long as three letters stay."""
    word = word.removesuffix("'s")
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
    out = set()
    for word in _WORD.findall(text):
        group = lexicon.synonyms.get(word)
        if group is not None:
            out.add(f"#{group}")
        elif (known := _stemmed(word)) is not None:
            out.add(known)
    return frozenset(out)


# "Will I get the express fee back?" shares no word with "and refund the £8.90", and is answered by it.
_MONEY_BACK = re.compile(
    r"\b(?:fee|money|charge|charges|payment|deposit|cost|costs|postage|difference|it|\$\d[\d.,]*) (?:all )?back\b|\brefund|\breimburse"
)
_PAYS_BACK = re.compile(
    r"\b(?:refund(?:ed|ing|s)?|credit(?:ed|ing)?|reimburs\w+|pay(?:ing)? (?:you|it|that|this) back|money back)\b"
)
_WHEN_OR_WHY = re.compile(r"\b(?:when|why|how long|by what|which day)\b")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a draft: its words, and what it does."""

    words: frozenset[str]
    looks: frozenset[str]
    asks: bool
    defers: bool
    feels: bool
    acts: bool
    refuses: bool
    facts: bool
    says_yes: bool
    done: bool
    sends_away: bool
    vague: bool
    pays_back: bool
    length: int


# All of these at once: one pass over a sentence says which of them are in it.
_ACTS_OF = {
    "defers": _DEFERS,
    "feels": _FEELS,
    "asks": _ASKS_FOR,
    "acts": _ACTS,
    "refuses": _REFUSES,
    "says_yes": _YES_NO,
    "done": _DONE,
    "sends_away": _SENDS_AWAY,
    "vague": _VAGUE,
    "pays_back": _PAYS_BACK,
    "digit": re.compile("[0-9]"),
}
_NAMES = (*(f"looks_{kind}" for kind in _LOOKS), *_ACTS_OF)
_ALL = FewPatterns([pattern.pattern for pattern in (*_LOOKS.values(), *_ACTS_OF.values())])


@lru_cache(maxsize=4096)
def _said(sentence: str, lexicon: Lexicon) -> Said:
    """Remembered, so that an edit in one sentence costs one sentence."""
    has = {_NAMES[number] for number in _ALL.which(Folded(sentence, None))}
    looks = frozenset(kind for kind in _LOOKS if f"looks_{kind}" in has)
    defers, feels = "defers" in has, "feels" in has
    return Said(
        words=content(sentence, lexicon),
        looks=looks,
        asks=sentence.endswith("?") or "asks" in has,
        defers=defers,
        feels=feels,
        acts=not defers and not feels and "acts" in has,
        refuses="refuses" in has,
        facts="when" in looks or "digit" in has,
        says_yes="says_yes" in has,
        done=not defers and "done" in has,
        sends_away="sends_away" in has,
        vague="vague" in has,
        pays_back=not defers and "pays_back" in has,
        length=sentence.count(" ") + 1,
    )


@dataclass(frozen=True, slots=True)
class DraftWords:
    """A draft, prepared once for all questions: statements and questions with their words, and counts over the draft."""

    stated: tuple[Said, ...]
    words: frozenset[str]
    echoed: frozenset[str]
    general: Mapping[str, float]


def prepare(draft: str, lexicon: Lexicon) -> DraftWords:
    """Cut a draft into sentences and take what does not depend on the question."""
    pieces = (piece.strip() for piece in _SENTENCE.findall(own_words(fold(draft)).text))
    said = [_said(piece, lexicon) for piece in pieces if len(piece) > 1]
    stated = [s for s in said if not s.asks]
    many = len(stated) or 1
    defers = sum(s.defers for s in stated)
    general = {
        "length": math.log1p(sum(s.length for s in stated)) / 5,
        "asks": min(len(said) - len(stated), 3) / 3,
        "defers": min(defers, 3) / 3,
        "defers_share": defers / many,
        "feels_share": sum(s.feels for s in stated) / many,
        "facts": min(sum(s.facts for s in stated), 5) / 5,
        "acts": min(sum(s.acts for s in stated), 4) / 4,
        "refuses": min(sum(s.refuses for s in stated), 2) / 2,
        "says_yes": float(any(s.says_yes for s in stated)),
        "nothing_stated": float(not stated),
        "done": min(sum(s.done for s in stated), 3) / 3,
        "sends_away": min(sum(s.sends_away for s in stated), 3) / 3,
        "vague": min(sum(s.vague for s in stated), 3) / 3,
        "plain": min(sum(not (s.defers or s.feels or s.vague or s.sends_away) for s in stated), 6) / 6,
        "plain_share": sum(not (s.defers or s.feels or s.vague or s.sends_away) for s in stated) / many,
    }
    words = frozenset().union(*(s.words for s in stated))
    return DraftWords(tuple(stated), words, frozenset().union(*(s.words for s in said if s.asks)), general)


def pays_back(question: str, draft: DraftWords) -> bool:
    """Whether money asked back is granted or refused in the draft, in whatever words; not when it asks for a day."""
    if not _MONEY_BACK.search(question) or _WHEN_OR_WHY.search(question):
        return False
    return any(said.pays_back for said in draft.stated)


@lru_cache(maxsize=1024)
def question_kind(text: str, request: bool) -> str:
    """What kind of answer a question asks for."""
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind
    return "do" if request or not _OPENS_YES_NO.search(text) else "yes_no"


def features(
    text: str, request: bool, place: tuple[int, int], draft: DraftWords, lexicon: Lexicon, others: frozenset[str]
) -> dict[str, float]:
    """Named features of one question against a draft.

    ``place`` is its number and how many there are; ``others`` are the words of the other questions.
    """
    wanted = content(text, lexicon)
    kind = question_kind(text, request)
    out = dict(draft.general)
    size = len(wanted) or 1
    own = wanted - others
    best = touched = best_looks = 0.0
    anywhere = False
    match: Said | None = None
    closest = 0.0
    for said in draft.stated:
        like = kind in said.looks
        anywhere = anywhere or like
        shared = len(wanted & said.words)
        if shared:
            weight = 0.5 if said.defers else 1.0
            touched += 1
            near = shared + 0.5 * len(own & said.words) + 0.3 * like - 0.4 * said.feels
            if near > closest:
                match, closest = said, near
            best = max(best, weight * shared / size)
            if like:
                best_looks = max(best_looks, weight * shared / size)
    if match is not None:
        out["match_defers"] = float(match.defers)
        out["match_vague"] = float(match.vague)
        out["match_feels"] = float(match.feels)
        out["match_sends_away"] = float(match.sends_away)
        out["match_done"] = float(match.done)
        out["match_facts"] = float(match.facts)
        out["match_refuses"] = float(match.refuses)
        out["match_looks"] = float(kind in match.looks)
        out["match_words"] = min(closest, 4) / 4
    out[f"facts_{kind}"] = out["facts"]
    out[f"done_{kind}"] = out["done"]
    out[f"acts_{kind}"] = out["acts"]
    out["covered"] = len(wanted & draft.words) / size
    out["covered_any"] = float(bool(wanted & draft.words))
    out["covered_own"] = len(own & draft.words) / (len(own) or 1)
    out["best"] = best
    out["best_looks"] = best_looks
    out["touched"] = min(touched, 3) / 3
    out["looks"] = float(anywhere)
    out[f"looks_{kind}"] = float(anywhere)
    out[f"kind_{kind}"] = 1.0
    out["echoed"] = len(wanted & draft.echoed - draft.words) / size
    out["says_yes_no"] = out["says_yes"] * (kind == "yes_no" or kind == "do")
    out["wordless"] = float(not wanted)
    number, many = place
    out["first"] = float(number == 0)
    out["last"] = float(number == many - 1 and many > 1)
    out["facts_each"] = min(2.0, 5 * out["facts"] / many)
    out["done_each"] = min(2.0, 3 * out["done"] / many)
    out["plain_each"] = min(3.0, 6 * out["plain"] / many) / 3
    out["many"] = min(many - 1, 3) / 3
    out["long_question"] = min(size, 12) / 12
    return out
