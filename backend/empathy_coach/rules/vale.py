"""From a Vale style to a team's file: what can be said in our patterns is carried over, the rest is reported.

Vale's ``existence`` and ``substitution`` checks hold regular expressions (https://vale.sh/docs/topics/styles). Words,
groups of words and optional endings have an equal here; look-around, classes, repetition and back references have
none. A rule is carried over only when it fires on an example made of its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from empathy_coach.reading.patterns import PatternError, compile_pattern
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.rules.verdicts import verdicts
from empathy_coach.rules.written import edited, read_rule

MAX_FILE = 256 * 1024
_MOST = 60  # patterns in one rule; a longer list becomes several rules
_SEVERITY = {"suggestion": "hint", "warning": "warn", "error": "warn"}
_SLUG = re.compile(r"[^a-z0-9]+")
_SILENT = ("Your parcel is in Leeds.", "Thank you, Maria.", "Open Settings, then Email.")
_CANNOT = re.compile(r"\\[^sbd.'\-]|[\[\]{}^$*+]|\(\?(?!:)|\\d|(?<![()])\?|\.(?!\\)")


@dataclass(frozen=True, slots=True)
class Carried:
    """One Vale file: the rules it became (their YAML by name), and what was left out of it, or why all of it was."""

    file: str
    rules: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def carry_over(file: str, raw: bytes, rule_set: RuleSet) -> Carried:
    """One check of a Vale style as a rule, tried on its own words beside ``rule_set``."""
    if len(raw) > MAX_FILE:
        return Carried(file, left_out=("larger than 256 kB",))
    try:
        text = raw.decode("utf-8")
        if "&" in text and re.search(r"(?m)[:\-] +[&*]\w", text):
            return Carried(file, left_out=("anchors and aliases",))
        found = yaml.load(text, Loader=yaml.CSafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError):
        return Carried(file, left_out=("not YAML",))
    if not isinstance(found, dict) or found.get("extends") not in ("existence", "substitution"):
        kind = found.get("extends") if isinstance(found, dict) else None
        return Carried(file, left_out=(f"a check of the kind {kind}: only existence and substitution have an equal",))
    return _rule(file, found, rule_set)


def _rule(file: str, found: Mapping[str, Any], rule_set: RuleSet) -> Carried:
    left_out: list[str] = []
    pairs: list[tuple[str, str]] = []
    for pattern, better in _entries(found):
        ours = _pattern(pattern)
        if ours is None:
            left_out.append(f"{pattern}: no equal here")
        else:
            pairs.append((ours, better))
    if not pairs:
        return Carried(file, left_out=tuple(left_out) or ("no words to look for",))
    stem = file.rpartition("/")[2].rpartition(".")[0]
    slug = _SLUG.sub("-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", stem).lower()).strip("-")[:50] or "rule"
    rules: dict[str, str] = {}
    for number, start in enumerate(range(0, len(pairs), _MOST), start=1):
        part = "" if len(pairs) <= _MOST else f" {number}"
        for silent in _SILENT:
            text = _text(file, stem + part, found, pairs[start : start + _MOST], silent)
            wrong = _faults(text, rule_set)
            if not wrong:
                break
        if wrong:
            left_out += wrong
        else:
            rules[slug + part.replace(" ", "-")] = text
    return Carried(file, rules, tuple(left_out))


def _text(file: str, title: str, found: Mapping[str, Any], pairs: list[tuple[str, str]], silent: str) -> str:
    """The YAML of one rule."""
    message = str(found.get("message") or "Say it in other words.")
    if found["extends"] == "substitution":
        message = message.replace("%s", "plainer words", 1)
    swaps = [f"“{_words(ours)}”: say “{better}”." for ours, better in pairs if better]
    return edited(
        "element: tone\nweight: 1\n",
        {
            "title": title.replace("-", " ").replace("_", " "),
            "severity": _SEVERITY.get(str(found.get("level")), "hint"),
            "why": re.sub(r"['\"]?%s['\"]?", "these words", message)[:500],
            "source": str(found.get("link") or f"Vale style, {file}")[:300],
            "find": [ours for ours, _ in pairs],
            "advise": swaps or ["Say it in plainer words."],
            "examples.fires": [f"<<{_words(ours).capitalize()}>>, said Ben." for ours, _ in pairs[:2]],
            "examples.silent": [silent],
        },
    )


def _faults(text: str, rule_set: RuleSet) -> list[str]:
    rule, problems, _ = read_rule(text, "rule", "team")
    if rule is None:
        return [problem.message for problem in problems]
    return [fault for verdict in verdicts(rule, rule_set) for fault in verdict.faults]


def _entries(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The patterns of a check, with what should stand there instead."""
    if found["extends"] == "substitution":
        swap = found.get("swap")
        for key, value in swap.items() if isinstance(swap, dict) else ():
            yield str(key), str(value)
        return
    for key in ("tokens", "raw"):
        tokens = found.get(key)
        for token in tokens if isinstance(tokens, list) else ():
            yield str(token), ""


def _pattern(vale: str) -> str | None:
    """The same words in our pattern language, or None when there are none."""
    text = vale.strip().replace("(?i)", "").replace("\\b", "").replace("\\s", " ").replace("\\'", "'")
    text = text.replace("\\-", "-").replace("[’']", "'").replace("['’]", "'")
    text = re.sub(r"(\w)\?", lambda m: f"({m[1]})?", text)
    if _CANNOT.search(text.replace("\\.", "").replace(")?", ")")):
        return None
    text = text.replace("(?:", "(").replace("\\.", ".")
    text = f"({text})" if _bare_bar(text) else text
    try:
        compile_pattern(text)
    except PatternError:
        return None
    return text


def _bare_bar(text: str) -> bool:
    depth = 0
    for char in text:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "|" and depth == 0:
            return True
    return False


def _words(ours: str) -> str:
    """The simplest words that a pattern fits: first alternatives, without what may be absent."""
    text = ours
    while (plain := re.sub(r"\(([^()|]*)(?:\|[^()]*)?\)(\?)?", lambda m: "" if m[2] else m[1], text)) != text:
        text = plain
    return " ".join(text.split())
