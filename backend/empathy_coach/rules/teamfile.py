"""A team's choices as one YAML file, in both directions. Each rule's own text travels as it was written.

The same form serves ``coach_rules/teams/<team>.yaml`` and the console's export and import.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from empathy_coach.domain import SEVERITIES
from empathy_coach.rules.document import Block, read_document
from empathy_coach.rules.overlay import STAGES, Choices, OwnRule
from empathy_coach.rules.problems import Problem, did_you_mean, shown
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.schema import Checker
from empathy_coach.rules.team_life import MAX_MODELS, ModelReply, as_lines, read_model, read_rhythm
from empathy_coach.rules.written import own_rule

_KEYS = ("off", "weights", "severities", "practise", "models", "stages", "replaces", "rules")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_NAME = 60
MAX_FILE = 256 * 1024  # bytes: some two hundred rules
MAX_OWN = 200


def is_name(name: str) -> bool:
    """Whether a rule may be called this."""
    return len(name) <= _MAX_NAME and _NAME.fullmatch(name) is not None


def read_team_file(raw: bytes, file: str, team: str, rules: Sequence[Rule]) -> tuple[Choices, list[Problem]]:
    """What a team's file chooses among ``rules``, and what is wrong with it. Raises RulesError when it is not YAML."""
    block = read_document(raw, file, MAX_FILE)
    lines = raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    check = Checker(file)
    check.unknown_keys(block, _KEYS)
    known = {rule.id: rule for rule in rules}
    off = check.words(block, "off", tuple(known))
    left = tuple(rule_id for rule_id in known if rule_id not in off)
    weights: dict[str, Any] = {}
    severities: dict[str, Any] = {}
    for rule_id, line in _named(check, block, "weights"):
        weights[rule_id] = check.number(block["weights"], rule_id, 1, 5)
        _must_be_known(check, rule_id, line, left)
    for rule_id, line in _named(check, block, "severities"):
        severities[rule_id] = check.word(block["severities"], rule_id, SEVERITIES)
        _must_be_known(check, rule_id, line, left)
    own = _own_rules(check, block, lines, team)
    stages: dict[str, Any] = {}
    replaces: dict[str, str] = {}
    for name, line in _named(check, block, "stages"):
        stages[name] = check.word(block["stages"], name, STAGES)
        _must_be_known(check, name, line, tuple(own))
    for name, line in _named(check, block, "replaces"):
        replaces[name] = str(block["replaces"][name])
        _must_be_known(check, name, line, tuple(own))
        _must_be_known(check, replaces[name], line, tuple(known))
    models = _models(check, block, (*known, *(rule.id for _, rule in own.values())))
    rhythm = read_rhythm(check, block)
    if check.problems:
        return Choices(), check.problems
    made = {
        name: OwnRule(text, rule, stages.get(name, "everyone"), replaces.get(name))
        for name, (text, rule) in own.items()
    }
    return Choices(off, weights, severities, made, models, rhythm), []


def write_team_file(choices: Choices) -> str:
    """The file that ``read_team_file`` reads back as the same choices."""
    lines: list[str] = []
    if choices.off:
        lines += ["off:", *(f"  - {rule_id}" for rule_id in sorted(choices.off))]
    lines += _pairs("weights", choices.weights)
    lines += _pairs("severities", choices.severities)
    lines += as_lines(choices.models, choices.rhythm)
    lines += _pairs("stages", {name: own.stage for name, own in choices.rules.items() if own.stage != "everyone"})
    lines += _pairs("replaces", {name: own.replaces for name, own in choices.rules.items() if own.replaces})
    if choices.rules:
        lines.append("rules:")
    for name, own in choices.rules.items():
        lines += [f"  {name}:", textwrap.indent(own.text.strip("\n"), "    ")]
    return "\n".join(lines) + "\n" if lines else "# Nothing is chosen: the packs as they are.\nrules: {}\n"


def _pairs(title: str, values: Any) -> Iterator[str]:
    if values:
        yield f"{title}:"
        yield from (f"  {name}: {values[name]}" for name in sorted(values))


def _models(check: Checker, block: Block, rules: Sequence[str]) -> dict[str, ModelReply]:
    """The model replies under ``models``. ``rules`` are the ids that there are."""
    named = _named(check, block, "models")
    if len(named) > MAX_MODELS:
        check.note(block.lines["models"], f"models: more than {MAX_MODELS}")
        return {}
    found: dict[str, ModelReply] = {}
    for name, line in named:
        if not is_name(name):
            check.note(line, f'models: {shown(name)}: use small letters, digits and "-", up to {_MAX_NAME} characters')
        elif (model := read_model(check, block["models"][name], line, name)) is not None:
            if model.rule:
                _must_be_known(check, model.rule, line, rules)
            found[name] = model
    return found


def _own_rules(check: Checker, block: Block, lines: list[str], team: str) -> dict[str, tuple[str, Rule]]:
    """The rules under ``rules``, each with its text as it stands in the file."""
    named = _named(check, block, "rules")
    if len(named) > MAX_OWN:
        check.note(block.lines["rules"], f"rules: more than {MAX_OWN} rules of one's own")
        return {}
    found: dict[str, tuple[str, Rule]] = {}
    if not named:
        return found
    after = [line for line in block.lines.values() if line > named[-1][1]]
    ends = [*(line for _, line in named[1:]), min(after, default=len(lines) + 1)]
    for (name, line), end in zip(named, ends, strict=True):
        body = block["rules"][name]
        if not isinstance(body, Block):
            check.note(line, f"rules: {shown(name)} must hold the keys of a rule")
        elif not is_name(name):
            check.note(line, f'rules: {shown(name)}: use small letters, digits and "-", up to {_MAX_NAME} characters')
        elif body.line == line:
            check.note(line, f"rules: {shown(name)}: write its keys on lines of their own, without brackets")
        else:
            rule, problems = own_rule(body, check.file, name, team)
            check.problems += problems
            if rule:
                found[name] = (_text(lines[line : end - 1], lines[body.line - 1]), rule)
    return found


def _text(lines: list[str], first: str) -> str:
    """The lines of one rule, moved to the left margin; comments before the next rule's name are not a part of it."""
    margin = len(first) - len(first.lstrip())
    while lines and len(lines[-1]) - len(lines[-1].lstrip()) < margin:
        lines = lines[:-1]
    return textwrap.dedent("\n".join(lines)).strip("\n") + "\n"


def _named(check: Checker, block: Block, key: str) -> list[tuple[str, int]]:
    """The names under ``key`` with their lines."""
    body = block.get(key)
    if isinstance(body, Block):
        return list(body.lines.items())
    if body is not None:
        check.note(block.lines[key], f'{key}: must be "name: value" lines')
    return []


def _must_be_known(check: Checker, name: str, line: int, known: Sequence[str]) -> None:
    if name not in known:
        near = did_you_mean(name, known).split(" Allowed:")[0]
        check.note(line, f"there is no rule {shown(name)}.{near}")
