"""For a colleague: the customer's own words."""

from __future__ import annotations

import math
import re

from empathy_coach.domain import Reading
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.customer.burden import load_burden
from empathy_coach.reading.customer.clauses import parse
from empathy_coach.rewording.told import NOT_SUFFERED, TROUBLE, touched
from empathy_coach.rewording.words import INSULTS

_WRITES = re.compile(
    r"^(?:dear|hello|hi|hey|hiya|bonjour|hola|ciao|hallo|salam|to |good (?:morning|evening|afternoon)|thank|thanks|please|i write)\b",
    re.IGNORECASE,
)


_KNOWN = 0.15  # for each word that the note has already


def telling_sentence(reading: Reading) -> str | None:
    """The customer's sentence that tells most, word for word, for a note to a colleague; None when none can be."""
    messages = reading.conversation.messages
    own = [i for i, m in enumerate(messages) if m.role == "customer"]
    noted = set(re.findall(r"[a-z]{4,}", reading.draft.text.lower()))
    best: tuple[float, str] | None = None
    for index in own[-3:]:
        parsed = parse(messages[index].text)
        for sentence in parsed.sentences[:60]:
            start, end = parsed.folded.back(sentence.start, sentence.end)
            text = messages[index].text[start:end].strip()
            words = text.lower().split()
            if (
                not 4 <= len(words) <= 30
                or sentence.mark == "?"
                or _WRITES.match(text)
                or re.search(r"[\"\[\]{}\n]", text)
                or NOT_SUFFERED.search(text.lower())
                or INSULTS & {w.strip(".,!?") for w in words}
            ):
                continue
            weight = touched(reading.customer.signals, index, start, end)
            weight += sum(0.5 for m, s in reading.customer.problem if m == index and s.start < end and start < s.end)
            weight += 0.3 if TROUBLE.search(text) else 0.0
            weight += 0.5 * max(0.0, math.tanh(load_burden().logit(fold(text).text)))
            weight -= _KNOWN * sum(word in noted for word in set(re.findall(r"[a-z]{4,}", text.lower())))
            if weight >= 0.3 and (best is None or weight > best[0]):
                best = (weight, text)
    return best[1] if best else None
