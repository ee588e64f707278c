"""The draft reading: the agent's own sentences, what each does, and what is left out of judgement."""

from __future__ import annotations

from functools import lru_cache

from empathy_coach.domain import Act, Conversation, Cue, Draft, DraftReading, Sentence, Span
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.cues import Cues
from empathy_coach.reading.layout import lay_out
from empathy_coach.reading.sentences import split_line

_STEP: frozenset[Act] = frozenset({"promise", "next_step", "instruction"})


def read_draft(draft: Draft, conversation: Conversation, cues: Cues) -> DraftReading:
    """Read a draft. Greeting, sign-off and everything in ``skipped`` stand outside the sentences."""
    layout = lay_out(draft.text, conversation.agent_name, conversation.customer_name)
    sentences: list[Sentence] = []
    for start, end, paragraph in layout.body:
        for first, last, text, found, acts in _read_line(draft.text[start:end], cues):
            sentences.append(Sentence(Span(start + first, start + last, text), paragraph, acts, found))
    return DraftReading(tuple(sentences), layout.skipped, layout.greeting, layout.sign_off)


@lru_cache(maxsize=2048)  # an edit in one line costs one line
def _read_line(line: str, cues: Cues) -> tuple[tuple[int, int, str, tuple[Cue, ...], frozenset[Act]], ...]:
    return tuple(
        (first, last, line[first:last], *_read_sentence(line[first:last], cues)) for first, last in split_line(line)
    )


@lru_cache(maxsize=4096)  # an edit in one sentence costs one sentence
def _read_sentence(text: str, cues: Cues) -> tuple[tuple[Cue, ...], frozenset[Act]]:
    folded = fold(text)
    found: list[Cue] = []
    acts: set[Act] = set()
    for hit in cues.find(folded):
        start, end = folded.back(hit.start, hit.end)
        found.append(Cue(cues.names[hit.cue], start, end))
        act = cues.acts[hit.cue]
        if act:
            acts.add(act)
    ending = text.rstrip(" \"'”’)")
    if ending.endswith("?"):
        acts.add("question")
    elif "question" in acts:
        acts.discard("question")  # "what is wrong" inside a statement asks nothing
    if acts & _STEP:
        acts.add("next_step")
    return tuple(found), frozenset(acts or {"statement"})
