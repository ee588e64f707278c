"""Turning a customer's clause around, for the agent's mouth: "my parcel hasn't arrived" -> "your parcel hasn't arrived".

Pure rules over one clause. Whatever is not plainly clean is refused (None): silence is better than a parroted insult,
a riddle, or broken English in the agent's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from empathy_coach.rewording.sets import word_set
from empathy_coach.rewording.words import (
    AUX,
    BASE_OF,
    INSULTS,
    PREPOSITIONS,
    PRESENT,
    STARTERS,
    STATIVE,
    SWEARING,
    TRANSITIVE,
    base_of,
    ing,
    is_word,
)

MAX_WORDS = 17
MIN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Turned:
    """A clause turned around, to stand after "that"; no capital at the start unless a name, no stop at the end.

    ``own`` says that its subject is the customer ("you lost your job"); ``doing`` is then its -ing form ("losing your
    job"), where one can be made. ``ours`` says that the company is named in it: it may say that the company did wrong.
    """

    text: str
    own: bool = False
    doing: str | None = None
    ours: bool = False


_LEADS = re.compile(
    r"^(?:(?:and|but|so|because|well|also|then|now|oh|hi|hey|hello|look|ok|okay|right|honestly|basically|actually"
        r"|obviously|"
    r"seriously|frankly|unfortunately|sadly|apparently|anyway|yes|no|plus|first|firstly|second|secondly|sorry|please"
        r"|though|"
    r"again|just|although|while|since|as|even though|to be honest|to make matters worse|on top of that|at the moment"
        r"|currently|"
    r"(?:the )?(?:problem|issue|trouble|thing|point) is(?: that)?|it (?:turns|turned) out(?: that)?|it (?:seems"
        r"|looks) (?:that|like)|"
    r"i(?:'m| am) (?:writing|contacting you|emailing|getting in touch) (?:because|as|since|to (?:say|report|tell you"
        r"|complain) that)|"
    r"i (?:wanted|want|would like|need|have) to (?:say|tell you|let you know|report) that|(?:please )?(?:be aware"
        r"|note) that|"
    r"i (?:see|notice|noticed|found|find|discovered|realised|realized|believe|think|know|understand)(?: out)? that|"
    r"i (?:only )?(?:noticed|found out|realised|realized) because|the fact(?: is)? that|the worst part is(?: that)?|"
    r"i(?:'m| am) afraid(?: that)?|i(?:'m| am) sorry but|i must say(?: that)?|you see|you know)\b[\s,:]*)+",
    re.IGNORECASE,
)
_TAILS = re.compile(
    r"(?:[\s,]+(?:please|pls|plz|thanks|thank you|ta|cheers|lol|tbh|to be honest|honestly|frankly|though|anyway"
        r"|apparently|"
    r"i think|i suppose|i guess|you know|as usual|haha|innit|mate|obviously|basically|actually|seriously|btw|and|but"
        r"|so|or|"
    r"because|of course|as you know|for a start|as (?:i|we) (?:said|say|wrote|write|mentioned)|like an? (?:good "
        r"|complete |total |right |proper )?(?:girl|boy|fool|mug|lemon|idiot|dog|criminal|child|muppet)|by "
        r"the way|in fact))+$",
    re.IGNORECASE,
)
_EMOJI = re.compile("[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+")
_TEXTING = {
    "im": "I'm", "ive": "I've", "id": "I'd", "i": "I", "u": "you", "ur": "your", "dont": "don't", "cant": "can't",
    "wont": "won't", "didnt": "didn't", "doesnt": "doesn't", "isnt": "isn't", "wasnt": "wasn't", "hasnt": "hasn't",
    "havent": "haven't", "arent": "aren't", "werent": "weren't", "couldnt": "couldn't", "wouldnt": "wouldn't",
    "hadnt": "hadn't", "shouldnt": "shouldn't", "theres": "there's", "thats": "that's", "its": "it's", "youve": "you've", "youre": "you're",
    "weve": "we've", "theyve": "they've", "hrs": "hours", "hr": "hour", "mins": "minutes", "min": "minute", "wks": "weeks",
    "wk": "week", "yrs": "years", "yr": "year", "w/": "with", "&": "and", "thru": "through", "cos": "because", "bc": "because",
    "weds": "Wednesday", "mon": "Monday", "tues": "Tuesday", "thurs": "Thursday", "fri": "Friday", "nite": "night", "tmrw": "tomorrow",
    "acc": "account", "mth": "month", "mths": "months", "ppl": "people", "msg": "message", "nobodys": "nobody's", "4got": "forgot",
}  # fmt: skip
_DAYS = {d.lower(): d for d in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "April", "June", "July", "August", "September", "October", "November", "December", "Christmas", "Easter"]}  # fmt: skip
_ACRONYMS = word_set(
    """
    PDF CSV API VAT GP NHS HMRC USB SIM UK US USA EU ID TV PC MRI CT IT HR OK DHL UPS DPD URL SMS PIN PO ATM BT AA
    DVLA DWP PIP ESA UC FAQ GPS SSO VPN MFA CEO IBAN SEPA ISO GDPR XML JSON SQL AWS UTC GMT AM PM ICU ER IVF MOT
    NVDA
    """
)
_TOKEN = re.compile(
    r"[^\W_]*[^\W\d_]\d[^\W_]*|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|[£$€]?\d[\d.,:/]*\d(?:st|nd|rd|th|am|pm|[kK%])?"
        r"|[£$€]?\d(?:st|nd|rd|th|am|pm|[kK%])?|[£$€%]|,|\S"
)

_PRONOUNS = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you", "our": "your",
    "ours": "yours", "ourselves": "yourselves", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_COMPANY = {"your": "our", "yours": "ours", "yourself": "ourselves", "yourselves": "ourselves",
            "you're": "we're", "you've": "we've", "you'd": "we'd", "you'll": "we'll"}  # fmt: skip
_OPEN = word_set(
    """
    it it's it'll this that that's these those they they're they've they'll them he he's she she's him his her here
    """
)
_PEOPLE = word_set(
    """
    mum mom mother dad father son daughter wife husband partner grandson granddaughter nan gran grandmother grandad
    grandfather sister brother baby child kids kid children boy girl friend uncle aunt dog cat horse family parents
    parent colleague boss manager neighbour tenant student deputy team customers customer patient patients clients
    client guests staff couriers
    """
)
_DETERMINERS = word_set(
    """
    my our the a an your no some all every each both another one two three four five six half most several
    """
)
_SUBJECTS = word_set(
    """
    i we nobody somebody someone everybody everyone nothing everything something no-one there
    """
)


def turn(clause: str) -> str | None:
    """The clause as the agent would say it after "that", or None when it is not clean enough."""
    turned = turned_clause(clause)
    return turned.text if turned else None


@lru_cache(maxsize=2048)
def turned_clause(clause: str) -> Turned | None:
    """Turn one clause around; None when in doubt."""
    if len(clause) > 200 or "?" in clause:
        return None
    tokens = _tokens(clause)
    if not _clean(tokens):
        return None
    return _swap(tokens)


def _tokens(clause: str) -> list[str]:
    """The words of a clause: plain quotes, no emoji, no swearing, no shouting, no leads or tails."""
    text = _EMOJI.sub(" ", clause).replace("\u2019", "'").replace("\u2018", "'").replace("\u201c", '"').replace("\u201d", '"')
    text = re.sub(r"\s*\([^()]{0,60}\)", "", text)
    text = re.sub(r"\s+[-\u2013\u2014]+\s+", ", ", text)
    text = text.strip(" \t\n.,!;:-\u2013\u2014*_\"'")
    for _ in range(2):
        text = _LEADS.sub("", text)
        text = _TAILS.sub("", text).strip(" \t\n.,!;:-\u2013\u2014*_")
    text = re.sub(r"\bno one\b", "nobody", text, flags=re.IGNORECASE)
    raw = _TOKEN.findall(text)
    shouting = sum(w.isupper() and len(w) > 2 for w in raw) > max(2, len(raw) // 2)
    return [_word(w, shouting, i == 0) for i, w in enumerate(raw) if w.lower() not in SWEARING]


def _word(word: str, shouting: bool, first: bool) -> str:
    low = word.lower()
    if low in _TEXTING and not (
        low in {"id", "its", "acc", "min", "mon", "fri", "i"} and word.isupper() and len(word) > 1
    ):
        if low == "id" or (low == "its" and not first):
            return word
        return _TEXTING[low]
    if low in _DAYS:
        return _DAYS[low]
    if word.isalpha() and word.isupper() and len(word) > 1 and word not in _ACRONYMS and (shouting or is_word(low)):
        return low
    if (
        first
        and word[0].isupper()
        and (low in _DETERMINERS or low in _PRONOUNS or low in _COMPANY or low in _OPEN or is_word(low))
        and not word.isupper()
    ):
        return low if low != "i" else "I"
    return word


def _clean(tokens: list[str]) -> bool:
    words = [t.lower() for t in tokens if t != ","]
    if "if" in words or "unless" in words or words[-1:] == ["its"]:
        return False
    if not MIN_WORDS <= len(words) <= MAX_WORDS or tokens.count(",") > 1:
        return False
    for token, word in zip([t for t in tokens if t != ","], words, strict=True):
        if word in INSULTS or not (word[0].isalnum() or word[0] in "£$€%") or len(word) > 24:
            return False
        if word[0].isalpha() and not token[0].isupper() and not is_word(word):
            return False
    if "," in tokens:
        head = [t.lower() for t in tokens[: tokens.index(",")]]
        if len(head) < 3 or not any(w in AUX or w in PRESENT or base_of(w) or "'" in w for w in head[1:]):
            return False
    if tokens[-1][0].isupper() and not _ends_well(tokens):
        return False
    if _subject(words) and words[0] not in _KIN_NAMES and not tokens[0][0].isupper() and _bare_noun(words):
        return False
    return _subject(words) and _grammar(words) and _resolved(words)


def _ends_well(tokens: list[str]) -> bool:
    """Whether a capital at the end is a place or a day, not somebody spoken to: "I'm so tired Fran"."""
    last, before = tokens[-1], tokens[-2].lower()
    return (
        last in _DAYS.values()
        or last.isupper()
        or before in PREPOSITIONS | _DETERMINERS | {"and", "called", "named", "last", "next", "this"}
        or tokens[-2][0].isupper()
    )


def _bare_noun(words: list[str]) -> bool:
    """Whether the clause begins with a noun that wants an article: "phone is only music"."""
    first = words[0].split("'")[0]
    known = (
        first in _DETERMINERS
        or first in _SUBJECTS
        or first in _COMPANY
        or first in {"it", "you", "we", "i", "there", "nobody"}
        or first[0].isdigit()
        or first[0] in "£$€"
    )
    return not known and (not first.endswith("s") or words[1] in {"no", "not"})


def _subject(words: list[str]) -> bool:
    """A subject that can be turned, followed by a finite verb."""
    first = words[0]
    if first.split("'")[0] in {"i", "we", "there"} or first in _SUBJECTS:
        found = 0 if "'" in first else _verb_at(words, 1, 3)
    elif first in {"it", "it's"}:
        return bool(
            re.match(
                r"it(?:'s| has| is)(?: now)?(?: been)? (?:now |over |more than |nearly |almost |already )?(?:a |an "
                    r"|one |two |three |four |five |six |seven |eight |nine |ten |\d+ )",
                " ".join(words),
            )
        )
    elif first in _OPEN:
        return False
    elif first in {"you", "you've", "you're", "you'd"}:
        found = 0
    elif (first in _DETERMINERS or first[0].isdigit()) and words[1].rstrip("s") in _UNITS_OF_TIME:
        found = next((i for i in range(2, min(8, len(words))) if words[i] in AUX), -1)
    elif first in _DETERMINERS or first[0].isdigit() or first[0] in "£$€":
        found = _verb_at(words, 2, 8)
    elif base_of(first) or first in AUX or first in PRESENT or first in PREPOSITIONS or first in STARTERS:
        return False
    else:
        found = _verb_at(words, 1, 4)
    return found >= 0


def _verb_at(words: list[str], start: int, end: int) -> int:
    """Where the finite verb stands, or -1."""
    for i in range(start, min(end + 1, len(words))):
        word = words[i]
        if word in _ONLY_PARTICIPLE:
            continue
        if (
            word in AUX
            or word in PRESENT
            or base_of(word)
            or (word.endswith(("'s", "'ve")) and i < len(words) - 1 and base_of(words[i + 1]))
        ):
            return i
        if i == 1 and words[0] in {"i", "we"} and word in STATIVE | {"drive", "work", "live", "rely"}:
            return i
    return -1


_UNITS_OF_TIME = word_set(
    """
    minute hour day week month year min hr time
    """
)
# Participles that are no simple past: "six years of skins gone" has no finite verb.
_ONLY_PARTICIPLE = word_set(
    """
    gone done seen been taken given written broken driven chosen stolen known drawn spoken forgotten frozen eaten
    fallen flown grown hidden ridden risen shaken thrown torn worn woken begun rung sung drunk
    """
)
_KIN_NAMES = word_set(
    """
    dad mum mom nan gran grandad grandma grandpa
    """
)
# After "my employer" only "says" will do, so these show a learner's sentence.
_BASE_ONLY = word_set(
    """
    say have do go come want need give are were tell make take get send know think call
    """
)
_MANY = word_set(
    """
    people children kids parents family team staff police data grandchildren men women couple rest
    """
)
_BARE_AFTER_BE = word_set(
    """
    call order make go want wait get come send write try use give take see ask receive start think
    """
)


def _grammar(words: list[str]) -> bool:
    """Refuse what a learner or a hurry has bent: "I am call", "my internet not working", "the driver he come late"."""
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        if (
            word == "not"
            and before not in AUX
            and not before.endswith(("'m", "'re", "'s", "'ve"))
            and before
            not in {"but", "and", "or", "is", "why", "certainly", "still", "also", "usually", "simply", "will"}
        ):
            return False
        if before in {"am", "is", "are", "was", "i'm", "we're", "it's", "were"} and word in _BARE_AFTER_BE:
            return False
        if (
            word in {"he", "she", "it", "they"}
            and i > 1
            and before not in STARTERS | PREPOSITIONS | {"where", "how", "then", "once", "unless", ",", "after", "or"}
            and before not in AUX
        ):
            return False
        if (
            i == 2
            and words[0] in _DETERMINERS
            and word in _BASE_ONLY
            and not before.endswith("s")
            and before not in _MANY
        ):
            return False
        if word in {"how", "what", "why", "where", "when", "who"} and words[i + 1 : i + 2] and words[i + 1] in AUX:
            return False
        if (
            word == "been"
            and before not in AUX
            and not before.endswith(("'ve", "'s", "n't", "'d"))
            and before not in {"just", "now", "already", "not", "never", "also", "still", "always", "only"}
        ):
            return False
        if word == "like" and (words[i + 1 : i + 2] or ["0"])[0][0].isdigit():
            return False
        if before in {"a", "an"} and word in {"an", "a", "the", "my", "your"}:
            return False
        if before in {"don't", "didn't", "doesn't", "can't", "won't", "couldn't"} and (
            word in BASE_OF
            and BASE_OF[word] != word
            and word not in {"read", "put", "set", "cost", "hit", "cut", "let"}
        ):
            return False
        if before in {"i", "we", "you", "they"} and (
            word in {"is", "has", "was", "does"} and not (word == "was" and before == "i")
        ):
            return False
        if before in {"he", "she", "it"} and word in {"have", "do", "are", "were", "come", "go", "say"}:
            return False
        if (
            word in {"since", "for"}
            and i + 1 < len(words)
            and word == "since"
            and re.match(
                r"(?:\d+|two|three|four|five|six) ?(?:day|week|month|hour|year)", " ".join(words[i + 1 : i + 3])
            )
        ):
            return False
        if (
            word in {"day", "week", "month", "hour", "year", "minute"}
            and before
            in {"two", "three", "four", "five", "six", "seven", "eight", "ten"} | {str(n) for n in range(2, 60)}
            and words[i + 1 : i + 2] not in (["old"], ["wait"])
        ):
            return False
    return words[-1] not in PREPOSITIONS - {
        "on",
        "off",
        "in",
        "over",
        "through",
        "since",
        "for",
        "with",
        "behind",
        "about",
        "before",
        "to",
    } and words[-1] not in {
        "the",
        "a",
        "an",
        "my",
        "your",
        "our",
        "to",
        "is",
        "was",
        "and",
        "or",
        "but",
        "because",
        "that",
        "which",
        "who",
    }


def _resolved(words: list[str]) -> bool:
    """Whether every "it", "she" or "this" points at something within the clause."""
    people = any(w.split("'")[0] in _PEOPLE for w in words)
    for i, word in enumerate(words):
        if word not in _OPEN or i == 0:
            continue
        after = words[i + 1] if i + 1 < len(words) else ""
        if word in {"this", "that", "these", "those"}:
            time = after in {
                "week",
                "month",
                "year",
                "morning",
                "time",
                "afternoon",
                "evening",
                "weekend",
                "term",
                "summer",
                "winter",
                "quarter",
            }
            if word == "that" and words[i - 1] in {
                "everything",
                "anything",
                "something",
                "nothing",
                "all",
                "one",
                "thing",
                "things",
            }:
                continue
            if time or (
                word == "that"
                and words[i - 1] in {"told", "me", "us", "said", "so", "hoping", "sure", "worried", "afraid", "know"}
            ):
                continue
            return False
        if word == "here" and i == len(words) - 1:
            return False
        if word == "here":
            continue
        if word in {"it", "it's", "it'll", "its"}:
            if (
                i < 3
                or not any(w in {"my", "our", "the", "a"} for w in words[: i - 1])
                or words[0] in {"i", "i've", "i'm", "we", "we've"}
            ):
                return False
            continue
        if not people or word.startswith(("them", "they", "those", "these")):
            return False
    return True


def _swap(tokens: list[str]) -> Turned | None:
    """Exchange the persons and mend the verbs that follow them."""
    out: list[str] = []
    ours = False
    low = [t.lower() for t in tokens]
    for i, token in enumerate(tokens):
        word = low[i]
        before = low[i - 1] if i else ""
        after = low[i + 1] if i + 1 < len(low) else ""
        if word in _PRONOUNS:
            out.append(_PRONOUNS[word])
        elif word in {"am", "was"} and before in {"i"}:
            out.append("are" if word == "am" else "were")
        elif word == "wasn't" and before == "i":
            out.append("weren't")
        elif word == "you":
            seen = _we_or_us(low, i)
            if seen is None:
                return None
            out.append(seen)
            ours = True
        elif word in _COMPANY:
            if word == "your" and after in {"own"}:
                return None
            out.append(_COMPANY[word])
            ours = True
        elif word.removesuffix("'s") in _KIN_NAMES and (i == 0 or token[0].isupper()) and before not in _DETERMINERS:
            out += ["your", word]
        else:
            out.append(token)
    turned = _passive(out) if out[0] in {"we", "we've"} else out
    if turned is None:
        return None
    own = turned[0].split("'")[0] == "you" or (
        turned[0] == "your"
        and len(turned) > 1
        and turned[1].split("'")[0].lower() in _PEOPLE
        and not {"was", "were", "been"} & {t.lower() for t in turned}
    )
    named = {"we", "us", "our", "ours", "we've", "we're", "ourselves"}
    text = _join(turned)
    doing = _doing(turned) if turned[0].split("'")[0] == "you" else None
    return Turned(text, own, doing, ours and any(t.lower() in named for t in turned))


def _we_or_us(low: list[str], i: int) -> str | None:
    before = low[i - 1] if i else ""
    after = low[i + 1] if i + 1 < len(low) else ""
    verb = (
        after in AUX
        or after in PRESENT
        or bool(base_of(after))
        or after in {"just", "still", "never", "only", "keep", "then", "have", "did"} | STATIVE
    )
    if i == 0 or before in STARTERS or before in {",", "then"}:
        return "we" if verb else None
    if before in PREPOSITIONS and before not in {"before", "after", "since", "like"}:
        return "us"
    if before in {"before", "after", "since"}:
        return "we" if verb else None
    if before in TRANSITIVE or base_of(before) in {
        "call",
        "tell",
        "email",
        "contact",
        "send",
        "ask",
        "pay",
        "ring",
        "phone",
        "message",
        "trust",
        "give",
    }:
        return None if verb and after not in PREPOSITIONS and after in AUX else "us"
    return "we" if verb and (after in AUX or base_of(after)) else None


# "you charged me twice" -> "you were charged twice": what happened, without owning up for the company.
_TO_ME = word_set(
    """
    charge tell give send bill promise ask offer pass transfer put refuse ignore overcharge debit fine invoice lock
    block leave
    """
)
_TO_THING = word_set(
    """
    cancel delete lose take charge remove close block lock reset change move miss damage break send stop suspend
    reject refuse decline freeze double raise increase merge ship
    """
)


def _passive(out: list[str]) -> list[str] | None:
    """A clause with the company as its subject, said from the customer's side; None when that cannot be done."""
    words = [w.lower() for w in out]
    i = 1
    perfect = words[0] == "we've"
    if not perfect and i < len(words) and words[i] in {"have", "has"}:
        perfect, i = True, 2
    adverb = ""
    if i < len(words) and words[i] in {"just", "now", "already", "still", "only", "also"}:
        adverb, i = words[i], i + 1
    if i >= len(words):
        return None
    verb = words[i]
    base = base_of(verb)
    if base is None or verb in AUX:
        return None
    participle = (
        verb
        if verb not in {"took", "gave", "broke", "froze"}
        else {"took": "taken", "gave": "given", "broke": "broken", "froze": "frozen"}[verb]
    )
    rest = out[i + 1 :]
    if rest and rest[0].lower() == "you" and base in _TO_ME:
        be = ["you've", "been"] if perfect else ["you", "were"]
        return [*be, *([adverb] if adverb else []), participle, *rest[1:]]
    if rest and base in _TO_THING and (rest[0].lower() in {"your"} or rest[0][0] in "£$€"):
        noun, tail = _noun_phrase(rest)
        if not noun:
            return None
        many = noun[-1].lower().endswith("s") and not noun[-1].lower().endswith("ss")
        be = (["have", "been"] if many else ["has", "been"]) if perfect else (["were"] if many else ["was"])
        if noun[0][0] in "£$€":
            be = ["has", "been"] if perfect else ["was"]
        return [*noun, *be, *([adverb] if adverb else []), participle, *tail]
    return None


def _noun_phrase(rest: list[str]) -> tuple[list[str], list[str]]:
    """The noun phrase at the start and what follows it: "your flight | without telling anybody"."""
    for i, word in enumerate(rest):
        low = word.lower()
        if i and (
            low in PREPOSITIONS
            or low in STARTERS
            or low
            in {
                ",",
                "twice",
                "again",
                "yesterday",
                "today",
                "this",
                "last",
                "three",
                "two",
                "a",
                "the",
                "four",
                "out",
                "off",
                "up",
            }
            or low in _DAYS
            or low.endswith("ly")
        ):
            return rest[:i], rest[i:]
    return rest, []


def _doing(turned: list[str]) -> str | None:
    """The -ing form of a clause whose subject is "you": "you've lost two weeks of work" -> "losing two weeks of work"."""
    low = [t.lower() for t in turned]
    head, i = low[0], 1
    if "," in turned or re.search(
        r" (?:and|but|so|because) (?:\w+ ){0,2}?(?:you|we|nobody|somebody|someone|it|he|she|they|there|the|your|our"
            r"|no|a) ",
        " ".join(low[1:]) + " ",
    ):
        return None
    perfect = head == "you've"
    negative = False
    if head == "you're":
        return (
            _rest(turned, 1)
            if low[1:2] and low[1].endswith("ing")
            else ("being " + _rest(turned, 1) if low[1:2] and low[1] not in {"not", "going"} else None)
        )
    if head in {"you'd", "you'll"}:
        return None
    while i < len(low) and low[i] in {"just", "also", "now", "still", "already", "only", "even", "then"}:
        i += 1
    if i >= len(low):
        return None
    word = low[i]
    if (
        word in {"have", "had", "haven't", "hadn't"}
        and not perfect
        and i + 1 < len(low)
        and (base_of(low[i + 1]) or low[i + 1] in {"been", "not", "already", "now", "just"})
    ):
        perfect, negative, i = True, word.endswith("n't"), i + 1
    elif word in {"didn't", "don't"} or (word in {"did", "do"} and low[i + 1 : i + 2] == ["not"]):
        i += word in {"did", "do"}
        base = low[i + 1] if i + 1 < len(low) else ""
        if not base or base in STATIVE - {"know", "hear", "get"}:
            return None
        return "not " + ing(base) + _tail(turned, i + 2)
    elif word in {"can't", "couldn't", "cannot"}:
        return "not being able to " + _rest(turned, i + 1) if i + 1 < len(low) else None
    elif word in {"are", "were", "weren't", "aren't"}:
        if word.endswith("n't") or i + 1 >= len(low):
            return None
        return _rest(turned, i + 1) if low[i + 1].endswith("ing") else "being " + _rest(turned, i + 1)
    while perfect and i < len(low) and low[i] in {"just", "also", "now", "still", "already", "only", "even", "not"}:
        negative = negative or low[i] == "not"
        i += 1
    if i >= len(low):
        return None
    word = low[i]
    if perfect and word == "been":
        if low[i + 1 : i + 2] and low[i + 1].endswith("ing"):
            return _rest(turned, i + 1)
        return "being " + _rest(turned, i + 1)
    if word in {"have", "had"}:
        return ("not " if negative else "") + "having" + _tail(turned, i + 1)
    base = base_of(word)
    if base is None or base in STATIVE or base in {"be"}:
        return None
    return ("not " if negative else "") + ing(base) + _tail(turned, i + 1)


def _rest(turned: list[str], i: int) -> str:
    return _join(turned[i:])


def _tail(turned: list[str], i: int) -> str:
    rest = _join(turned[i:])
    return " " + rest if rest else ""


def _join(words: list[str]) -> str:
    return re.sub(r"([£$€]) (?=\d)", r"\1", " ".join(words)).replace(" ,", ",").replace(" %", "%")


def report(words: str) -> str | None:
    """Words with the persons exchanged and nothing else changed, for reported questions; None in doubt."""
    tokens = [_word(w, False, False) for w in _TOKEN.findall(words.replace("\u2019", "'").strip())]
    low = [t.lower() for t in tokens]
    out: list[str] = []
    for i, (token, word) in enumerate(zip(tokens, low, strict=True)):
        before = low[i - 1] if i else ""
        if word in _PRONOUNS:
            out.append(_PRONOUNS[word])
        elif word in {"am", "was"} and before == "i":
            out.append("are" if word == "am" else "were")
        elif word == "you":
            seen = _we_or_us(low, i)
            if seen is None:
                return None
            out.append(seen)
        elif word in _COMPANY:
            out.append(_COMPANY[word])
        else:
            out.append(token)
    return _join(out) if out else None
