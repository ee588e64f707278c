"""The customer's own particulars, for the places in a way of saying it: how long, how often, who, when, how much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|half an)"
)
_UNIT = r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?)"
_DURATION = re.compile(
    rf"(?:it(?:'s| is| has|s)(?: now)?(?: been)?|(?:wait(?:ed|ing)|been (?!on)[\w ]{{0,24}}|without [\w ]{{0,20}}"
    rf"|down|off|out|stuck|hold|chasing|trying) for|waited|waiting|after|spent)\s+(?:over |nearly |almost "
    rf"|more than |about |now )?(?P<a>{_COUNT}\s+{_UNIT})\b(?!\s+(?:old|of age))"
    rf"|\b(?P<b>{_COUNT}\s+{_UNIT})\s+(?:late|now|overdue|on hold|in (?:a|the) queue|without|since|and counting"
    rf"|before)\b",
    re.IGNORECASE,
)
_NTH = re.compile(
    r"(?<!\ba )(?<!another )\b(?:the |my )?(second|third|fourth|fifth|sixth|2nd|3rd|4th|5th)\s+(?:message|e-?mail|call|complaint|request"
    r"|chat|time (?:of (?:asking|writing|calling)|(?:that )?(?:i(?:'m| am|'ve| have|'ve had to| have had "
    r"to| had to)? ?(?:now )?(?:had to )?(?:writ\w+|ask\w*|typ\w+|contact\w*|ring\w*|call\w*|say\w*"
    r"|explain\w*|chas\w+|rung|send\w*))))\b|(?:writ\w+|ask\w*|contact\w+|call\w*|rung|r[ai]ng) (?:you "
    r")?(?:for )?(?:the|a) (second|third|fourth|fifth|sixth) time\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:i|we|i've|we've|ive|i have|we have|i had|we had)(?: now| already| even| just)?"
    r" (?:rung|called|written|emailed|phoned|asked|told|contacted|wrote|rang|chased|tried|sent|said|explained)\b[^.!?\n]{0,30}?\b"
    r"(?<!and )(?<!then )(twice|three times|four times|five times|six times|seven times|several times|[3-9] times)\b"
    r"|\b(twice|three times|four times|five times|six times|several times)\s+(?:now\s+)?i\b"
    r"|\bi(?:'ve| have)? asked (three times|twice)\b",
    re.IGNORECASE,
)
_KIN = (
    "husband|wife|partner|mother|mum|mom|father|dad|son|daughter|brother|sister|grandson|granddaughter|grandmother"
    "|grandfather|"
    "nan|gran|grandad|aunt|uncle|baby|fiancé|fiancee"
)
# "Passed", where it cannot be an exam or a message that was passed on.
_PASSED = (
    r"passed(?: away\b| on[.,;]| and\b|[.,;]|(?: on)? (?:this|last|yesterday|suddenly|peacefully|in (?:his|her) sleep"
    r"|on (?:the )?(?:\d|\w+day)))"
)
_EXAM = re.compile(r"\b(?:exams?|tests?|theory|grades?|course|module)\b", re.IGNORECASE)
_DEAD = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur)\s+(?:late\s+)?({_KIN})(?:,?\s+([A-Z][a-z]+)(?:\s+[A-Z][a-z]+)?)?,?(?:\s+(?:who|has|had"
    rf"|sadly|recently|suddenly)){{0,3}}\s+(?:died|{_PASSED}|took (?:his|her|their) own life|was killed|is dead)"
    rf"|\b(?:[Mm]y|[Oo]ur)\s+({_KIN}),[^.!?\n]{{3,60}},\s+(?:has |had |sadly )?(?:died\b|{_PASSED})"
    rf"|(?<!s )\b({_KIN}) is dead\b|(?:^|(?<=[.!?] ))([DdMm](?:ad|um|om)|[NnGg](?:an|ran)) (?:died|passed away)"
    rf"|\b(?:lost|losing|death of|loss of|buried|burying|bury|funeral of|funeral for)\s+(?:[Mm]y|[Oo]ur)\s+(?:late\s+)?({_KIN})\b"
    rf"|\b[Mm]y ({_KIN})['\u2019]s (?:funeral|burial|death|estate|probate|ashes)\b",
)
# "My late wife and I used to come": no news. It is what is written about where it comes from the company itself.
_LATE = re.compile(
    rf"\b(?:rang|rung|ring|called?|phoned|wr[oi]te|written|writing|letters?|post|emails?|emailed|addressed|charged|charging|billed"
    rf"|account|estate|policy|bills?|subscription|membership|name)\b[^.!?\n]{{0,60}}\b(?:my|our)\s+late\s+({_KIN})\b(?!['\u2019]s \w)",
    re.IGNORECASE,
)
_DEAD_LATER = re.compile(
    rf"(?:\b(?:[Mm]y|[Oo]ur)\s+|(?:^|(?<=[.!?] )))((?i:{_KIN}))\b(?:,? (?P<name>[A-Z][a-z]+))?[^!?]{{0,160}}"
    rf"\b(?:[Ss]he|[Hh]e|(?P=name))\s+(?:has\s+|had\s+)?"
    rf"(?:since\s+)?(?:died\b|{_PASSED}|(?:was|is) (?:dead|dying)\b)"
)
_PET = re.compile(
    r"\b(?:[Mm]y|[Oo]ur)\s+(?:old\s+|lovely\s+)?(?:dog|cat|horse|rabbit|puppy|kitten|pony)\s+([A-Z][a-z]+)\b"
    r"|\b([A-Z][a-z]+)\s+was\s+put\s+to\s+sleep\b"
)
_PET_UNNAMED = re.compile(
    r"\b(?:my|our)\s+(?:old |lovely )?(dog|cat|horse|rabbit|puppy|kitten|pony|hamster|parrot)\s+(?:has |had |just |sadly )?"
    r"(?:died|passed away|was put to sleep|had to be put (?:down|to sleep))",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:with )?(an?|my|our|the)\s+((?:(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|few)[ -](?:day|week"
    r"|month|year)s?[ -]old)(?:\s+(?:baby|son|daughter|boy|girl|twins))?|newborn|new baby)\b"
    r"|\b(my|our)\s+((?:little|young|elderly|disabled|sick|pregnant) (?:boy|girl|son|daughter|mother|mum|mom|father"
    r"|dad|wife|husband|nan|gran)|toddler|grandson|granddaughter|kids|children|baby|twins|nan|gran"
    r"|grandmother|grandfather)\b"
    r"|\bthe (baby)(?:'s)?\b|\b(\d) kids\b",
    re.IGNORECASE,
)
_CHILD = re.compile(
    r"\b(?:my|our) (?:\d+ year old )?(son|daughter|boy|girl|lad|grandson|granddaughter)\b", re.IGNORECASE
)
_EVENT = re.compile(
    rf"\b(my|our|his|her|their)\s+((?:(?:{_KIN}|best friend|friend|boss|mother-in-law|niece|nephew|cousin|parents"
    rf"|kid)(?:'s|s')?\s+)?(?:\d+(?:st|nd|rd|th)\s+)?(?:birthday|wedding|anniversary|christening"
    rf"|graduation|honeymoon|baby shower|name day|retirement|holiday|prom)(?:\s+party)?)\b"
    r"|\b(?:for|by|in time for) (christmas|easter|eid|diwali|mother's day|father's day|valentine's day"
    r"|thanksgiving)\b(?! (?:eve|day|card|sale|email))",
    re.IGNORECASE,
)
_TASK = (
    r"(?:(?:job |visa |hospital |client |board |driving )?(?:exam|interview|presentation|meeting|appointment"
    r"|deadline|launch|go-live|flight|audit|rent|"
    r"mortgage payment|payroll|move|wedding|concert|paper|operation|conference|viva|inspection|photoshoot|demo"
    r"|funeral|match|party|test|completion|visa appointment))"
)
_WHEN = (
    r"(?:first thing |early )?(?:tomorrow(?: morning| afternoon| night| evening)?|tonight|today|this (?:morning"
    r"|afternoon|evening|week|friday|thursday|wednesday|monday|tuesday|saturday|sunday)|"
    r"next week|(?:on |this |next )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?: morning| "
    r"afternoon)?|(?:on )?the \d{1,2}(?:st|nd|rd|th)|in (?:two|three|four|five|\d{1,2}) (?:days|hours"
    r"|weeks)|at \d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm))?)"
)
_DUE = re.compile(
    rf"\b(my|our|i have an?|i have|i've got an?|we have an?|we have|the|have an?|have|has an?)\s+(?:(?:online"
    rf"|final|driving|next|big|own|first|last|maths|english|job) "
    rf")?({_TASK})\b(?:\s+(?:is|are|goes out|starts?|runs|due|coming|happens"
    rf"|'s)){{0,2}}\s*,?\s*({_WHEN})\b|\b(go-live|launch|payroll|rent"
    rf"|mortgage)\b[^.!?\n]{{0,30}}?\b({_WHEN})\b",
    re.IGNORECASE,
)
_PAID = {"rent", "mortgage", "mortgage payment", "payroll"}
_AMOUNT = re.compile(
    r"[£$€]\s?\d(?:[\d,]*\d)?(?:\.\d\d)?(?!\d)(?!\s*(?:a|per|each|an) )|\b\d[\d,]*(?:\.\d\d)? (?:euros|pounds"
    r"|dollars|quid)\b"
)
_LOST = re.compile(
    r"\b((?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten) (?:whole |full )?(?:years?|months?|weeks?"
    r"|days?|hours?) of (?!it\b|this\b|that\b|the\b|them\b)[a-z]{3,14})\s+(?:gone|lost|missing|deleted"
    r"|wiped|vanished|has gone|have gone|just gone|disappeared|down the)",
    re.IGNORECASE,
)
_SMALL = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NTHS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
_LONG = {"min": "minute", "mins": "minutes", "hr": "hour", "hrs": "hours", "wk": "week", "wks": "weeks"}


def details(own: Sequence[str]) -> dict[str, str]:
    """What can be filled in, by place ("duration": "five weeks"), from the customer's messages."""
    return dict(_details(tuple(own[-6:])))


