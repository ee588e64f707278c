"""Whether a customer's clause is clean enough to be said back, and its words without shouting, swearing and asides."""

from __future__ import annotations

import re

from empathy_coach.rewording.persons import COMPANY, DAYS, DETERMINERS, KIN_NAMES, PEOPLE, PRONOUNS, SUBJECTS, TOKEN
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
    base_of,
    is_word,
    tag_of,
)

MAX_WORDS = 17
MIN_WORDS = 3
_LEADS = re.compile(
    r"^(?:(?:and|but|so|because|well|also|then|now|oh|hi|hey|hello|look|ok|okay|right|honestly|basically|actually"
    r"|obviously|"
    r"seriously|frankly|unfortunately|sadly|apparently|anyway|yes|no|plus|first|firstly|second|secondly|sorry|please"
    r"|though|"
    r"again|this (?:morning|afternoon|evening|week|month|year)|(?:yet|once) again|last (?:night|week|month|year)|today|yesterday"
    r"|tonight|so far|as a result|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:i |we )?(?:only |just )?(?:noticed|found out|learned)"
    r" when|i(?:'m| am) told(?: that)?|just|although|while|since (?:last |the |this )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|yesterday|then|week|month|year|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|\d+(?:st|nd|rd|th)?)(?: \d+)?|since|as|even though|to be honest|to make matters worse|on top of that|at the moment"
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
    r"|apparently|sorry|"
    r"i think|i suppose|i guess|you know|as usual|haha|innit|mate|obviously|basically|actually|seriously|btw|and|but"
    r"|so|or|"
    r"because|r\d+|of course|as you know|for a start|as (?:i|we) (?:said|say|wrote|write|mentioned)|like an? (?:good "
    r"|complete |total |right |proper )?(?:girl|boy|fool|mug|lemon|idiot|dog|criminal|child|muppet)|by "
    r"the way|in fact))+$",
    re.IGNORECASE,
)
_EMOJI = re.compile("[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+")
_TEXTING = dict(
    pair.split("=")
    for pair in word_set("""
    im=I'm ive=I've id=I'd i=I u=you ur=your dont=don't cant=can't wont=won't didnt=didn't doesnt=doesn't isnt=isn't
    wasnt=wasn't hasnt=hasn't havent=haven't arent=aren't werent=weren't couldnt=couldn't wouldnt=wouldn't
    hadnt=hadn't shouldnt=shouldn't theres=there's thats=that's its=it's youve=you've youre=you're weve=we've
    theyve=they've hrs=hours hr=hour mins=minutes min=minute wks=weeks wk=week yrs=years yr=year w/=with &=and
    thru=through cos=because bc=because weds=Wednesday mon=Monday tues=Tuesday thurs=Thursday fri=Friday nite=night
    tmrw=tomorrow acc=account mth=month mths=months ppl=people msg=message nobodys=nobody's 4got=forgot
    """)
)
_ACRONYMS = word_set(
    """
    PDF CSV API VAT GP NHS HMRC USB SIM UK US USA EU ID TV PC MRI CT IT HR OK DHL UPS DPD URL SMS PIN PO ATM BT AA
    DVLA DWP PIP ESA UC FAQ GPS SSO VPN MFA CEO IBAN SEPA ISO GDPR XML JSON SQL AWS UTC GMT AM PM ICU ER IVF MOT
    NVDA
    """
)
_OPEN = word_set(
    """
    it it's it'll this that that's these those they they're they've they'll them he he's she she's him his her here
    """
)
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


