"""Scripted agents play every scenario: does the customer answer them as people do?

The good and the curt agent are written in the scenario's own file. The others know only its words, and try to win
without meaning any: set phrases, keywords, the customer's own message back, sympathy without a single answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from empathy_coach.agreement.measures import spearman
from empathy_coach.practice.library import Library
from empathy_coach.practice.moves import Words
from empathy_coach.practice.play import TURNS, Play, Turn, played
from empathy_coach.practice.scenario import End, Question, Scenario
from empathy_coach.rules.ruleset import RuleSet

RANK: Mapping[End | None, int] = {"thanks": 3, "settles": 2, None: 1, "escalates": 0, "leaves": 0}
STUFFERS = ("set phrases", "keywords", "echo", "sympathy")
_CURT_AFTER = ("As I said, that is the process.", "Please refer to my previous reply.", "There is nothing to add.")
_SET_PHRASES = (
    "I understand your frustration and I sincerely apologise for any inconvenience caused. Your satisfaction is our priority.",
    "Thank you for your patience and understanding. I completely understand how you feel. We value your feedback.",
    "I hear you and I am so sorry to hear that. We are doing everything we can. Please do not hesitate to contact us.",
)
_WORDS = re.compile(r"[a-z0-9']+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where one scripted agent ended in one scenario."""

    scenario: Scenario
    agent: str
    play: Play

    @property
    def standing(self) -> tuple[int, float]:
        """For comparing agents: the kind of end first, then the temper."""
        return RANK[self.play.end], self.play.temper


def outcomes(scenario: Scenario, library: Library, rules: RuleSet, seed: int = 1) -> dict[str, Outcome]:
    """Every scripted agent's play of one scenario."""
    return {
        agent: Outcome(scenario, agent, played(scenario, seed, replies, library.words, rules))
        for agent, replies in scripts(scenario).items()
    }


def scripts(scenario: Scenario) -> dict[str, Sequence[str]]:
    """The replies of each scripted agent."""
    curt = (*scenario.agents["curt"], *_CURT_AFTER)[:TURNS]
    return {
        "good": scenario.agents["good"],
        "curt": curt,
        "set phrases": (_SET_PHRASES * 2)[:TURNS],
        "keywords": tuple(_keywords(scenario)),
        "echo": tuple(f"{scenario.opens} ({n})" if n else scenario.opens for n in range(TURNS)),
        "sympathy": tuple(_sympathy(scenario)),
    }


def problems(scenario: Scenario, library: Library, rules: RuleSet) -> list[str]:
    """What is not believable about a scenario, said to the person who wrote it."""
    found = outcomes(scenario, library, rules)
    good, curt = found["good"], found["curt"]
    said: list[str] = []
    if good.play.end != "thanks":
        ended = _described(good)
        said.append(f'the good agent should end with thanks, and ends {ended}. Its last answer was: "{_last(good)}"')
    if scenario.hidden and not good.play.memory.drawn_out:
        said.append("the good agent never asks for the hidden need.")
    if good.standing <= curt.standing:
        said.append(f"the good agent ({_described(good)}) does not end better than the curt one ({_described(curt)}).")
    if curt.play.end == "thanks":
        said.append("the curt agent is thanked.")
    for name in STUFFERS:
        if found[name].standing >= good.standing or RANK[found[name].play.end] >= RANK["settles"]:
            said.append(f"the agent of {name} ends well ({_described(found[name])}): the patterns are too easy to hit.")
    return [f"{scenario.file}: {message}" for message in said]


def _described(outcome: Outcome) -> str:
    return f"{outcome.play.end or 'unfinished'} at {outcome.play.temper:.0f} after {len(outcome.play.turns)} replies"


def _last(outcome: Outcome) -> str:
    return outcome.play.turns[-1].answer if outcome.play.turns else ""


def _all_questions(scenario: Scenario) -> Iterator[Question]:
    yield from scenario.questions
    yield from scenario.later
    if scenario.hidden:
        yield scenario.hidden.question


