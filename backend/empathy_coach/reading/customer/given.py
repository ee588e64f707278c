"""Facts that the customer has stated already, so that nobody asks for them again."""

from __future__ import annotations

import re

from empathy_coach.reading.customer.clauses import Parsed

_GIVEN = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|(?:https?://|www\.)\S+"
    r"|\+\d[\d ()-]{7,}\d|\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b"  # phone
    r"|\b[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}\b"  # British postcode
    r"|\b\d{1,5}[a-z]? (?:[a-z]+ ){1,3}(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|way|court|place|crescent|terrace|gardens|square)\b(?: (?:flat|apt|apartment|unit) \w+)?"
    r"|\b(?:order|ref(?:erence)?|booking|reservation|account|ticket|case|invoice|tracking|policy|meter|serial|member(?:ship)?|customer|contract|parcel|claim|req(?:uest)?)"
    r"(?: (?:number|no|nr|id|code|ref|is))?[.:#]{0,2} {0,2}#?(?=[a-z0-9-]*\d)[a-z0-9][a-z0-9-]{2,}"
    r"|#\d{3,}|\b(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9]{2,}(?:-[a-z0-9]+)*\b(?<!st)(?<!nd)(?<!rd)(?<!th)(?<!am)(?<!pm)"
    r"|\$ ?\d[\d.,]*\d|\$ ?\d\b|\b\d[\d.,]* ?(?:quid|pounds|euros?|dollars)\b"
    r"|\b(?:version|v) ?\d+(?:\.\d+)*\b|\b\d+\.\d+(?:\.\d+)*\b"
    r"|\b(?:android|ios|windows|macos|chrome|firefox|safari|edge|iphone|ipad|galaxy|pixel) ?\d[\w.]*\b"
    r"|\b\d{1,2}[:.]\d\d(?: ?[ap]m)?\b|\b\d{1,2} ?[ap]m\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: \d{4})?\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    r"|\bthe \d{1,2}(?:st|nd|rd|th)\b|\b\d{5,}\b"
    r"|\b(?:i|we)(?:'ve| have)? (?:already |even |also |just )?(?:tried|restarted|rebooted|reset|reinstalled|cleared|uninstalled|updated|checked|searched|unplugged|attached|sent|changed|followed|asked the neighbours|contacted)\b[^.!?;\n]{0,80}"
)


def given(parsed: Parsed) -> tuple[tuple[int, int], ...]:
    """Spans of stated facts, in offsets of the folded text, in order, at most 40."""
    out: list[tuple[int, int]] = []
    for found in _GIVEN.finditer(parsed.folded.text):
        out.append(found.span())
        if len(out) == 40:
            break
    return tuple(out)