@lru_cache(maxsize=512)
def _details(own: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for text in reversed([t.replace("\u2019", "'") for t in own]):
        _read(re.sub(r"\btom+or+ow\b", "tomorrow", text[:4000], flags=re.IGNORECASE), found)
    if "nth" not in found and len(own) in _NTHS and re.search(rf"\b{_NTHS[len(own)]} time\b", own[-1], re.IGNORECASE):
        found["nth"] = _NTHS[len(own)]  # "Third time." in the third message
    for place in ("duration", "lost", "task", "amount", "event"):
        if place in found:
            found[place.capitalize()] = found[place][0].upper() + found[place][1:]
    return tuple(found.items())


def _read(text: str, found: dict[str, str]) -> None:
    if "duration" not in found and (m := _DURATION.search(text)):
        found["duration"] = _spelt(m["a"] or m["b"])
    if "nth" not in found and (m := _NTH.search(text)):
        found["nth"] = _ordinal((m[1] or m[2]).lower())
    if "times" not in found and (m := _TIMES.search(text)):
        found["times"] = _figures((m[1] or m[2] or m[3]).lower())
    m = _DEAD.search(text) or _DEAD_LATER.search(text) or _LATE.search(text)
    if "who" not in found and m and not (" passed" in m.group() and _EXAM.search(text)):
        groups = m.groups()
        kin = next(g for g in (groups[0], *groups[2:]) if g) if len(groups) > 1 else groups[0]
        found["who"] = "your " + kin.lower()
    if "pet" not in found and (m := _PET.search(text) or _PET_UNNAMED.search(text)):
        found["pet"] = m[1] or m[2] if m.re is _PET else "your " + m[1].lower()
    if "person" not in found and (m := _PERSON.search(text)):
        found["person"] = _person(m)
    if "child" not in found and (m := _CHILD.search(text)):
        found["child"] = "your " + m[1].lower()
    if "event" not in found and (m := _EVENT.search(text)):
        found["event"] = _event(m)
    if "task" not in found and (m := _DUE.search(text)):
        task, when = (m[2] or m[4]).lower(), (m[3] or m[5])
        mine = (m[1] or "my").lower().startswith(("my", "our", "i", "we"))
        due = "due " if task in _PAID else ""
        found["task"], found["when"] = ("your " if mine else "the ") + task, due + _when(when)
    if "amount" not in found and (m := _AMOUNT.search(text)):
        found["amount"] = m.group()
    if "lost" not in found and (m := _LOST.search(text)):
        found["lost"] = _figures(m[1].lower())


def _ordinal(word: str) -> str:
    return {"2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}.get(word, word)


def _spelt(duration: str) -> str:
    count, _, unit = duration.lower().rpartition(" ")
    count = count.strip()
    unit = _LONG.get(unit, unit)
    if count == "half an":
        return "half an " + unit
    if count not in {"a", "an", "1", "one"} and not unit.endswith("s"):
        unit += "s"
    return _figures(f"{count} {unit}")


def _figures(text: str) -> str:
    """Small numbers in words: "5 weeks" -> "five weeks"."""
    return re.sub(
        r"^\d{1,2}\b", lambda m: _SMALL[int(m.group())] if 0 < int(m.group()) < len(_SMALL) else m.group(), text
    )


def _person(m: re.Match[str]) -> str:
    if m[2]:
        age = re.sub(r"[ -]", " ", m[2].lower())
        article = "a" if m[1].lower() in {"a", "an", "the"} else "your"
        return f"{article} {age}"
    if m[4]:
        return "your " + m[4].lower()
    if m[5]:
        return "a baby"
    return "the children"


def _event(m: re.Match[str]) -> str:
    if m[3]:
        return " ".join(w if w in {"and", "of"} else w[0].upper() + w[1:] for w in m[3].lower().split())
    owner = {"my": "your", "our": "your"}.get((m[1] or m[2]).lower(), (m[1] or m[2]).lower())
    words = m[2].lower()
    kin = re.match(rf"({_KIN}) (?=birthday|wedding|graduation)", words)
    if kin:
        words = kin[1] + "'s" + words[kin.end(1) :]
    return f"{owner} {words}"


def _when(when: str) -> str:
    low = when.lower()
    low = re.sub(r"\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", lambda m: m[1].capitalize(), low)
    return low if re.match(r"(?:on|at|this|next|in|first|early|tomorrow|tonight|today)\b", low) else "on " + low