def _keywords(scenario: Scenario) -> Iterator[str]:
    """Each of the scenario's own words once, behind a set phrase; in another order on each turn."""
    words: dict[str, None] = {}
    for question in _all_questions(scenario):
        words.update(dict.fromkeys(w for p in question.answered.patterns for w in _WORDS.findall(p.lower())))
    for matter in scenario.matters:
        words.update(dict.fromkeys(w for p in matter.named.patterns for w in _WORDS.findall(p.lower())))
    every = list(words)
    for turn in range(TURNS):
        start = turn * len(every) // TURNS
        yield "I understand your frustration. Sorry " + " ".join(every[start:] + every[:start]) + "."


def _sympathy(scenario: Scenario) -> Iterator[str]:
    """Names everything, answers nothing."""
    things = [m.what for m in scenario.matters]
    for turn in range(TURNS):
        thing = things[turn % len(things)]
        yield (
            f"Hi {scenario.customer.split()[0]},\n\nI am so sorry about {thing}, I can see how hard that must be for you. "
            f"It is really upsetting and I feel for you. {'I do understand. ' * (turn % 2)}\n\nBest wishes,\n{scenario.agent}"
        )


def row(table: Mapping[str, Outcome]) -> str:
    """One scenario on one line: where each agent ended."""
    name = table["good"].scenario.id
    ends = "  ".join(f"{agent}: {o.play.end or '-'} {o.play.temper:.0f}" for agent, o in table.items())
    return f"{name:<28} {ends}"


def transcript(outcome: Outcome, words: Words) -> str:
    """A whole play as text, with what each reply moved."""
    play = outcome.play
    scenario = play.scenario
    lines = [f"\n--- {scenario.title}: the {outcome.agent} agent (temper {scenario.temper})", ""]
    lines += [f"{m.author}: {m.text}" for m in scenario.earlier]
    lines.append(f"{scenario.customer}: {scenario.opens}")
    for turn in play.turns:
        moved = ", ".join(f"{m.name} {m.points:+.0f}" for m in turn.moves)
        lines += ["", f"{scenario.agent}: {turn.reply}", f"   [{moved}; temper {turn.temper:.0f}]"]
        lines += ["", f"{scenario.customer}: {turn.answer}"]
    return "\n".join([*lines, f"   [{play.end or 'unfinished'}, {words.band(play.temper)}]", ""])


def summary(tables: Sequence[Mapping[str, Outcome]], seconds: float) -> str:
    """The figures of a run: ends by agent, how the temper follows the score, time for a turn."""
    plays = [outcome for table in tables for outcome in table.values()]
    turns = [(o.agent, turn, before) for o in plays for turn, before in _with_before(o.play)]
    lines = [f"{len(tables)} scenarios, {len(plays)} plays, {len(turns)} replies"]
    for agent in tables[0] if tables else ():
        ends = Counter(table[agent].play.end or "unfinished" for table in tables)
        mean = sum(table[agent].play.temper for table in tables) / len(tables)
        told = ", ".join(f"{end} {count}" for end, count in ends.most_common())
        lines.append(f"  {agent:<12} {told}; temper at the end {mean:.0f} on average")
    if len(turns) > 2:
        writers = [turn for turn in turns if turn[0] in ("good", "curt")]  # the others fake sentences, or repeat them
        linked = [
            spearman([t.heard.report.score for _, t, _ in some], [t.temper - before for _, t, before in some])
            for some in (writers, turns)
        ]
        lines.append(
            f"  the score of a reply and the change of temper: rank correlation {linked[0]:.2f} over the good and the curt "
            f"agent's replies, {linked[1]:.2f} over all"
        )
        lines.append(f"  {1000 * seconds / len(turns):.1f} ms a turn")
    return "\n".join(lines)


def _with_before(play: Play) -> Iterator[tuple[Turn, float]]:
    before = float(play.scenario.temper)
    for turn in play.turns:
        yield turn, before
        before = turn.temper
