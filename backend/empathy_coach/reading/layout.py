"""What a draft is made of before a word is judged: quotes, code, signature, greeting, sign-off.

Everything here works line by line with fixed, linear patterns; none of it is for team leads to tune.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from empathy_coach.domain import Skipped, SkippedKind, Span, span_of

_QUOTE_HEAD = re.compile(
    r"^\s*(?:on\b.{4,120}\bwrote:|-{2,}\s*(?:original|forwarded) message\s*-{2,}|"
    r"_{10,}|from:\s.{3,100}|am .{4,80} schrieb .{1,80}:|le .{4,80} a écrit\s?:)\s*$",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_CODE_LINE = re.compile(
    r"^(?: {4,}|\t)\S|^\s*(?:\$ |> ?(?:select|update)\b|(?:sudo|curl|git|npm|pip|ssh|cd|docker|kubectl) [\w\-./]|"
    r"(?:GET|POST|PUT|DELETE|PATCH) /|[{}\[\]();]+\s*$|\S+\s*=>\s*\S+|<\/?\w+[^<>]*>\s*$)"
)
_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}|\[\[[^\[\]\n]{1,80}\]\]|\$\{[^{}\n]{1,80}\}|<<[^<>\n]{1,80}>>|(?<!\w)%[A-Za-z_.]{2,40}%(?!\w)|"
    r"\{%[^{}\n]{1,80}%\}"
)
# "[answer: "is it safe?"]", as a sentence of its own.
_GAP = re.compile(r"(?:^|(?<=[.!?,:] )|(?<=\n))\[[^\[\]\n]{2,120}\](?=\s|$)", re.MULTILINE)
_GAP_AND_BLANKS = re.compile(_GAP.pattern + r"[ \t]*", re.MULTILINE)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_INLINE_CODE = re.compile(r"`[^`\n]{1,200}`")
# What stands apart inside a line, and the signs without which it is not worth looking for.
_APART: tuple[tuple[SkippedKind, re.Pattern[str], tuple[str, ...]], ...] = (
    ("placeholder", _PLACEHOLDER, ("{", "[[", "<<", "%")),
    ("link", _LINK, ("://", "www.", "@")),
    ("code", _INLINE_CODE, ("`",)),
)
_SIGNATURE = re.compile(r"^(?:-- ?|—|_{2,5})$")
_CLOSE = (
    r"(?:(?:with )?(?:(?:very )?(?:kind|kindest|best|warm|warmest|many|all) )?(?:regards|wishes)|all the best|"
    r"(?:many |with )?thanks(?: again| so much| in advance| and sorry again)?|thank you(?: again| very much| so much)?|cheers|"
    r"(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|yours|take care|best|warmly|cordially|kindly|respectfully|"
    r"speak soon|talk soon|until then|have a (?:good|great|nice|lovely) [a-z]+|with (?:much )?(?:love|sympathy|care|thanks)|"
    r"in sympathy|love|mit freundlichen grüßen|saludos|cordialement)"
)
_CLOSE_LINE = re.compile(rf"^\s*{_CLOSE}\s*[,.!]*(?:\s+(?P<name>[^\n]{{1,60}}))?\s*$", re.IGNORECASE)
_NAME_LAST = re.compile(
    rf"(?:(?<=[.!?…)])\s+|(?<=[☀-➿\U0001F300-\U0001FAFF])\s*)"
    rf"((?:(?:{_CLOSE})[\s,.!]+)?(?:[~/*–—-]{{1,2}} ?)?(?:[A-ZÀ-Ý]\. ?){{0,3}}(?:[A-ZÀ-Ý][\w'’-]*)(?:[ ,]+[\w'’&-]+){{0,5}}[ x.]*)$"
)
# "N. Strang, Registrar": who writes an initial signs, whatever the desk knows of names.
_INITIALED = re.compile(
    r"^(?:[A-ZÀ-Ý]\. ?){1,3}[A-ZÀ-Ý][\w'’-]+(?:,? (?:(?:of|for|and|the|&) )*[A-ZÀ-Ý][\w'’-]*){0,5}\.?$"
)
_CLOSE_LAST = re.compile(
    rf"(?:(?<=[.!?])\s+)({_CLOSE}[\s,.!]*(?-i:[A-ZÀ-Ý][\w'’.-]*(?: [A-ZÀ-Ý][\w'’.-]*){{0,2}}(?:, [A-ZÀ-Ý][\w'’ &-]{{1,40}})?)?[.!]?)$",
    re.IGNORECASE,
)
_CLOSES = re.compile(rf"^(?i:{_CLOSE})\b[\s,.!]*(?:$|[A-ZÀ-Ý])")
_GREETING = re.compile(
    r"^\s*(?:(?:hi|hello|hey|hiya|hallo|dear|gentile|liebe[r]?|ciao|bonjour|hola|salut|greetings|evening|morning|afternoon|"
    r"good (?:morning|afternoon|evening|day))\b(?: (?:again|there|all|both|everyone|team))?"
    # Placeholders or letters, never either way: two readings of one text would take exponential time.
    r"(?P<name>(?:\{\{[^{}\n]{1,80}\}\}|\[\[[^\[\]\n]{1,80}\]\]|[^\n,.!:;?–—{\[-]|(?<=\w)-(?=\w)"
    r"|(?:(?<=\b[A-Z])|(?<=mr)|(?<=mrs)|(?<=ms)|(?<=dr))\.(?= ?[A-Z])){0,50}))"
    r"(?:[,.!:;–—-]+|\s*$)",
    re.IGNORECASE,
)
# "Hi, I do", "Dear Mr Iqbal, apologies": the name part must look like a name or a form of address.
_NAME = re.compile(
    r"^\s*(?:(?:mr|mrs|ms|mx|miss|dr|prof|sir|madam|customer|user|guest|member|valued|[A-ZÀ-Ý{\[<%@][^\s]*+|and|or|&|/|van|de|von|la|le|di|der)"
    r"\.?\s*){0,6}$",
    re.IGNORECASE,
)
_PUBLIC = re.compile(r"(?<=\s)(\^ ?[^\W\d_]{2,20})$")  # "^Ollie", "^OM": how teams sign in public
_BEFORE_NAMES = frozenset("mr mrs ms dr miss prof from yours your the".split())
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Layout(NamedTuple):
    """``body``: line spans with the agent's own prose; greeting and sign-off are not part of it."""

    body: tuple[tuple[int, int, int], ...]
    skipped: tuple[Skipped, ...]
    greeting: Span | None
    sign_off: Span | None


