"""A customer's question as the agent would report it: "where is it please?" -> "where it is"."""

from __future__ import annotations

import re

from empathy_coach.rewording.turn import report
from empathy_coach.rewording.words import INSULTS, base_of, is_word

_WH = re.compile(
    r"^(?P<wh>(?:what|which|how|when|where|why|who|whose)(?: (?:time|date|size|day|kind of \w+|many \w+|much|long"
    r"|soon|far|often|old|else|exactly|number|\w+(?: \w+){0,2}?(?= (?:do|does|is|are|can|should"
    r"|will)\b)))?)(?P<short>'s|'re)?\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_AUX = r"(?:is|are|was|were|am|has|have|had|can|could|will|would|should|do|does|did|may|might|must)(?:n't)?"
_YES_NO = re.compile(rf"^(?P<aux>{_AUX})\s+(?P<rest>.+)$", re.IGNORECASE)
_SUBJECT = re.compile(
    r"^(?P<subject>i|you|we|he|she|it|they|there|this|that|these|those|anyone|anybody|somebody|someone|everyone|nobody|"
    r"(?:my|our|your|the|his|her|their|an?|any|these|those)\s+(?:[\w'-]+\s+){0,2}?[\w'-]+"
    r"|(?-i:[A-Z])[\w'-]+)\s+(?P<verb>.+)$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:and|but|so|or|also|then|first|firstly|second|secondly|third|finally|\d[).]|hi|hello|hey|please|pls|well"
    r"|ok|okay|honestly|one straight answer|and then|plus)\b[\s,:;)-]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]+(?:please|pls|thanks|thank you|if ever|at all|even|or what|or not|lol|tbh|then|ta|x+))?[\s?!.]*$",
    re.IGNORECASE,
)
# A second question hangs on: only the first is reported, the agent sees the whole in the conversation.
_SECOND = re.compile(
    r",?\s+(?:and|or)\s+(?=(?:is|are|was|has|have|can|could|will|would|should|do|does|did)\s+(?:i|you|we|it|he|she"
    r"|they|there|my|the|this)\b).*$",
    re.IGNORECASE,
)
_ASKS_US = re.compile(
    r"^(?:could|can|would|will) (?:(?:you|u) (?:please |pls |kindly |just |possibly |maybe )?(?!like to\b|be so kind"
    r"|really be)"
    r"|(?:someone|somebody|anyone|anybody) (?:please )?(?=(?:please |help|tell|ring|call|phone|look|check|explain"
    r"|send|fix|sort|"
    r"confirm|let|get|give|add|look|come)\b))(?P<do>(?!be\b)[a-z].+)$",
    re.IGNORECASE,
)
# "Who keeps a receipt for a mattress?", "where do I even start?": nobody expects an answer.
_RHETORICAL = re.compile(
    r"\beven\b(?! if)|^(?:would|do) (?:you|u) (?:like to|want to|think|expect)\b|^who (?:keeps|does|would|wants"
    r"|needs|has)\b|^(?:who|which) (?:is|was|are) "
    r"\w+$",
    re.IGNORECASE,
)
_TELL = re.compile(
    r"^(?:please )?(?:just )?(?:tell|let) (?:me|us)(?: know)? (?P<wh>what|when|where|why|who|how|which|whether"
    r"|if)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(r"^(?:please |pls |kindly |just )+(?P<do>[a-z]{3,} .+)$", re.IGNORECASE)
_GRATEFUL = re.compile(
    r"^(?:i'd|i would|we'd|we would) be (?:very |most |really )?grateful if "
    r"(?:you|someone|somebody|anyone) (?:could|can|would) "
    r"(?:please |kindly |just )?(?P<do>[a-z].+)$",
    re.IGNORECASE,
)
_WANT = re.compile(
    r"^(?:i|we)(?:'d| would)? (?:want to|like to|need to|should like to) know (?P<wh>what|when|where|why|who|how"
    r"|which|whether|if)\b(?P<rest>.*)$",
    re.IGNORECASE,
)


def rhetorical(question: str) -> bool:
    """Whether a question expects no answer."""
    return bool(_RHETORICAL.search(_TAIL.sub("", _LEAD.sub("", question.strip()))))


def indirect(question: str, request: bool = False) -> tuple[str, bool] | None:
    """What was asked, to stand after "You asked"; and whether it is a deed ("send a new label"). None in doubt."""
    text = question.replace("\u2019", "'").strip()
    if len(text) > 140 or '"' in text or "\n" in text:
        return None
    text = _SECOND.sub("", _TAIL.sub("", _LEAD.sub("", text))).strip()
    if _RHETORICAL.search(text):
        return None
    if any(w in INSULTS or not is_word(w) for w in re.findall(r"(?<![A-Z])\b[a-z]+(?:'[a-z]+)?\b", text)):
        return None
    if found := (_ASKS_US.match(text) or _GRATEFUL.match(text) or (_IMPERATIVE.match(text) if request else None)):
        told = _TELL.match(found["do"])
        if told:
            return _statement(told["wh"], told["rest"])
        deed = report(re.sub(r"^(?:please|pls|kindly|just)\s+", "", found["do"], flags=re.IGNORECASE))
        return (deed, True) if deed and _fits(deed) else None
    if found := (_TELL.match(text) or _WANT.match(text)):
        return _statement(found["wh"], found["rest"])
    if found := _WH.match(text):
        return _wh(found)
    if found := _YES_NO.match(text):
        turned = _straight(found["aux"], found["rest"])
        return (("whether " + turned), False) if turned and _fits(turned) else None
    return None


def _fits(text: str) -> bool:
    return (
        1 < len(text.split()) <= 18
        and text not in {"whether you can", "whether we can", "whether you do"}
        and not re.search(r"[!?;]|\bit's\b$", text)
    )


def _statement(wh: str, rest: str) -> tuple[str, bool] | None:
    """What already has the order of a statement: "tell me when it comes"."""
    if _YES_NO.match(rest.strip()) and wh.lower() not in {"who", "what"}:
        return None
    turned = report(rest.strip())
    word = "whether" if wh.lower() == "if" else wh.lower()
    return (f"{word} {turned}", False) if turned and _fits(f"{word} {turned}") else None


def _wh(found: re.Match[str]) -> tuple[str, bool] | None:
    wh, short, rest = found["wh"].lower(), found["short"], found["rest"]
    aux = {"'s": "is", "'re": "are"}.get(short or "")
    if aux is None:
        inverted = _YES_NO.match(rest)
        if inverted is None:  # "who pays for it": the question word is the subject
            turned = report(rest) if wh in {"who", "what", "which"} else None
            return (f"{wh} {turned}", False) if turned and _fits(turned + " x") else None
        aux, rest = inverted["aux"], inverted["rest"]
    if wh in {"who", "what"} and not _SUBJECT.match(rest + " x"):
        turned = report(rest)  # "who's paying the £15", "what is wrong"
        return (f"{wh}{short or ' ' + aux} {turned}", False) if turned else None
    if wh in {"who", "what"} and re.match(r"(?:going|happening|wrong|holding|causing|paying)\b", rest):
        turned = report(rest)
        return (f"{wh} is {turned}", False) if turned else None
    turned = _straight(aux, rest)
    return (f"{wh} {turned}", False) if turned and _fits(turned) else None


def _straight(aux: str, rest: str) -> str | None:
    """Aux + subject + verb put straight: ("is", "it") -> "it is"; ("do", "I need it") -> "you need it"."""
    low = aux.lower()
    if low == "did" or low.endswith("n't"):
        return None
    split = _SUBJECT.match(rest)
    subject, verb = (split["subject"], split["verb"]) if split else (rest, "")
    words = subject.split()
    if not split and (
        len(words) > 4
        or words[0].lower() not in {"it", "this", "that", "he", "she", "they", "there", "my", "our", "the", "your"}
    ):
        return None
    if (
        split
        and len(words) > 1
        and not base_of(verb.split()[0].lower())
        and not re.match(
            r"(?:[a-z]+ing|[a-z]+ed|been|be|going|not|possible|included|available|still|open|free|ready|due|in|on|at"
            r"|to|safe|[a-z]+en|known|lost|sent|able|likely|happen|come|arrive|work|start|end|cost|go|get"
            r"|mean|need|have|be|count|expire|run|take|apply)\b",
            verb,
            re.IGNORECASE,
        )
    ):
        return None  # where the subject ends cannot be told
    if low == "does":
        first, _, rest_of = verb.partition(" ")
        verb = f"{_third(first)} {rest_of}".strip()
    core = f"{subject} {verb}" if low in {"do", "does"} else f"{subject} {aux.lower()} {verb}"
    return report(core.strip())


def _third(verb: str) -> str:
    """The form after "it": "take" -> "takes"."""
    special = {"have": "has", "do": "does", "go": "goes", "be": "is"}
    if verb in special:
        return special[verb]
    if verb.endswith(("s", "x", "ch", "sh", "z")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"