def tokens_of(clause: str) -> list[str]:
    """The words of a clause: plain quotes, no emoji, no swearing, no shouting, no leads or tails."""
    text = (
        _EMOJI.sub(" ", clause)
        .replace("\u2019", "'")
        .replace("\u2018", "'")
        .replace("\u201c", '"')
        .replace("\u201d", '"')
    )
    text = re.sub(r"\s*\([^()]{0,60}\)", "", text)
    text = re.sub(r"\s+[-\u2013\u2014]+\s+", ", ", text)
    text = text.strip(" \t\n.,!;:-\u2013\u2014*_\"'")
    for _ in range(2):
        text = _LEADS.sub("", text)
        text = _TAILS.sub("", text).strip(" \t\n.,!;:-\u2013\u2014*_")
    text = re.sub(r"\bno one\b", "nobody", text, flags=re.IGNORECASE)
    raw = TOKEN.findall(text)
    shouting = sum(w.isupper() and len(w) > 2 for w in raw) > max(2, len(raw) // 2)
    return [plain_word(w, shouting, i == 0) for i, w in enumerate(raw) if w.lower() not in SWEARING]


def plain_word(word: str, shouting: bool, first: bool) -> str:
    """One word without shouting, texting and, at the start, its capital."""
    low = word.lower()
    if low in _TEXTING and not (
        low in {"id", "its", "acc", "min", "mon", "fri", "i"} and word.isupper() and len(word) > 1
    ):
        if low == "id" or (low == "its" and not first):
            return word
        return _TEXTING[low]
    if low in DAYS:
        return DAYS[low]
    if word.islower() and len(word) > 4 and tag_of(word) == "NNP":
        return word.capitalize()
    if word.isalpha() and word.isupper() and len(word) > 1 and word not in _ACRONYMS and (shouting or is_word(low)):
        return low
    if (
        first
        and word[0].isupper()
        and (low in DETERMINERS or low in PRONOUNS or low in COMPANY or low in _OPEN or is_word(low))
        and not word.isupper()
    ):
        return low if low != "i" else "I"
    return word


# How a clause goes on after a comma; anything else is a list, a second sentence or an afterthought.
_GOES_ON = word_set("and but so which who because not even though although while where when only again twice still")
_LACKS = word_set("sent given offered handed told asked")  # "I have now been sent:" and then a list


def is_clean(tokens: list[str]) -> bool:
    """Whether the words make a plain clause that somebody else may say."""
    words = [t.lower() for t in tokens if t != ","]
    if "if" in words or "unless" in words or words[-1:] == ["its"]:
        return False
    if not MIN_WORDS <= len(words) <= MAX_WORDS or tokens.count(",") > 1:
        return False
    for token, word in zip([t for t in tokens if t != ","], words, strict=True):
        if word in INSULTS or not (word[0].isalnum() or word[0] in "£$€%") or len(word) > 24:
            return False
        if word[0].isalpha() and token.islower() and not is_word(word):
            return False
    if "," in tokens:
        at = tokens.index(",")
        head, tail = [t.lower() for t in tokens[:at]], tokens[at + 1].lower()
        if not (tail in _GOES_ON or tail in PREPOSITIONS or tail.endswith("ing")):
            return False  # "three of them can't come, two hospital", "I stood there, security came over"
        if len(head) < 3 or not any(w in AUX or w in PRESENT or base_of(w) or "'" in w for w in head[1:]):
            return False
    if tokens[-1][0].isupper() and not _ends_well(tokens):
        return False
    if (words[-1] in _LACKS and "been" in words[-3:-1]) or (words[0][0].isdigit() and words[-1] == "left"):
        return False
    if _subject(words) and words[0] not in KIN_NAMES and not tokens[0][0].isupper() and _bare_noun(words):
        return False
    return _subject(words) and _grammar(words) and _resolved(words)


def _ends_well(tokens: list[str]) -> bool:
    """Whether a capital at the end is a place or a day, not somebody spoken to: "I'm so tired Fran"."""
    last, before = tokens[-1], tokens[-2].lower()
    return (
        last in DAYS.values()
        or last.isupper()
        or before in PREPOSITIONS | DETERMINERS | {"and", "called", "named", "last", "next", "this"}
        or tokens[-2][0].isupper()
    )


def _bare_noun(words: list[str]) -> bool:
    """Whether the clause begins with a noun that wants an article: "phone is only music"."""
    first = words[0].split("'")[0]
    known = (
        first in DETERMINERS
        or first in SUBJECTS
        or first in COMPANY
        or first in {"it", "you", "we", "i", "there", "nobody"}
        or first[0].isdigit()
        or first[0] in "£$€"
    )
    return not known and (not first.endswith("s") or words[1] in {"no", "not"})


def _subject(words: list[str]) -> bool:
    """A subject that can be turned, followed by a finite verb."""
    first = words[0]
    if first.split("'")[0] in {"i", "we", "there"} or first in SUBJECTS:
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
    elif (first in DETERMINERS or first[0].isdigit()) and words[1].rstrip("s") in _UNITS_OF_TIME:
        found = next((i for i in range(2, min(8, len(words))) if words[i] in AUX), -1)
    elif first in DETERMINERS or first[0].isdigit() or first[0] in "£$€":
        found = _verb_at(words, 2, 8)
        if any(w[0].isdigit() for w in words[2:found]):
            return False  # "the old one 15 years with us never died"
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
            or tag_of(word) in {"VBZ", "VBD"}
            or (word.endswith(("'s", "'ve")) and i < len(words) - 1 and base_of(words[i + 1]))
        ):
            return i
        if i == 1 and words[0] in {"i", "we"} and word in STATIVE | {"drive", "work", "live", "rely"}:
            return i
    return -1


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
            and words[0] in DETERMINERS
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
        if before == "not" and i > 1 and words[i - 2] in {"do", "did", "does", "can", "could", "will"}:
            before = "don't"
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
    return words[-1] not in _HANGING


_HANGING = (PREPOSITIONS - word_set("on off in over through since for with behind about before to")) | word_set(
    "the a an my your our to is was and or but because that which who"
)


def _resolved(words: list[str]) -> bool:
    """Whether every "it", "she" or "this" points at something within the clause."""
    people = any(w.split("'")[0] in PEOPLE for w in words)
    for i, word in enumerate(words):
        if word not in _OPEN or i == 0:
            continue
        after = words[i + 1] if i + 1 < len(words) else ""
        if word in {"this", "that", "these", "those"}:
            time = after.removesuffix("'s") in {
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