def lay_out(text: str, agent_name: str | None, customer_name: str | None) -> Layout:
    """Find the parts of ``text``. ``body`` holds (start, end, paragraph) of each stretch of prose on one line."""
    skipped: list[Skipped] = []
    lines = _prose_lines(text, skipped)
    greeting = _take_greeting(text, lines, customer_name)
    sign_off = _take_sign_off(text, lines, agent_name)
    if "[" in text:
        lines = [stretch for line in lines for stretch in _around_gaps(text, *line, skipped)]
    for kind, pattern, signs in _APART:
        if any(sign in text for sign in signs):
            for start, end, _ in lines:
                skipped += (Skipped(kind, span_of(text, *m.span())) for m in pattern.finditer(text, start, end))
    skipped.sort(key=lambda s: s.span.start)
    return Layout(tuple(lines), tuple(skipped), greeting, sign_off)


def _prose_lines(text: str, skipped: list[Skipped]) -> list[tuple[int, int, int]]:
    """Lines of prose as (start, end, paragraph); quotes, fenced or indented code and the signature go to skipped."""
    lines: list[tuple[int, int, int]] = []
    paragraph = 0
    blank = True
    fenced = False
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        looks = _looks(line)
        if looks == "blank":
            blank = True
        elif looks == "fence" or fenced:
            fenced = (looks == "fence") != fenced
            skipped.append(Skipped("code", span_of(text, start, end)))
        elif looks == "quote" or (looks == "quote head" and _goes_on_below(text, end)):
            skipped.append(Skipped("quote", span_of(text, start, end)))  # the reply may stand below what it quotes
        elif looks == "quote head" and (lines or "wrote" in line or "--" in line):
            skipped.append(Skipped("quote", span_of(text, start, len(text))))
            break
        elif looks == "signature" and end < len(text) and lines:
            skipped.append(Skipped("signature", span_of(text, start, len(text))))
            break
        elif _is_code(line):
            skipped.append(Skipped("code", span_of(text, start, end)))
        else:
            if blank and lines:
                paragraph += 1
            blank = False
            first = start + len(line) - len(line.lstrip())
            lines.append((first, start + len(line.rstrip()), paragraph))
        start = end + 1
    return lines


