"""What the customer says next: their own words, chosen by what was said to them and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from empathy_coach.practice.hearing import Heard
from empathy_coach.practice.moves import LineName, Move, MoveName, Words
from empathy_coach.practice.scenario import End, Question, Scenario
from empathy_coach.practice.temper import Memory

_GONE = 18.0  # at or below this temper nobody stays; but everybody waits for a second reply
_SETTLES = 28.0  # with all answered and less than this, they bring up nothing more
_TRUSTS = 42.0  # below this a hidden need stays hidden
_THANKS = 62.0
_POINTED = 32.0  # below this they do not ask politely any more
_STUNG: frozenset[MoveName] = frozenset({"blame", "condescending", "sarcasm", "asked_again", "hollow", "repeated"})
_REMARKS: tuple[tuple[frozenset[MoveName], str | None], ...] = (
    (frozenset({"blame"}), "blamed"),
    (frozenset({"asked_again"}), None),
    (frozenset({"hollow"}), "hollow"),
    (frozenset({"repeated"}), "repeated"),
    (frozenset({"curt", "minimising", "command", "bureaucratic", "jargon", "condescending", "sarcasm"}), "cold"),
    (frozenset({"half_heard", "passed_over"}), "half_heard"),
    (frozenset({"named"}), "heard"),
    (frozenset({"stock"}), "stock"),
)


@dataclass(frozen=True, slots=True)
class Turned:
    """The customer's answer and where it leaves the play. ``asked`` are all questions they have brought up."""

    text: str
    end: End | None
    memory: Memory
    asked: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One customer on one turn. ``pick`` chooses among wordings; ``last`` is the last turn there is."""

    scenario: Scenario
    words: Words
    temper: float
    moves: tuple[Move, ...]
    pick: int
    last: bool
    heard: Heard

    def answer(self, memory: Memory, asked: tuple[Question, ...]) -> Turned:
        """The next message."""
        scenario = self.scenario
        remark = self._remark(memory)
        said = replace(memory, said=memory.said | {remark})
        if self.temper <= _GONE and len(memory.replies) > 1:
            return self._gone(remark, said, asked)
        remark = _joined(remark, self._tells(memory))
        if scenario.hidden and any(m.name == "drew_out" for m in self.moves):
            asked = (*asked, scenario.hidden.question)
            return Turned(_joined(remark, scenario.hidden.question.asks or ""), None, said, asked)
        still = [q for q in asked if q.about not in memory.answered]
        if still:
            return self._press(still, remark, said, asked)
        following = next((q for q in scenario.later if q not in asked), None)
        if following and not self.last and self.temper >= _SETTLES:
            return Turned(_joined(remark, following.asks or ""), None, said, (*asked, following))
        kept = scenario.hidden if scenario.hidden and not memory.drawn_out and not memory.met else None
        if kept and not memory.hinted and not self.last and self.temper >= _TRUSTS:
            return Turned(_joined(remark, kept.hint), None, replace(said, hinted=True), asked)
        end: End = "settles" if kept or self.temper < _THANKS else "thanks"
        return Turned(scenario.endings[end], end, said, asked)

    def _gone(self, remark: str, memory: Memory, asked: tuple[Question, ...]) -> Turned:
        stung = {m.name for m in self.moves} & _STUNG
        text = _joined(remark if stung else "", self.scenario.endings[self.scenario.lost])
        return Turned(text, self.scenario.lost, memory, asked)

    def _press(self, still: Sequence[Question], remark: str, memory: Memory, asked: tuple[Question, ...]) -> Turned:
        """Ask again what is open; wait where a word was promised; go when there is nothing left to say."""
        if self.last:
            return self._gone(remark, memory, asked)
        names = {m.name for m in self.moves}
        if "comes_back" in names and "left_open" not in names:
            return Turned(_joined(remark, self._line("waits", memory)), None, memory, asked)
        if self.heard.put_off and (fresh := [w for w in self.words.lines["when"] if w not in memory.said]):
            line = fresh[self.pick % len(fresh)]
            return Turned(_joined(remark, line), None, replace(memory, said=memory.said | {line}), asked)
        question = min(still, key=lambda q: memory.pressed.count(q.about))
        times = memory.pressed.count(question.about)
        if times >= len(question.again):
            return self._gone(remark, memory, asked)
        line = question.again[-1 if self.temper < _POINTED and times == 0 else times]
        times_now = len(question.again) if line == question.again[-1] else 1
        pressed = (*memory.pressed, *([question.about] * times_now))
        return Turned(_joined(remark, line), None, replace(memory, pressed=pressed), asked)

    def _remark(self, memory: Memory) -> str:
        """One remark on how they were spoken to, the gravest first; "" when nothing calls for one."""
        names = {m.name for m in self.moves}
        tables: dict[str, tuple[str, ...]] = dict((*self.words.lines.items(), *self.scenario.voice.items()))
        for causes, source in _REMARKS:
            if not names & causes:
                continue
            if source is None:
                again = {m.what for m in self.moves if m.name == "asked_again"}
                lines: Sequence[str] = [t.says for t in self.scenario.told if t.what in again]
            else:
                lines = tables[source]
            fresh = [line for line in lines if line not in memory.said]
            if fresh:
                return fresh[self.pick % len(fresh)]
        return ""

    def _tells(self, memory: Memory) -> str:
        """What they say to a question or an offer of the agent's."""
        if self.heard.tells or not self.heard.offered:
            return self.heard.tells
        lines = self.scenario.voice.get("accepts", self.words.lines["accepts"])
        fresh = [line for line in lines if line not in memory.said] or lines
        return fresh[self.pick % len(fresh)]

    def _line(self, name: LineName, memory: Memory) -> str:
        lines = self.words.lines[name]
        return lines[self.pick % len(lines)]


def _joined(*parts: str) -> str:
    """The parts as one message; people who write without full stops write on a new line."""
    out = ""
    for part in filter(None, parts):
        out += (" " if out[-1:] in ".!?" else "\n") * bool(out) + part
    return out
