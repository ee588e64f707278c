"""For a colleague: the customer's own words."""

from __future__ import annotations

import re

from empathy_coach.domain import Reading
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.touching import touching
from empathy_coach.rewording.words import INSULTS

_WRITES = re.compile(
    r"^(?:dear|hello|hi|hey|hiya|bonjour|hola|ciao|hallo|salam|to |good (?:morning|evening|afternoon)|thank|thanks|please|i write)\b",
    re.IGNORECASE,
)
_KNOWN = 0.25  # log-odds less for each word that the note has already
_LIKELY = -1.0  # log-odds from which it is worth a line


def telling_sentence(reading: Reading, lexicon: Lexicon) -> str | None:
    """The customer's sentence that touches most, word for word, for a note to a colleague; None when none can be."""
    noted = set(re.findall(r"[a-z]{4,}", reading.draft.text.lower()))
    best: tuple[float, str] | None = None
    for words in touching(reading.conversation, lexicon):
        text = words.sentence.quote.strip()
        said = text.lower().split()
        if (
            not 4 <= len(said) <= 30
            or _WRITES.match(text)
            or re.search(r"[\"\[\]{}\n]", text)
            or INSULTS & {w.strip(".,!?") for w in said}
        ):
            continue
        known = sum(word in noted for word in set(re.findall(r"[a-z]{4,}", text.lower())))
        likely = words.likely - _KNOWN * known
        if likely >= _LIKELY and (best is None or likely > best[0]):
            best = (likely, text)
    return best[1] if best else None
