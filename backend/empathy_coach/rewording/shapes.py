"""Ways of putting it that turn a fault of tone into plain speech and leave every fact: commands, office words, blame."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from empathy_coach.domain import Finding, Reading
from empathy_coach.reading.gate import has_branches
from empathy_coach.rewording.changes import Change
from empathy_coach.rewording.mends import MENDS, UNKIND
from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.swaps import of_others
from empathy_coach.rewording.voice import Voice
from empathy_coach.rewording.words import AUX, base_of, is_word, participle, tag_of

# "you failed to enable two-factor authentication" -> "two-factor authentication was not enabled".
_UNDONE = re.compile(
    r"(?:(?<=^)|(?<=[a-z,;] ))you (?:have |had )?(?:failed to|neglected to|forgot to|omitted to|did not|didn't) "
    r"(?P<verb>[a-z]+) (?P<what>(?!(?:us|me|any|that|to|it|on|in|at|by|for"
    r"|from|with|until|under|via|so|because|when|before|after)\b)[\w'-]+(?: (?!and\b|so\b|in\b|on\b|at\b|by\b|within"
    r"\b|before\b|after\b|when\b|while\b|as\b|to\b|for\b|from\b|with\b|until\b|during\b|under\b|via\b|because\b|the\b"
    r"|our\b|is\b|was\b)[\w'-]+){0,4})"
    r"(?=[.,;!]| (?:and|so|in|on|at|by|within|before|after|when|while|as|to|for|from|with|until|during|under|via"
    r"|because|the|our|your)\b|$)",
    re.IGNORECASE,
)
_NOT_PASSIVE = frozenset(
    {"have", "be", "get", "go", "come", "want", "need", "like", "know", "see", "hear", "live", "seem"}
)


_DONE = re.compile(r"Done[.!]*$")  # at the end of steps it says how far they lead
_SPEAKS = re.compile(r"\b(?:I|I'm|I've|[Ww]e've|can't|That's|don't)\b")


def mends(reading: Reading, faulty: Sequence[Finding], voice: Voice) -> list[Change]:
    """Commands turned into requests and office words into plain ones, in sentences with a finding of tone or plain unkindness."""
    spans = [f.span for f in faulty if f.span is not None]
    return [
        Change(
            at + start, at + end, voice.fit(new) if _SPEAKS.search(new) else new, "tone", "Say it as a colleague would"
        )
        for number, sentence in enumerate(reading.own.sentences)
        for at in (sentence.span.start,)
        for start, end, new in _mends_of(sentence.span.quote)
        if not (number and _DONE.match(sentence.span.quote))
        if any(s.start < sentence.span.end and at < s.end for s in spans)
        or UNKIND.search(sentence.span.quote[start:end])
    ]


@lru_cache(maxsize=2048)  # most sentences of one draft are those of the draft before
def _mends_of(text: str) -> tuple[tuple[int, int, str], ...]:
    out = []
    low = text.lower()
    if "you " in low and (found := _UNDONE.search(text.replace("\u2019", "'"))):
        undone = _undone(found)
        if undone:
            out.append((*found.span(), undone))
    for key, pattern, new, anywhere in _KEYED:
        if key in low:
            out += [
                mended
                for m in (pattern.finditer(text) if anywhere else filter(None, (pattern.match(text),)))
                if (new != "@please" or not of_others(text[m.end() :])) and (mended := _mend(text, m, new)) is not None
            ]
    out.sort(key=lambda change: change[0] - change[1])  # the most that can be said otherwise first
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


def _mend(text: str, m: re.Match[str], new: str) -> tuple[int, int, str] | None:
    start, end = m.span()
    if (new == "^c" or "\\g<c>" in new) and re.match(r"[a-z]*[A-Z]", text[m.start("c") :]):
        return None  # "Please be advised that iPhones ..."
    if new == "^c":
        new = m["c"].upper()
    elif new.startswith("@"):
        shaped = _SHAPES[new](m)
        if shaped is None:
            return None
        new = shaped
    elif "\\g<" in new:
        new = m.expand(new) if start or new[0] not in " " else m["c"].upper()
    elif not new and start == 0 and end < len(text):
        new, end = text[end].upper(), end + 1
    return start, end, new


def _as_written(m: re.Match[str], new: str) -> str:
    """With the capital of what it replaces."""
    return new[0].upper() + new[1:] if m.group()[0].isupper() else new


_SHAPES: dict[str, Callable[[re.Match[str]], str | None]] = {
    "@wrong": lambda m: f"The wrong {m['n']} was {participle(base_of(m['v'].lower()) or m['v'])}",
    "@please": lambda m: "Please do not " if m["n"] else "Please ",
    "@please-verb": lambda m: f"Please {m['v'].lower()} ",
    "@while": lambda m: _as_written(m, "while"),
    "@done-to": lambda m: f"I've {m['v']} the {m['x'].lower()}",
    "@thats-done": lambda m: f"That's {m['x'].lower()}",
    "@you-write": lambda m: _as_written(m, "you write that "),
    "@unheard": lambda m: f"{_as_written(m, 'we')} did not hear from you{' about' if m['of'] else ''}",
    "@upset": lambda m: f"{m['s'] or ' is'} upset",
    "@unhappy": lambda m: f"{m['s'] or ' is'} unhappy about",
    "@unhappy-again": lambda m: f"{m['s'] or ' is'} unhappy again",
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


# Key, pattern, what stands instead, and whether it may stand elsewhere than at the beginning.
_KEYED = tuple(
    (_key(pattern.pattern), pattern, new, not pattern.pattern.startswith("^") or has_branches(pattern.pattern))
    for pattern, new in MENDS
)


_LISTED = re.compile(r"(?:^|\n)[ \t]*(?:[-*\u2022]|\d+[.)])[ \t]*$")
# A refusal that nothing softens, and what softens it. The words of the refusal itself stay as they are.
_REFUSES = re.compile(
    r"\b(?:cannot|can't|can not|won't|will not|may not|unable to|not able to|nothing (?:further |more |else )?(?:that )?(?:we|i) can"
    r"|stands|is final|not possible|not (?:eligible|entitled|covered|refundable|our (?:responsibility|problem|fault))"
    r"|no (?:refund|compensation|exceptions?)|non-refundable|declined|rejected|refused)\b",
    re.IGNORECASE,
)
_SOFT_ALREADY = re.compile(
    r"\b(?:afraid|sorry|unfortunately|regret\w*|sadly|wish|apolog\w+|i know|i can see|but (?:i|we)|so (?:i|we))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def _refuses(text: str) -> bool:
    return bool(_REFUSES.search(text))


_OPENS = word_set("you the this that these those there your our we it a an any no all")


def softened(reading: Reading, faulty: Sequence[Finding], voice: Voice) -> list[Change]:
    """ "The fee stands." -> "I'm afraid the fee stands.", where a refusal comes cold; the first one only."""
    spans = [f.span for f in faulty if f.span is not None]
    before = ""
    for sentence in reading.own.sentences:
        text = sentence.span.quote.replace("\u2019", "'")
        at = sentence.span.start
        if _refuses(text) and not _SOFT_ALREADY.search(before + " " + text):
            first = text.split()[0] if text.split() else ""
            plain = first.lower() in _OPENS or tag_of(first.lower()) in {"NN", "NNS"}
            if (
                plain
                and first.istitle()
                and len(text.split()) <= 30
                and any(s.start < sentence.span.end and at < s.end for s in spans)
                and not _LISTED.search(reading.draft.text[:at])
            ):
                return [Change(at, at + 1, voice.fit("I'm afraid ") + text[0].lower(), "tone", "Say no kindly")]
            return []
        before = text
    return []


# A bare order at the start of a sentence: "Verify your identity by ...".
_ORDER = re.compile(
    r"(?:verify|send|switch|complete|contact|provide|check|submit|return|fill in|reply|call|ring|email|upload|attach"
    r"|confirm|restart|update|come back|bring|review|rebook|register|forward|re-?send|try again|go to|log in|sign in)\b"
    r"(?=\s+[a-z\d])",
    re.IGNORECASE,
)


_PLEASE = re.compile(r"please\b(?<=\bplease)", re.IGNORECASE)  # letters first: found three times as fast


@lru_cache(maxsize=4096)
def _orders(text: str) -> bool:
    return bool(_ORDER.match(text))


def requests(reading: Reading) -> list[Change]:
    """The first bare order of a draft without a "please" becomes a request; steps of a list stay as they are."""
    draft = reading.draft.text
    if _PLEASE.search(draft):
        return []
    for sentence in reading.own.sentences:
        at = sentence.span.start
        if _orders(sentence.span.quote) and not _LISTED.search(draft[:at]):
            ask = "please " if draft[at].islower() else "Please "  # "Hi, log in to the panel"
            return [Change(at, at + 1, ask + draft[at].lower(), "tone", "Say it as a colleague would")]
    return []
