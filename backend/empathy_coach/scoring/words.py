"""The rubric's lines with their blanks filled from this conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from empathy_coach.domain import Reading
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.touching import spoken_of, touching

_BLANK = re.compile(r"\{(\w+)\}")
_LONGEST = 90  # characters of the customer's words in one line


class Blanks(NamedTuple):
    """What a line may speak of; a blank that has nothing is absent."""

    values: Mapping[str, str]

    @classmethod
    def of(cls, reading: Reading, lexicon: Lexicon) -> Blanks:
        """From the customer's words: of what touches them most, what the draft does not speak of yet."""
        values: dict[str, str] = {}
        told = touching(reading.conversation, lexicon)
        known = spoken_of(reading, told)
        words = [one.told for number, one in enumerate(told) if number not in known]
        words += [span.quote for _, span in reading.customer.problem]
        if words:
            values["problem"] = _short(words[0])
        still_open = [q for q in reading.customer.questions if not q.answered]
        if still_open:
            values["question"] = _short(still_open[0].span.quote)
        name = (reading.conversation.customer_name or "").split()
        if name and name[0].isalpha():
            values["name"] = name[0]
        return cls(values)


def _short(text: str) -> str:
    text = " ".join(text.split()).rstrip(".!, ")
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0] + " ..."


@lru_cache(maxsize=256)
def _names_in(line: str) -> frozenset[str]:
    return frozenset(_BLANK.findall(line))


def filled(lines: str | Sequence[str], blanks: Blanks) -> str:
    """The first line whose blanks can all be filled; the last one as it is when none can."""
    options = [lines] if isinstance(lines, str) else list(lines)
    for line in options:
        names = _names_in(line)
        if names <= blanks.values.keys():
            return _BLANK.sub(lambda m: blanks.values[m[1]], line) if names else line
    return _BLANK.sub("", options[-1])
