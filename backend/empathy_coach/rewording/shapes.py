"""Ways of putting it that turn a fault of tone into plain speech and leave every fact: commands, office words, blame."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from empathy_coach.domain import Finding, Reading
from empathy_coach.rewording.changes import Change
from empathy_coach.rewording.swaps import of_others
from empathy_coach.rewording.words import AUX, base_of, is_word, participle

_MENDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (
            r"^You (?:need|have|are required|are requested|are advised|are asked|are kindly requested) to (?=(?!be\b"
            r"|have\b|know\b|understand\b|realise\b|wait\b)[a-z])",
            "Please ",
        ),
        (
            r"(?<=[,;:] )you (?:need|are required|are requested|are advised|are asked) to (?=(?!be\b|have\b|know\b"
            r"|understand\b|realise\b|wait\b)[a-z])",
            "please ",
        ),
        (r"\bKindly (?=[a-z])", "Please "),
        (
            r"\bkindly (?=(?:send|provide|confirm|check|note|refer|submit|contact|reply|return|complete|let|allow"
            r"|visit)\b)",
            "please ",
        ),
        (r"^Please be (?:advised|informed|aware) that (?P<c>[a-z])", "^c"),
        (r"^(?:Please note|Note) that (?P<c>[a-z])", "^c"),
        (r"\bplease be (?:advised|informed) that ", ""),
        (
            r",? ?(?<!such )\bas (?:already|previously|clearly)?\s?(?:stated|advised|mentioned|explained|informed)(?: "
            r"previously| above| before| already)?,? (?P<c>(?!(?:in|on|at|by|to|under|above)\b)[a-z])",
            " \\g<c>",
        ),
        (
            r"^As (?:already |previously |clearly )?(?:stated|advised|mentioned|explained|informed)(?: previously| "
            r"above| before| already)?, (?P<c>[a-z])",
            "^c",
        ),
        # Agents left out: what matters is what is still open, not who forgot it.
        (
            r"\b[Yy]ou (?:failed|neglected|forgot|omitted) to (?:contact|inform|tell|notify) us\b",
            "we did not hear from you",
        ),
        (
            r"^[Yy]ou (?P<v>bought|entered|selected|chose|used|picked|ordered|booked) the wrong (?P<n>[a-z]+)(?=[,.;]| and\b| so\b)",
            "@wrong",
        ),
        (
            r"^You must (?=(?!be\b|have\b|not\b|stop\b|understand\b|know\b|also\b|realise\b)[a-z])",
            "We must ask you to ",
        ),
        (
            r"(?<=[,;] )you must (?=(?!be\b|have\b|not\b|stop\b|understand\b|know\b|also\b|realise\b)[a-z])",
            "we must ask you to ",
        ),
        (r"^You will (?:have|need) to (?=(?!be\b|wait\b|contact\b|take\b)[a-z])", "We will need you to "),
        (
            r"^(?:Users|Customers|Guests|Passengers|Residents|Applicants|Parents|Members|Patients|Tenants"
            r"|You) are (?:advised|reminded|requested|asked|required) (?P<n>not )?to (?=[a-z])",
            "@please",
        ),
        (
            r"^(?:Users|Customers|Guests|Passengers|Residents|Applicants|Parents|Members|Patients|Tenants"
            r"|You) are (?:advised|reminded) that (?P<c>[a-z])",
            "^c",
        ),
        (
            r"^(?:We'd|We would|I'd|I would|May we|We) (?:also )?(?:remind|ask|encourage"
            r"|urge) (?:all )?(?:our )?(?:users|customers|guests|passengers|residents|applicants|parents|members"
            r"|patients|tenants|everyone|you) (?P<n>not )?to (?=[a-z])",
            "@please",
        ),
        (r"^(?:Do|Please) bear in mind that (?P<c>[a-z])", "^c"),
        (r"^(?:Please )?(?:Be|be) aware that (?P<c>[a-z])", "^c"),
        (r"^I (?:would|must) (?:like to )?(?:point out|remind you|stress) that (?P<c>[a-z])", "^c"),
        (r"^Please ensure (?:that )?", "Please make sure "),
        (r"(?<=[a-z,] )please ensure (?:that )?", "please make sure "),
        (
            r",? as (?:clearly |already |previously |also )?(?:stated|shown|described|set out|indicated|outlined"
            r"|explained|mentioned|noted) (?:in|on) (?:the|our|your|its) [a-z' -]{2,40}(?=[.,!])",
            "",
        ),
        (
            r"^As (?:my|our) (?:colleague|colleagues|team|advisor|agent)s? (?:have |has )?(?:already |previously "
            r"|clearly )?(?:said|stated|advised|mentioned|explained|told you|informed you"
            r"|confirmed),? (?:that )?(?P<c>[a-z])",
            "^c",
        ),
        (
            r"^As (?:I|we)(?: have|'ve)? (?:already |previously |clearly )?(?:said|told you|pointed out),? (?:that )?(?P<c>[a-z])",
            "^c",
        ),
        (r",? ?(?<!not )\bas (?:the|a) valued (?:customer|member|client|user|guest)\b,?", ""),
        (r"\bWith regards? to\b", "As for"),
        (r"\bwith regards? to\b", "about"),
        (r"\bin (?:respect|relation) (?:of|to)\b", "about"),
        (r"\bupon\b", "on"),
        (r"\bIn order to\b", "To"),
        (r"\bin order to\b", "to"),
        (r"\bendeavour to\b", "try to"),
        (r"\bwould require\b", "would need"),
        (r"\b(?P<c>[Ww]e) require\b", "\\g<c> need"),
        (r"\bfurnish\b", "send"),
        (r"\bdue to the fact that\b", "because"),
        (r"\bdespatched\b", "sent"),
        (r"^To enable us to (?:progress|proceed with|action|deal with) ", "To get on with "),
        (r"^In order to (?:progress|proceed with|action) ", "To get on with "),
        (r"\bat the (?:present|current) (?:time|moment)(?: in time)?\b", "now"),
        (r",? which is self-explanatory(?=[.!])", ""),
        (r"\bPursuant to\b", "Under"),
        (r"\bpursuant to\b", "under"),
        (r"\bin accordance with\b", "under"),
        (r"\bAs per\b", "Under"),
        (r"\bas per\b", "under"),
        (r"\bsubsequent to\b", "after"),
        (r"\bprior to\b", "before"),
        (r"\bin the event that\b", "if"),
        (r"\bIn the event that\b", "If"),
        (r"\bupon receipt of\b", "on receiving"),
        (r"\bcommence\b", "start"),
        (r"\butilise\b", "use"),
        (r"\bthe above-numbered claim\b", "your claim"),
        (r"^Further to your (?:enquiry|email|message|request)[.,] ?", ""),
        (r"^(?:It's|It is) (?:actually |really )?very (?:simple|easy)[!.] ?", ""),
        (r"\brefrain from (?=[a-z]+ing)", "avoid "),
        (r"\b(?:so )+so sorry\b", "so sorry"),
        (r"\bpls\b", "please"),
        (r"\bPls\b", "Please"),
        (r"^[Cc]ust\b", "The customer"),
        (r"(?<=\s)cust\b", "the customer"),
        (
            r"^(?:[Cc]ust|[Cc]ustomer|[Cc]x) (?:is )?(?:moaning|whinging|whining|ranting|banging on|kicking off) (?:about|re)\b",
            "The customer reports",
        ),
        (r"\bis (?:moaning|whinging|whining|ranting|banging on|kicking off) about\b", "is writing about"),
        (r"\b(?:moaning|whinging|whining|ranting|banging on|kicking off) about\b", "reports"),
        (r"(?<=, )same is\b", "it is"),
        (r"\bsame old sob story about\b", "about"),
        (r"(?<=[a-z]), just so you know(?=\.)", ""),
        (r",? which you agreed to(?: when you \w+)?(?=[.!])", ""),
        (r"\bAs a valued (?:customer|member|client|user|guest)[,]? (?P<c>[a-z])", "^c"),
        (r"\bUpon\b", "On"),
        (r"\bwill be effected\b", "will be done"),
        (r"\bRefer to (?=the|your)", "Please see "),
        (r"^Rebook at your convenience\b", "Please rebook at your convenience"),
        (r"^Just (?=(?:go|click|open|log|send|enter|type|pay|use|press|select|reply)\b)", "Please "),
    )
)


# "you failed to enable two-factor authentication" -> "two-factor authentication was not enabled".
_UNDONE = re.compile(
    r"(?:(?<=^)|(?<=[a-z,;] ))you (?:have |had )?(?:failed to|neglected to|forgot to|omitted to|did not|didn't) "
    r"(?P<verb>[a-z]+) (?P<what>(?!us\b|me\b|any\b|that\b|to\b|it\b)[\w'-]+(?: (?!and\b|so\b|in\b|on\b|at\b|by\b|within"
    r"\b|before\b|after\b|when\b|while\b|as\b|to\b|for\b|from\b|with\b|until\b|during\b|under\b|via\b|because\b|the\b|our\b|is\b|was\b)[\w'-]+){0,4})"
    r"(?=[.,;!]| (?:and|so|in|on|at|by|within|before|after|when|while|as|to|for|from|with|until|during|under|via"
    r"|because|the|our|your)\b|$)",
    re.IGNORECASE,
)
_NOT_PASSIVE = frozenset(
    {"have", "be", "get", "go", "come", "want", "need", "like", "know", "see", "hear", "live", "seem"}
)


def mends(reading: Reading, faulty: Sequence[Finding]) -> list[Change]:
    """Commands turned into requests and office words into plain ones, only in sentences with a finding of tone."""
    spans = [f.span for f in faulty if f.span is not None]
    return [
        Change(at + start, at + end, new, "tone", "Say it as a colleague would")
        for sentence in reading.own.sentences
        if any(s.start < sentence.span.end and sentence.span.start < s.end for s in spans)
        for at in (sentence.span.start,)
        for start, end, new in _mends_of(sentence.span.quote)
    ]


@lru_cache(maxsize=2048)  # most sentences of one draft are those of the draft before
def _mends_of(text: str) -> tuple[tuple[int, int, str], ...]:
    out = []
    low = text.lower()
    if "you " in low and (found := _UNDONE.search(text.replace("\u2019", "'"))):
        undone = _undone(found)
        if undone:
            out.append((*found.span(), undone))
    for key, pattern, new in _KEYED:
        if key in low:
            out += [
                _mend(text, m, new)
                for m in pattern.finditer(text)
                if new != "@please" or not of_others(text[m.end() :])
            ]
    return tuple(out)


def _undone(m: re.Match[str]) -> str | None:
    verb, what = m["verb"].lower(), m["what"]
    if verb in _NOT_PASSIVE or verb in AUX or not is_word(verb):
        return None
    last = what.split()[-1].lower()
    many = (
        last.endswith("s")
        and not last.endswith(("ss", "us", "is"))
        and what.split()[0].lower() not in {"a", "an", "this"}
    )
    said = f"{what} {'were' if many else 'was'} not {participle(verb)}"
    return said[0].upper() + said[1:] if m.start() == 0 else said


def _mend(text: str, m: re.Match[str], new: str) -> tuple[int, int, str]:
    start, end = m.span()
    if new == "^c":
        new = m["c"].upper()
    elif new.startswith("@"):
        new = _SHAPES[new](m)
    elif "\\g<" in new:
        new = m.expand(new) if start or new[0] not in " " else m["c"].upper()
    elif not new and start == 0 and end < len(text):
        new, end = text[end].upper(), end + 1
    return start, end, new


_SHAPES: dict[str, Callable[[re.Match[str]], str]] = {
    "@wrong": lambda m: f"The wrong {m['n']} was {participle(base_of(m['v'].lower()) or m['v'])}",
    "@please": lambda m: "Please do not " if m["n"] else "Please ",
}


def _key(pattern: str) -> str:
    """The longest run of letters that every match has; a text without it need not be searched."""
    plain = re.sub(r"\(\?<?[!=][^()]*(?:\([^()]*\)[^()]*)*\)", "|", pattern)
    while True:
        inner = re.sub(r"\([^()]*\)[?*]?", "|", plain)
        if inner == plain:
            break
        plain = inner
    runs = re.split(r"[^a-z' ]+", re.sub(r".[?*]|\[[^]]*\][?*+]?(?:\{[^}]*\})?|\\.", "|", plain).lower())
    return max(runs, key=len)


_KEYED = tuple((_key(pattern.pattern), pattern, new) for pattern, new in _MENDS)


# A bare order at the start of a sentence: "Verify your identity by ...".
_ORDER = re.compile(
    r"(?:verify|send|switch|complete|contact|provide|check|submit|return|fill in|reply|call|ring|email|upload|attach"
    r"|confirm|restart|update|come back|bring|review|rebook|register|forward|re-?send|try again|go to|log in|sign in)\b"
    r"(?=\s+[a-z\d])",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:^|\n)[ \t]*(?:[-*\u2022]|\d+[.)])[ \t]*$")


def requests(reading: Reading) -> list[Change]:
    """The first bare order of a draft without a "please" becomes a request; steps of a list stay as they are."""
    draft = reading.draft.text
    if re.search(r"\bplease\b", draft, re.IGNORECASE):
        return []
    for sentence in reading.own.sentences:
        at = sentence.span.start
        if _ORDER.match(sentence.span.quote) and not _LISTED.search(draft[:at]):
            return [Change(at, at + 1, "Please " + draft[at].lower(), "tone", "Say it as a colleague would")]
    return []
