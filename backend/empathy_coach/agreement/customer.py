"""How well the customer reading agrees with people: signals, questions answered, and how upset they are.

Figures are of the shipped fields of ``CustomerReading``. ``training/`` was developed on, ``conversations.jsonl`` only
in its odd rows (the first, the third, ...): its even rows are held out. GoEmotions: the test split, never trained on.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from empathy_coach.domain import Conversation, CustomerReading, Message
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.reader import read_customer

Row = dict[str, Any]
Figures = dict[str, float]
Counts = dict[str, list[int]]


def customer_figures(eval_dir: Path, lexicon: Lexicon) -> Figures:
    """Figures by name; names say the data set, the half and the measure. Missing files are left out."""
    out: Figures = {}
    dev = eval_dir / "conversations.jsonl"
    if dev.exists():
        rows = list(_rows(dev))
        for name, part in (("odd rows", rows[::2]), ("even rows, held out", rows[1::2]), ("all", rows)):
            out |= _conversation_figures(f"conversations ({name})", part, lexicon)
    training = [row for path in sorted((eval_dir / "training").glob("*.jsonl")) for row in _rows(path)]
    if training:
        out |= _conversation_figures("training", training, lexicon)
        marks = [float(row["upset"]) for row in training]
        read = [read_customer(_conversation(row), "", lexicon).upset for row in training]
        out["training: upset, rank correlation"] = rank_correlation(read, marks)
        out["training: upset, mean of the calm (0)"] = float(
            np.mean([r for r, m in zip(read, marks, strict=True) if m == 0])
        )
        out["training: upset, mean of 8 and more"] = float(
            np.mean([r for r, m in zip(read, marks, strict=True) if m >= 8])
        )
    comments = eval_dir / "go_upset.jsonl.gz"
    if comments.exists():
        test = [row for row in _rows(comments) if row["split"] == "test"]
        read = [read_customer(_one(row["text"]), "", lexicon).upset for row in test]
        out["GoEmotions test: upset, AUC"] = auc(read, [bool(row["y"]) for row in test])
    return out


def _conversation_figures(name: str, rows: Sequence[Row], lexicon: Lexicon) -> Figures:
    kinds: Counts = defaultdict(lambda: [0, 0, 0])
    calm = 0
    answers = {True: [0, 0, 0], False: [0, 0, 0]}
    found = asked = 0
    for row in rows:
        conversation = _conversation(row)
        alone = read_customer(conversation, "", lexicon)
        _count_signals(row, alone, kinds)
        calm += alone.routine == (_elements(row)["feeling"] == "not_needed")
        drafts = row.get("drafts") or [{"text": row["draft"]}]
        for number, draft in enumerate(drafts):
            reading = read_customer(conversation, draft["text"], lexicon)
            for question in row["questions"]:
                place = locate(row, question["quote"])
                gold = question["answered"]
                truth = bool(gold[number] if isinstance(gold, list) else gold)
                hits = [
                    q.answered
                    for q in reading.questions
                    if place and q.message == place[0] and q.span.start < place[2] and place[1] < q.span.end
                ]
                asked += 1
                found += bool(hits)
                said = bool(hits) and all(hits)  # a question that was not found counts as not answered
                _tally(answers[True], said, truth)
                _tally(answers[False], not said, not truth)
    total = [sum(column) for column in zip(*kinds.values(), strict=True)]
    out = {
        f"{name}: signals, precision": _precision(total),
        f"{name}: signals, recall": _recall(total),
        f"{name}: signals, F1": f1(total),
    }
    out |= {f"{name}: {kind}, F1": f1(counts) for kind, counts in sorted(kinds.items())}
    out[f"{name}: feeling needed or not, right"] = calm / len(rows)
    out[f"{name}: questions found"] = found / asked
    out[f"{name}: answered, F1"] = f1(answers[True])
    out[f"{name}: unanswered, F1"] = f1(answers[False])
    out[f"{name}: answered or not, right"] = (answers[True][0] + answers[False][0]) / asked
    return out


def _elements(row: Row) -> dict[str, str]:
    """The states that people gave: of the draft, or of the first of several (whether feeling is needed is the same)."""
    drafts = row.get("drafts")
    states: dict[str, str] = (drafts[0] if drafts else row)["elements"]
    return states


def _count_signals(row: Row, reading: CustomerReading, kinds: Counts) -> None:
    """Right, too many, missed; overlapping span and same kind."""
    gold = [(s["kind"], place) for s in row["customer_signals"] if (place := locate(row, s["quote"]))]
    met: set[int] = set()
    for signal in reading.signals:
        hits = [
            i
            for i, (kind, (message, start, end)) in enumerate(gold)
            if kind == signal.kind and message == signal.message and signal.span.start < end and start < signal.span.end
        ]
        met.update(hits)
        kinds[signal.kind][0 if hits else 1] += 1
    for i, (kind, _) in enumerate(gold):
        kinds[kind][2] += i not in met


def locate(row: Row, quote: str) -> tuple[int, int, int] | None:
    """Message number and offsets of a labelled quote: the last customer message that has it."""
    for number in range(len(row["conversation"]) - 1, -1, -1):
        message = row["conversation"][number]
        if message["role"] == "customer" and quote in message["text"]:
            start = message["text"].index(quote)
            return number, start, start + len(quote)
    return None


def _tally(counts: list[int], said: bool, truth: bool) -> None:
    counts[0] += said and truth
    counts[1] += said and not truth
    counts[2] += truth and not said


def _precision(counts: Sequence[int]) -> float:
    return counts[0] / ((counts[0] + counts[1]) or 1)


def _recall(counts: Sequence[int]) -> float:
    return counts[0] / ((counts[0] + counts[2]) or 1)


def f1(counts: Sequence[int]) -> float:
    """F1 of right, too many, missed."""
    return 2 * counts[0] / ((2 * counts[0] + counts[1] + counts[2]) or 1)


def _ranks(values: Sequence[float]) -> np.ndarray:
    """Ranks from 1, ties shared."""
    array = np.asarray(values, dtype=float)
    _, group, sizes = np.unique(array, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    ranks: np.ndarray = (last - (sizes - 1) / 2)[group]
    return ranks


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's rank correlation."""
    return float(np.corrcoef(_ranks(first), _ranks(second))[0, 1])


def auc(values: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance that a positive one is valued above a negative one."""
    truth = np.asarray(labels)
    positives, negatives = int(truth.sum()), int((~truth).sum())
    return float((_ranks(values)[truth].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def _rows(path: Path) -> Iterator[Row]:
    read = gzip.open if path.suffix == ".gz" else open
    with read(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _conversation(row: Row) -> Conversation:
    messages = tuple(Message(m["role"], m["author"], m["text"]) for m in row["conversation"])
    return Conversation(messages, row.get("agent_name"), row.get("customer_name"))


def _one(text: str) -> Conversation:
    return Conversation((Message("customer", "", text),))
