"""What one sentence of a draft brings to the rubric by itself, whatever stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from empathy_coach.domain import Cue
from empathy_coach.scoring.features import Look, look
from empathy_coach.scoring.heads import Alone, Heads

_SOLVES = frozenset({"done", "will_do", "when", "instruction", "refusal", "explanation", "vague"})
_OPENS = frozenset({"apology", "sorry_for", "condolence", "stock", "understanding", "validation"})
_REGRETS = frozenset({"apology", "condolence"})
_FEELS = _OPENS - {"stock"} | {"burden", "hard_words", "hope", "glad", "care"}
_NAMES = frozenset({"understanding", "burden", "hard_words", "validation"})
_HOSTILE = frozenset({"tough", "coarse", "insult", "blame", "condescend", "sarcasm", "minimise", "command"})
_EVERYDAY = -2.3  # how harsh the median sentence sounds: log-odds


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """``names`` are those of its cues, ``said`` the same as often as each stands there; ``harsh`` is in log-odds.

    ``solves``, ``opens`` and ``regrets`` tell by its cues whether it solves, explains or refuses; opens kindly;
    apologises or condoles. ``names_it``: whether it says what it is like for the customer.
    """

    look: Look
    alone: Alone
    names: frozenset[str]
    said: tuple[str, ...]
    harsh: float
    solves: bool
    opens: bool
    regrets: bool
    names_it: bool
    asks: bool
    low: str


@lru_cache(maxsize=4096)  # an edit in one sentence costs one sentence
def own_of(text: str, cues: tuple[Cue, ...], heads: Heads) -> Own:
    """Look at one sentence with its cues."""
    seen = look(text)
    said = tuple([cue.name for cue in cues])
    names = frozenset(said)
    hostile = not names.isdisjoint(_HOSTILE)
    # Who names what somebody went through uses their hard words: that is not hostile unless something else is.
    kind = not hostile and not names.isdisjoint(_FEELS)
    return Own(
        look=seen,
        alone=heads.alone(text, names),
        names=names,
        said=said,
        harsh=min(seen.harsh, _EVERYDAY) if kind else seen.harsh,
        solves=not names.isdisjoint(_SOLVES),
        opens=not names.isdisjoint(_OPENS),
        regrets=not names.isdisjoint(_REGRETS),
        # Two ways of naming it in one sentence make a true acknowledgement; one alone may be a habit.
        names_it=not hostile and len(names & _NAMES) > 1,
        asks="?" in text,
        low=text.lower(),
    )