@lru_cache(maxsize=2048)  # an edit in one line costs one line
def _looks(line: str) -> str:
    """What a line looks like by itself, if not like prose."""
    plain = line.strip()
    if not plain:
        return "blank"
    if _FENCE.match(line):
        return "fence"
    if plain.startswith(">"):
        return "quote"
    if _QUOTE_HEAD.match(line):
        return "quote head"
    return "signature" if _SIGNATURE.match(plain) else ""


@lru_cache(maxsize=2048)
def _is_code(line: str) -> bool:
    return bool(_CODE_LINE.match(line))


def _around_gaps(
    text: str, start: int, end: int, paragraph: int, skipped: list[Skipped]
) -> Iterator[tuple[int, int, int]]:
    """The stretches of a line between gaps that wait for the agent's words: nobody has said yet what is in them."""
    at = start
    for gap in _GAP.finditer(text, start, end):
        skipped.append(Skipped("gap", span_of(text, *gap.span())))
        if text[at : gap.start()].strip():
            yield at, at + len(text[at : gap.start()].rstrip()), paragraph
        at = gap.end()
    at += len(text[at:end]) - len(text[at:end].lstrip())
    if at < end:
        yield at, end, paragraph


def without_gaps(text: str) -> str:
    """The text without the gaps that wait for the agent's words."""
    return _GAP_AND_BLANKS.sub("", text) if "[" in text else text


def _goes_on_below(text: str, start: int) -> bool:
    """Whether marked lines follow, and then words of the agent's own."""
    near = text[start : start + 20_000]  # a longer quotation has the reply above it
    lines = [line.strip() for line in near.splitlines() if line.strip()]
    return bool(lines) and lines[0].startswith(">") and any(not line.startswith(">") for line in lines)


def _first_names(name: str | None) -> set[str]:
    return {w.lower() for w in _WORD.findall(name or "") if len(w) > 1}


def _take_greeting(text: str, lines: list[tuple[int, int, int]], customer_name: str | None) -> Span | None:
    """Cut the greeting off the first line: "Hi Anna," or a bare "Anna," where that is the customer's name."""
    if not lines:
        return None
    start, end, paragraph = lines[0]
    line = text[start:end]
    found = _GREETING.match(line)
    if found and not _NAME.match(found["name"] or ""):
        # "Hi Anna thanks for..." has no comma: the greeting is the word and the name.
        found = (
            re.match(r"\s*(?:hi|hello|hey|dear)(?: [A-ZÀ-Ý][^\s,.!]*){0,2}(?=\s)", line, re.IGNORECASE)
            if customer_name
            else None
        )
        if found and not _first_names(customer_name) & {w.lower() for w in _WORD.findall(found[0])}:
            found = re.match(r"\s*(?:hi|hello|hey)(?=[\s,])", line, re.IGNORECASE)
    length = found.end() if found else 0
    if not found:
        bare = re.match(r"^((?:(?:mr|mrs|ms|dr)\.? )?[^\W\d_]+(?: [^\W\d_]+)?)\s*(?:[,:!–—-]|$)", line, re.IGNORECASE)
        if bare and _first_names(customer_name) & {w.lower() for w in _WORD.findall(bare[1])}:
            length = bare.end()
    if not length:
        return None
    rest = start + length
    while rest < end and text[rest] in " ,!.:;":
        rest += 1
    if rest < end:
        lines[0] = (rest, end, paragraph)
    else:
        lines.pop(0)
    span_end = start + length
    while span_end > start and text[span_end - 1].isspace():
        span_end -= 1
    return span_of(text, start, span_end)


