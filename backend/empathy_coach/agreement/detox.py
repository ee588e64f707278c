"""Swaps under stress: coarse sentences that people have rewritten (ParaDetox, CC0), reworded as if they were drafts.

The judge knows nothing of the product: naive Bayes over the words of the even pairs, used on the odd ones. Meaning counts
as kept when at least six tenths of the content words that the judge does not hold against a text are still there.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from empathy_coach.agreement.data import Row, ask_plain, plain
from empathy_coach.rules.ruleset import RuleSet

_SAMPLE = 1000  # pairs that are measured
_KEPT = 0.6  # share of the harmless content words
_COARSE = 2.0  # log-odds from which a word alone tells against a text
_WORD = re.compile(r"[a-z*']{2,}")
_SMALL = frozenset(
    "the and for you that this with are was have not but they what your all she her his him who how its our out can "
    "will just from about when there their them been has had were would could if is it of to in on at be as so or an".split()
)


def swap_figures(directory: Path, rule_set: RuleSet) -> dict[str, float]:
    """Share of coarse sentences that pass the judge with their meaning kept, by who rewrote them."""
    texts = {row["id"]: row["text"] for row in plain(directory, "paradetox")}
    pairs = [(texts[p["worse"]], texts[p["better"]]) for p in plain(directory, "paradetox.pairs")]
    weights, least = _weights(pairs[::2])
    measured = pairs[1::2][:: max(1, len(pairs) // 2 // _SAMPLE)]
    ways: dict[str, Callable[[str, str], str]] = {
        "as it was": lambda worse, better: worse,
        "bad words deleted": lambda worse, better: _without(worse, weights),
        "reworded": lambda worse, better: _reworded(worse, rule_set),
        "rewritten by people": lambda worse, better: better,
    }
    return {
        name: sum(_passes(way(worse, better), worse, weights, least) for worse, better in measured) / len(measured)
        for name, way in ways.items()
    }


def _weights(pairs: Sequence[tuple[str, str]]) -> tuple[dict[str, float], float]:
    """Log-odds of each word to stand in the coarse text of a pair, and the sum that parts the two best."""
    worse: Counter[str] = Counter()
    better: Counter[str] = Counter()
    for coarse, mild in pairs:
        worse.update(set(_words(coarse)))
        better.update(set(_words(mild)))
    weights = {w: math.log((worse[w] + 0.5) / (better[w] + 0.5)) for w in worse | better}
    sums = sorted(
        (_sum(set(_words(text)), weights), is_coarse)
        for pair in pairs
        for text, is_coarse in zip(pair, (1, 0), strict=True)
    )
    harmless = sum(1 - is_coarse for _, is_coarse in sums)
    best, least, right = 0, 0.0, len(sums) - harmless
    for value, is_coarse in sums:
        right += 1 - 2 * is_coarse
        if right > best:
            best, least = right, value
    return weights, least


def _sum(words: set[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(w, 0.0) for w in words)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _without(text: str, weights: Mapping[str, float]) -> str:
    return " ".join(w for w in text.split() if weights.get(w.lower().strip(".,!?\"'"), 0.0) < _COARSE)


def _reworded(text: str, rule_set: RuleSet) -> str:
    row: Row = {"text": text}
    new = ask_plain(row, rule_set).rewording
    return new.text if new else text


def _passes(text: str, before: str, weights: Mapping[str, float], least: float) -> bool:
    words = set(_words(text))
    return _sum(words, weights) <= least and _kept(words, _words(before), weights)


def _kept(words: set[str], before: Sequence[str], weights: Mapping[str, float]) -> bool:
    harmless = {w for w in before if w not in _SMALL and weights.get(w, 0.0) < _COARSE}
    return not harmless or len(harmless & words) / len(harmless) >= _KEPT
