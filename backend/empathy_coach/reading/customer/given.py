"""Facts that the customer has stated already, so that nobody asks for them again."""

from __future__ import annotations

import re

from empathy_coach.reading.customer.clauses import Parsed

_MOST = 40
_PIECE = re.compile(r"\S+")
_DIGIT = re.compile("[0-9]")
_LABELS = frozenset(
    """order ref reference booking reservation account ticket case invoice tracking policy meter serial membership customer
    contract parcel claim request req number no nr id code version v model flat room apartment apt unit error android ios
    windows macos chrome firefox safari edge iphone ipad galaxy pixel po vat""".split()
)
_UNITS = frozenset(
    """am pm quid pounds pound euros euro dollars january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_STREETS = frozenset(
    "street st road rd lane ln avenue ave close drive way court place crescent terrace gardens square".split()
)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|www\.\S+")
_STEPS = re.compile(
    r"\b(?:i|we)(?:'ve| have|ve)? (?:already |even |also |just |twice )?(?:tried|restarted|rebooted|reset|reinstalled|cleared|"
    r"uninstalled|updated|checked|searched|unplugged|attached|sent|changed|followed|contacted|asked|filled)\b[^.!?;\n]{0,80}"
)
_STEP_WORDS = re.compile(
    "tried|restart|reboot|reset|reinstall|clear|uninstall|updated|check|search|unplug|attach|sent|chang|follow|contact|asked|filled"
)


def given(parsed: Parsed) -> tuple[tuple[int, int], ...]:
    """Spans of stated facts, in offsets of the folded text, in order, at most 40."""
    text = parsed.folded.text
    out: list[tuple[int, int]] = []
    if "@" in text or "http" in text or "www." in text:
        out += [found.span() for found in _CONTACT.finditer(text)]
    if _STEP_WORDS.search(text):
        out += [found.span() for found in _STEPS.finditer(text)]
    if _DIGIT.search(text):
        taken = tuple(out)
        out += [span for span in _numbers(text) if not any(a < span[1] and span[0] < b for a, b in taken)]
    return tuple(sorted(out)[:_MOST])


def _numbers(text: str) -> list[tuple[int, int]]:
    """Numbers and codes with the word that says what they are: "order 88213", "18 Calder Street", "3 April"."""
    pieces = [(found.start(), found.end(), found.group()) for found in _PIECE.finditer(text)]
    bare = [piece.strip(".,;:!?()[]\"'") for _, _, piece in pieces]
    out: list[tuple[int, int]] = []
    number = 0
    while number < len(pieces):
        word = bare[number]
        if not _DIGIT.search(word):
            number += 1
            continue
        first = last = number
        while (
            first > max(0, number - 3)
            and bare[first - 1].rstrip("#") in _LABELS
            and pieces[first - 1][2][-1] not in ".?!;"
        ):
            first -= 1
        for ahead in range(1, 4):
            if number + ahead < len(pieces) and bare[number + ahead] in (_STREETS if ahead > 1 else _UNITS | _STREETS):
                last = number + ahead
        while last + 1 < len(pieces) and _DIGIT.search(bare[last + 1]) and pieces[last][2][-1] not in ".,;:!?":
            last += 1
        if first < last or first < number or len(word) > 1 or "$" in word:
            start = pieces[first][0] + pieces[first][2].index(bare[first])
            end = pieces[last][0] + pieces[last][2].index(bare[last]) + len(bare[last])
            out.append((start, end))
        number = last + 1
    return out
