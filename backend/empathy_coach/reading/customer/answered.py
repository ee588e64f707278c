"""Does a draft answer what was asked? Two small linear heads over named features.

The first, ``answers``, holds one question against one sentence: the kind of question asks for a kind of answer (when -> a
day or time, how much -> an amount, why -> a reason), about the same thing, in the form of an answer. The second,
``answered``, puts the best sentences together with how the whole draft is. Weights: ``heads.json``, made by ``train.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from empathy_coach.reading.customer.heads import Weights, load_heads, logit
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.questions import Asked
from empathy_coach.reading.customer.said import DraftWords, Said, auxiliary, content, heads, touches

Features = Mapping[str, float]
_KINDS = tuple(
    (kind, re.compile(rf"(?:{expression})\b"))
    for kind, expression in (
        (
            "when",
            "when|how (?:long|soon|quickly)|(?:by |at |from |until )?(?:what|which) (?:time|day|date)|by when|till when",
        ),
        (
            "amount",
            "how (?:much|many|big|large|heavy)|what (?:is|are|'s|do|does|will|would)?.{0,24}\\b(?:price|cost|fee|max|maximum|limit|charge|owe|total|"
            "balance|deposit|size)",
        ),
        (
            "where",
            "where|which (?:office|branch|page|shop|address|gate|platform|room|desk)|what (?:is|'s) (?:the|your) (?:address|link)",
        ),
        (
            "why",
            "why|how come|how (?:did|could|does|can|is it possible) (?:this|that|it|a|the|you|something|my)|what (?:happened|caused|went wrong|"
            "is the reason|'s the reason)|on what (?:grounds|basis)",
        ),
        ("who", "who|whose|whom|which (?:person|team|department|colleague)"),
        ("which", "which|what (?:size|one|colour|version)"),
        ("how", "how|in what way"),
        ("what", "what|whats"),
    )
)
# What stands before the question itself: "could you tell me when", "I'd like to know why".
_LEAD = re.compile(
    r"^(?:(?:hi|hello|hey|so|and|but|also|or|then|ok|please|pls|sorry|just|actually|well),? )*"
    r"(?:(?:could|can|would|will) (?:you|u|someone|somebody|anyone) (?:please |pls |just )*(?:tell|explain|say|let|confirm|check|find out) ?"
    r"(?:me|us|to me)?(?: know)? ?(?=if|whether|when|where|why|how|who|what|which|was|is)"
    r"|(?:i|we)(?:'d| would| just)? ?(?:want|need|like|wonder|wondered|wondering)?(?: to)? (?:know|ask|hear|wonder|understand) "
    r"|(?:just )?(?:wondering|curious|asking) |(?:please |pls )?(?:tell|explain|let) (?:me|us)(?: know)? "
    r"|do you know |any idea |no idea |i don't know |not sure )?"
)
_EITHER = re.compile(r"^(?:is|are|was|were|do|does|should|shall|has|can|will)\b[^?]{2,50}\bor (?!not\b)")
_ASKS_TO_DO = re.compile(
    r"^(?:please |pls |just |kindly )*(?:can|could|would|will) (?:you|u|someone|somebody|some1|anyone|anybody|i have|i get|we have|we get|"
    r"i please|we please|it be)\b"
)
_ASKS_YES_NO = re.compile(
    r"^(?:(?:if|whether)|(?:please |pls )?(?:is|are|am|was|were|do|does|did|don't|doesn't|isn't|aren't|can|can't|could|will|won't|would|should|"
    r"shall|may|might|has|have|had|any))\b"
)
# "Will I get the express fee back?" shares no word with "and refund the £8.90", and is answered by it.
_MONEY_BACK = re.compile(
    r"\b(?:fee|money|charge|charges|payment|deposit|cost|costs|postage|difference|it|\$\d[\d.,]*) (?:all )?back\b|\brefund|\breimburse"
)
_WHEN_OR_WHY = re.compile(r"\b(?:when|why|how long|by what|which day)\b")
_LONG = 6  # letters of a word that is seldom shared by chance
_FAR = 4.0  # logits are cut off here before they become features
_SHORT = 5  # words
_PART = 8  # words of an answer that is no sentence: "Nine till one."
_LONG_QUESTION = 30  # words
_MANY = 12  # sentences
_PLAIN = (
    "opens",
    "general",
    "yours",
    "hedge",
    "small_print",
    "facts",
    "acts",
    "defers",
    "vague",
    "feels",
    "sends_away",
)
_NOTHING: frozenset[str] = frozenset()
_YES_OR_DO = ("yes_no", "do")


def money_back(question: str) -> bool:
    """Whether money is asked back, not when or why."""
    return bool(_MONEY_BACK.search(question)) and not _WHEN_OR_WHY.search(question)


def pays_back(item: Asked, draft: DraftWords, lexicon: Lexicon) -> bool:
    """Whether money asked back is granted or refused in the draft, in whatever words."""
    asked = wanted_of(item.text, item.request, lexicon)
    return asked.money_back and any("pays_back" in said.has for said in draft.stated)


@lru_cache(maxsize=1024)
def question_kind(text: str, request: bool) -> str:
    """What kind of answer a question asks for."""
    lead = _LEAD.match(text)
    body = text[lead.end() :] if lead else text
    for kind, pattern in _KINDS:
        if pattern.match(body):
            return kind
    if _ASKS_TO_DO.match(body):
        return "do"
    if _EITHER.match(body):
        return "which"
    if _ASKS_YES_NO.match(body):
        return "yes_no"
    if not request:
        for kind, pattern in _KINDS:
            if pattern.search(body):
                return kind
    return "do"


def _alone(said: Said, kind: str) -> list[str]:
    """What a sentence says to a kind of question, whatever it is about: names of features that are there."""
    has, either = said.has, kind in _YES_OR_DO
    out = [f"kind_{kind}", *(name for name in _PLAIN if name in has)]
    if like := kind in said.looks:
        out += "like", f"like_{kind}"
    if "goes_on" in has:
        out += ("goes_on", "goes_on_like") if like else ("goes_on",)
    if "verb" not in has and said.length <= _PART:
        out += ("part", "part_like") if like else ("part",)
    if "opens" in has and (either or kind == "which"):
        out.append("opens_yes_no")
    if "refuses" in has and either:
        out.append("refuses")
    if "done" in has:
        out.append("done" if either else "done_other")
    if "facts" in has and kind not in ("when", "amount"):
        out.append("facts_other")
    if "acts" in has:
        out.append(f"acts_{kind}")
    if said.length <= _SHORT:
        out.append("short")
    return out


def _apart(said: Said, like: bool) -> dict[str, float]:
    """What there is of a question and a sentence that share nothing."""
    out = {"more_words": min(3, len(said.words)) / 3}
    if like:
        out["like_only"] = 1.0
    return out


def _together(wanted: Wanted, said: Said) -> dict[str, float]:
    """What question and sentence share."""
    # Most share nothing, and there are as many pairs as questions times sentences.
    shared = wanted.words & said.words if not wanted.words.isdisjoint(said.words) else _NOTHING
    like = wanted.kind in said.looks
    out = {"more_words": min(3, len(said.words) - len(shared)) / 3}
    if not wanted.heads.isdisjoint(said.heads) and len(wanted.heads & said.heads) > len(heads(shared)):
        out["begins_alike"] = 1.0
    if wanted.auxiliary in said.auxiliaries:
        out["auxiliary"] = 1.0
    if wanted.money_back and "pays_back" in said.has:
        out["pays_back"] = 1.0
    if not shared:
        if like:
            out["like_only"] = 1.0
        return out
    size = len(wanted.words)
    out |= {
        "shared": min(len(shared), 3) / 3,
        "cover": len(shared) / size,
        "any": 1.0,
        f"shared_{wanted.kind}": 1.0,
        "rare": min(2, sum(len(word) >= _LONG or word[0] == "#" for word in shared)) / 2,
    }
    if like:
        out["like_shared"] = 1.0
    if not said.has.isdisjoint(("sends_away", "general", "small_print")):
        out["shared_general"] = 1.0
    if size >= 2 and len(shared) == size:
        out["shared_all"] = 1.0
    return out


class Wanted:
    """A question, prepared once for all sentences."""

    __slots__ = ("auxiliary", "heads", "kind", "money_back", "touches", "words")

    def __init__(self, text: str, request: bool, lexicon: Lexicon) -> None:
        self.kind = question_kind(text, request)
        self.words = content(text, lexicon)
        self.heads = heads(self.words)
        self.money_back = money_back(text)
        self.auxiliary = auxiliary(text) if self.kind == "yes_no" else ""
        self.touches = touches(self.words, [self.auxiliary] if self.auxiliary else [], self.money_back)


def pair(wanted: Wanted, said: Said) -> Features:
    """Named features of one question against one sentence."""
    return dict.fromkeys(_alone(said, wanted.kind), 1.0) | _together(wanted, said)


@lru_cache(maxsize=1024)
def wanted_of(text: str, request: bool, lexicon: Lexicon) -> Wanted:
    """The same question is the same object, so that what was worked out with it is found again."""
    return Wanted(text, request, lexicon)


@lru_cache(maxsize=4096)
def _alone_logit(said: Said, kind: str) -> float:
    weights = load_heads()["answers"]
    return weights["bias"] + sum(weights.get(name, 0.0) for name in _alone(said, kind))


@lru_cache(maxsize=16384)
def _pair(wanted: Wanted, said: Said) -> tuple[float, float]:
    """Log-odds and chance by the shipped weights; remembered, so that an edit in one sentence costs one sentence."""
    weights = load_heads()["answers"]
    value = _alone_logit(said, wanted.kind) + logit(_together(wanted, said), weights) - weights["bias"]
    return value, _chance(value)


@lru_cache(maxsize=4096)
def _strangers(said: Said, kind: str) -> tuple[float, float]:
    """The same of a question of that kind that shares nothing with the sentence, as most do on a long page."""
    weights = load_heads()["answers"]
    apart = _apart(said, kind in said.looks)
    value = _alone_logit(said, kind) + logit(apart, weights) - weights["bias"]
    return value, _chance(value)


def _held_against(wanted: Wanted, said: Said) -> tuple[float, float]:
    return _strangers(said, wanted.kind) if wanted.touches.isdisjoint(said.touches) else _pair(wanted, said)


def _chance(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


_NEVER = (-_FAR, _chance(-_FAR))


def features(
    items: Sequence[Asked], draft: DraftWords, lexicon: Lexicon, weights: Weights | None = None
) -> list[Features]:
    """Named features of each question against the whole draft. ``weights`` stand for those of the shipped head ``answers``.

    A sentence answers one thing best: what is left for the others counts apart.
    """
    asked = [wanted_of(item.text, item.request, lexicon) for item in items]
    if weights is None:
        values = [[_held_against(one, said) for said in draft.stated] for one in asked]
    else:
        logits = [[logit(pair(one, said), weights) for said in draft.stated] for one in asked]
        values = [[(value, _chance(value)) for value in row] for row in logits]
    best_of = list(map(max, *values)) if len(values) > 1 else values[0]  # of each sentence, how well it answers best
    out: list[Features] = []
    for number, row in enumerate(values):
        order = sorted(row, reverse=True) or [_NEVER]
        best, chance = order[0]
        free = max([value for value, best in zip(row, best_of, strict=True) if value >= best], default=_NEVER)
        found = {
            **draft.general,
            "first": float(number == 0),
            "last": float(number == len(items) - 1 and number > 0),
            "many": min(len(items) - 1, 3) / 3,
            "best": chance,
            "best_logit": max(-_FAR, min(_FAR, best)) / _FAR,
            "second": order[1][1] if len(order) > 1 else 0.0,
            "sum": min(3.0, sum(chance for _, chance in order)) / 3,
            "free": free[1],
            "words": min(_LONG_QUESTION, items[number].text.count(" ") + 1) / 10,
            "sentences": min(_MANY, len(draft.stated)) / _MANY,
        }
        # What the best words are worth depends on the kind of answer that is wanted.
        kind = asked[number].kind
        found |= {f"kind_{kind}": 1.0, f"best_{kind}": found["best_logit"], f"free_{kind}": free[1]}
        if row and len(values) > 1:
            at = row.index(order[0])
            others = best_of[at] if row[at] != best_of[at] else sorted([one[at] for one in values])[-2]
            found["taken"] = _chance(others[0] - best)
        out.append(found)
    return out