def _take_sign_off(text: str, lines: list[tuple[int, int, int]], agent_name: str | None) -> Span | None:
    """Cut the sign-off: closing words, the agent's name, titles below it; or a name at the end of the last line."""
    own = _first_names(agent_name)
    first = len(lines)
    for number in range(len(lines) - 1, max(-1, len(lines) - 6), -1):
        line = text[lines[number][0] : lines[number][1]]
        words = _WORD.findall(line)
        if len(words) > 9 or "?" in line:
            break
        close = _CLOSE_LINE.match(line)
        if (close and _short_close(close["name"])) or (_begins_with_name(words, own) and len(words) <= 7):
            first = number
            if close:
                break
        elif (
            (first == len(lines) and number < len(lines) - 4)
            or (not _looks_like_title(line) and first < len(lines))
            or not _looks_like_title(line)
        ):
            break
    if first == len(lines) > 1:
        last = text[lines[-1][0] : lines[-1][1]]
        first -= (not own and _bare_name(last)) or bool(_INITIALED.match(last))
    if first < len(lines):
        start, end = lines[first][0], lines[-1][1]
        del lines[first:]
        return span_of(text, start, end)
    return _inline_sign_off(text, lines, own)


def _begins_with_name(words: list[str], own: set[str]) -> bool:
    """ "Kev, Billing", "Mr Osei", "from Kev"; not "See store finder" by the agent "Store team"."""
    first = [w.lower() for w in words[:2]]
    return bool(first) and (first[0] in own or (first[0] in _BEFORE_NAMES and first[-1] in own))


def _short_close(name: str | None) -> bool:
    return not name or (bool(re.match(r"^(?:from )?[^\W\d_a-zà-ÿ]", name)) and len(name.split()) <= 6)


def _looks_like_title(line: str) -> bool:
    words = line.split()
    return (
        len(words) <= 7 and line.rstrip()[-1:] not in ".?!:;" and sum(w[:1].isupper() for w in words) * 2 >= len(words)
    )


def _bare_name(line: str) -> bool:
    return bool(re.match(r"^\^?[A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’.-]*){0,2}(?:\s*[x,.]{0,3})?$", line))


def _signs(tail: re.Match[str], own: set[str]) -> bool:
    words = _WORD.findall(tail[1])
    named = bool(own & {w.lower() for w in words[:4]})
    # "Kindly refer to the handbook." goes on in small letters: no name follows.
    closing = _CLOSES.match(tail[1]) and not re.search(r"\b(?:for|that|you)\b(?! so| very| again)", tail[1][6:])
    lone = not own and len(words) == 1 and tail[1].strip()[0].isupper()
    return bool(named or closing or lone or tail.re is _PUBLIC or _INITIALED.match(tail[1]))


def _inline_sign_off(text: str, lines: list[tuple[int, int, int]], own: set[str]) -> Span | None:
    """ "... by Friday. Kev" or "... Thanks, Dale" at the end of the last line."""
    if not lines:
        return None
    start, end, paragraph = lines[-1]
    line = text[start:end]
    tails = (pattern.search(line) for pattern in (_PUBLIC, _NAME_LAST, _CLOSE_LAST))
    tail = min((t for t in tails if t and _signs(t, own)), key=lambda t: t.start(1), default=None)
    if not tail:
        return None
    cut = start + tail.start(1)
    body_end = cut
    while body_end > start and text[body_end - 1].isspace():
        body_end -= 1
    if body_end > start:
        lines[-1] = (start, body_end, paragraph)
    else:
        lines.pop()
    return span_of(text, cut, end)
