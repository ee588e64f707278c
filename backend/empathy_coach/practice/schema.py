"""From a parsed scenario file to a ``Scenario``: every key checked, every mistake with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from empathy_coach.domain import Message
from empathy_coach.practice.scenario import (
    ENDS,
    MARKS,
    MOODS,
    SHARED_MOODS,
    WANTED,
    End,
    Hidden,
    Known,
    Mark,
    Marked,
    Matter,
    Mood,
    Question,
    Says,
    Scenario,
    Script,
    Told,
)
from empathy_coach.reading.patterns import PatternError
from empathy_coach.rules.document import Block
from empathy_coach.rules.problems import Problem, shown
from empathy_coach.rules.schema import Checker

_REQUIRED = (
    "title", "domain", "customer", "agent", "temper", "opens", "you_know", "matters", "questions", "voice", "endings", "agents",
)  # fmt: skip
_OPTIONAL = ("told", "knows", "later", "hidden", "earlier", "listening", "thin_skin")
_SCRIPTS: tuple[Script, ...] = ("good", "curt")
_CAME_OUT = "what came out when you asked"
_QUESTION = ("about", "answered", "again")


def build_scenario(block: Block, file: str, scenario_id: str) -> tuple[Scenario | None, list[Problem]]:
    """The scenario that a file holds, or None, and all that is wrong with it."""
    check = _Reader(file)
    check.unknown_keys(block, (*_REQUIRED, *_OPTIONAL))
    check.needs(block, _REQUIRED)
    opens = check.said(block, "opens")
    scenario = Scenario(
        id=scenario_id,
        file=file,
        title=check.said(block, "title"),
        domain=check.said(block, "domain"),
        customer=check.said(block, "customer"),
        agent=check.said(block, "agent"),
        temper=check.number(block, "temper", 5, 90) or 50,
        thin_skin=check.number(block, "thin_skin", 50, 200) or 100,
        opens=opens,
        you_know=check.texts(block, "you_know"),
        matters=tuple(check.matters(block)),
        told=tuple(check.told(block)),
        knows=tuple(check.knows(block)),
        questions=tuple(check.questions(block, "questions")),
        later=tuple(check.questions(block, "later")),
        hidden=check.hidden(block),
        earlier=tuple(check.earlier(block)),
        voice=check.voice(block),
        endings=check.endings(block),
        agents=check.scripts(block),
        listening=tuple(check.marks(block, opens)),
        kind="reply",
    )
    return (None, check.problems) if check.problems else (scenario, [])


class _Reader(Checker):
    """``Checker`` with the shapes of a scenario."""

    def needs(self, block: Block, keys: Sequence[str]) -> None:
        for key in keys:
            if key not in block:
                self.note(block.line, f'"{key}" is missing')

    def said(self, block: Block, key: str) -> str:
        """Words to be shown: one paragraph a line of the file's folded text."""
        return self.text(block, key) or ""

    def says(self, block: Block, key: str) -> Says:
        patterns = self.patterns(block, key)
        try:
            return Says.of(patterns)
        except PatternError as error:
            self.note(block.lines.get(key, block.line), f"{key}: {error}")
            return Says.of(())

    def blocks(self, block: Block, key: str, allowed: Sequence[str], needed: Sequence[str]) -> Iterator[Block]:
        """The items of a list of mappings, each with its keys checked."""
        for value, line in self.items(block, key):
            if not isinstance(value, Block):
                self.note(line, f"{key}: each item needs {', '.join(needed)}")
                continue
            self.unknown_keys(value, allowed)
            self.needs(value, needed)
            yield value

    def inner(self, block: Block, key: str, allowed: Sequence[str]) -> Block:
        """A mapping under ``key`` with known keys; an empty one when it is absent or something else."""
        value = block.get(key)
        if not isinstance(value, Block):
            if key in block:
                self.note(block.lines[key], f"{key}: must hold {', '.join(allowed)}")
            return Block(block.line)
        self.unknown_keys(value, allowed)
        return value

    def matters(self, block: Block) -> Iterator[Matter]:
        value = block.get("matters")
        if not isinstance(value, Block):
            if "matters" in block:
                self.note(block.lines["matters"], 'matters: write "what it is: [words that name it]"')
            return
        for what in value:
            yield Matter(what, self.says(value, what))

    def told(self, block: Block) -> Iterator[Told]:
        keys = ("what", "asked_again", "says")
        for item in self.blocks(block, "told", keys, keys):
            yield Told(self.said(item, "what"), self.says(item, "asked_again"), self.said(item, "says"))

    def knows(self, block: Block) -> Iterator[Known]:
        keys = ("asked", "says")
        for item in self.blocks(block, "knows", keys, keys):
            yield Known(self.says(item, "asked"), self.said(item, "says"))

    def questions(self, block: Block, key: str) -> Iterator[Question]:
        more = ("asks",) if key == "later" else ()
        for item in self.blocks(block, key, (*_QUESTION, *more, "wants"), (*_QUESTION, *more)):
            yield self.question(item, self.text(item, "asks"))

    def question(self, item: Block, asks: str | None) -> Question:
        wants: Any = self.word(item, "wants", WANTED)
        return Question(self.said(item, "about"), self.says(item, "answered"), self.texts(item, "again"), asks, wants)

    def hidden(self, block: Block) -> Hidden | None:
        if "hidden" not in block:
            return None
        keys = ("need", "asked", "hint", "says", "answered", "again")
        item = self.inner(block, "hidden", (*keys, "wants"))
        self.needs(item, keys)
        need = self.said(item, "need")
        item["about"] = _CAME_OUT
        item.lines["about"] = item.lines.get("need", item.line)
        return Hidden(
            need, self.says(item, "asked"), self.said(item, "hint"), self.question(item, self.said(item, "says"))
        )

    def earlier(self, block: Block) -> Iterator[Message]:
        for item in self.blocks(block, "earlier", ("customer", "agent", "name"), ()):
            role: Any = next((r for r in ("customer", "agent") if r in item), None)
            if role is None:
                self.note(item.line, 'earlier: each item needs "customer" or "agent"')
                continue
            name = self.text(item, "name") or (self.said(block, "customer") if role == "customer" else "A colleague")
            yield Message(role, name, self.said(item, role))

    def voice(self, block: Block) -> dict[Mood, tuple[str, ...]]:
        inner = self.inner(block, "voice", MOODS)
        self.needs(inner, [mood for mood in MOODS if mood not in SHARED_MOODS] if "voice" in block else ())
        return {mood: self.texts(inner, mood) for mood in MOODS if mood in inner}

    def endings(self, block: Block) -> dict[End, str]:
        inner = self.inner(block, "endings", ENDS)
        if "endings" in block:
            self.needs(inner, ("thanks", "settles"))
            if ("escalates" in inner) == ("leaves" in inner):
                self.note(inner.line, 'endings: one of "escalates" and "leaves", the way this customer goes')
        return {end: self.said(inner, end) for end in ENDS if end in inner}

    def scripts(self, block: Block) -> dict[Script, tuple[str, ...]]:
        inner = self.inner(block, "agents", _SCRIPTS)
        self.needs(inner, _SCRIPTS if "agents" in block else ())
        return {script: self.texts(inner, script) for script in _SCRIPTS}

    def marks(self, block: Block, opens: str) -> Iterator[Marked]:
        inner = self.inner(block, "listening", MARKS)
        for mark in MARKS:
            for value, line in self.items(inner, mark):
                quote, why = (
                    (self.text(value, "quote"), self.text(value, "why")) if isinstance(value, Block) else (value, None)
                )
                yield from self.marked(mark, quote, why, opens, line)

    def marked(self, mark: Mark, quote: object, why: str | None, opens: str, line: int) -> Iterator[Marked]:
        if isinstance(quote, str) and quote in opens:
            yield Marked(mark, quote, why)
        else:
            self.note(line, f"listening: {shown(quote)} does not stand in the opening message")
