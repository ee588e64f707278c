"""Makes ``weights.npz``: ``python -m empathy_coach.scoring.training.train EVAL_DIR [RULES_DIR]``.

Deterministic: the same data and rules give the same file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from threadpoolctl import threadpool_limits

from empathy_coach.corpus import VECTORS
from empathy_coach.domain import ELEMENTS, Draft, Reading
from empathy_coach.reading.read import read
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.scoring.asked import agree, doubted
from empathy_coach.scoring.elements import judge
from empathy_coach.scoring.evidence import Evidence, gather
from empathy_coach.scoring.features import BUCKETS, RELATED, STYLE, Look, customer_stems, look, related
from empathy_coach.scoring.heads import HEARD, SENTENCE_HEADS, Heads, Linear
from empathy_coach.scoring.total import summary
from empathy_coach.scoring.training.examples import Example, drafts, plain, replies
from empathy_coach.scoring.training.fit import fit
from empathy_coach.scoring.training.plan import (
    CIVIL_WEIGHT,
    DENSE_SIGNS,
    GRAM_SCALE,
    MODELS,
    PENALTY,
    REPLY_WEIGHT,
    VECTOR_SCALE,
)

_OUT = Path(__file__).parent.parent / "weights.npz"
# The evidence of the element models; what a sentence is heard as makes findings only.
_WEIGHED = tuple(head for head in SENTENCE_HEADS if head not in HEARD)


def names_of(rule_set: RuleSet) -> list[str]:
    """The sentence features, in order."""
    return [*rule_set.cues.names, *STYLE, *RELATED]


def sentence_rows(reading: Reading, names: Sequence[str]) -> tuple[list[list[float]], list[Look]]:
    """Dense features and looks of every sentence of a draft."""
    rows: list[list[float]] = []
    looks: list[Look] = []
    customer = customer_stems(reading.conversation)
    sentences = reading.own.sentences
    cue_names = names[: len(names) - len(STYLE) - len(RELATED)]
    for position, sentence in enumerate(sentences):
        present = {c.name for c in sentence.cues}
        seen = look(sentence.span.quote)
        rows.append(
            [
                *(float(n in present) for n in cue_names),
                *seen.style,
                *related(seen, position, len(sentences), customer),
            ]
        )
        looks.append(seen)
    return rows, looks


def gram_matrix(buckets: Sequence[Sequence[int]]) -> sp.csr_matrix:
    """Rows of bucket counts divided by the root of their number, as ``Heads`` uses them."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, items in enumerate(buckets):
        rows += [row] * len(items)
        columns += items
        values += [1 / len(items) ** 0.5] * len(items)
    return sp.csr_matrix((values, (rows, columns)), shape=(len(buckets), BUCKETS))


def vector_matrix(known: Sequence[Sequence[int]], vectors: np.ndarray) -> np.ndarray:
    """Sums of word vectors divided by the root of their number, as ``Heads`` uses them."""
    return np.array([vectors[list(rows)].sum(axis=0) / max(1, len(rows)) ** 0.5 for rows in known])


class _Whole:
    """Whole texts, as ``Heads`` weighs their politeness, with labels and weights."""

    def __init__(self) -> None:
        self.dense: list[np.ndarray] = []
        self.buckets: list[list[int]] = []
        self.labels: list[float] = []
        self.mass: list[float] = []

    def add(self, rows: Sequence[Sequence[float]], looks: Sequence[Look], label: float, mass: float) -> None:
        """Add the sentences of a text; one without any tells nothing."""
        if rows:
            self.dense.append(np.sum(rows, axis=0) / len(rows) ** 0.5)
            self.buckets.append([bucket for seen in looks for bucket in seen.buckets])
            self.labels.append(label)
            self.mass.append(mass)


class SentenceData:
    """All sentences of the training drafts and of single replies as matrices; replies and the politeness corpus also whole.

    A label that is not there is NaN.
    """

    def __init__(self, examples: Sequence[Example], directory: Path, rule_set: RuleSet) -> None:
        self.names = names_of(rule_set)
        with np.load(VECTORS) as data:
            self.vectors = data["vectors"].astype(np.float64) * float(data["scale"])
        self.vectors /= self.vectors.std() * 3
        dense: list[list[float]] = []
        looks: list[Look] = []
        labels: list[list[float]] = []
        folds: list[str] = []
        for example in examples:
            rows, some = sentence_rows(example.reading, self.names)
            dense += rows
            looks += some
            folds += [example.fold] * len(rows)
            for sentence in example.reading.own.sentences:
                a, b = sentence.span.start, sentence.span.end
                told = {h: float(any(s < b and a < e for s, e in spans)) for h, spans in example.spans.items()}
                told["worth"] = example.overall / 100
                labels.append([told.get(h, np.nan) for h in SENTENCE_HEADS])
        mass = [1.0] * len(labels)
        whole = _Whole()
        for reply in replies(rule_set):
            rows, some = sentence_rows(reply.reading, self.names)
            dense += rows
            looks += some
            folds += [reply.fold] * len(rows)
            labels += [[reply.labels.get(h, np.nan) for h in SENTENCE_HEADS]] * len(rows)
            mass += [REPLY_WEIGHT] * len(rows)
            whole.add(rows, some, reply.civil, CIVIL_WEIGHT)
        self.mass = np.array(mass)
        self.dense = np.array(dense)
        self.grams = gram_matrix([seen.buckets for seen in looks])
        self.meaning = vector_matrix([seen.known for seen in looks], self.vectors)
        self.labels = np.array(labels)
        self.folds = np.array(folds)
        self._polite(directory, rule_set, whole)
        self._fitted: dict[tuple[str, bytes], tuple[np.ndarray, float, np.ndarray]] = {}

    def _polite(self, directory: Path, rule_set: RuleSet, whole: _Whole) -> None:
        for row, conversation in plain(directory, "polite_wiki"):
            if row["split"] != "train":
                continue
            reading = read(conversation, Draft(row["text"]), rule_set.lexicon, rule_set.cues)
            rows, some = sentence_rows(reading, self.names)
            whole.add(rows, some, float(row["y"]), 1.0)
        self.polite_dense = np.array(whole.dense)
        self.polite_grams = gram_matrix(whole.buckets)
        self.polite_labels = np.array(whole.labels)
        self.polite_mass = np.array(whole.mass)

    def heads(
        self, keep: Any, wanted: Sequence[str] = SENTENCE_HEADS
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Fit the ``wanted`` heads on the sentences where ``keep``: (dense, bias, gram weights, word weights)."""
        width, size = len(self.names), self.vectors.shape[1]
        dense = np.zeros((width, len(SENTENCE_HEADS)))
        bias = np.zeros(len(SENTENCE_HEADS))
        gram_weights = np.zeros((BUCKETS, len(SENTENCE_HEADS)))
        word_weights = np.zeros((len(self.vectors), len(SENTENCE_HEADS)))
        for number, head in enumerate(SENTENCE_HEADS):
            if head in wanted:
                told = np.zeros(0, dtype=bool) if head == "polite" else keep & ~np.isnan(self.labels[:, number])
                key = head, told.tobytes()  # a head whose texts are in no fold is fitted once
                if key not in self._fitted:
                    self._fitted[key] = self._fit(head, number, told)
                found, bias[number], scale = self._fitted[key]
                dense[:, number] = found[:width] / scale
                meaning = VECTOR_SCALE.get(head, VECTOR_SCALE["*"])
                word_weights[:, number] = self.vectors @ found[width : width + size] * meaning
                gram_weights[:, number] = found[width + size :] * GRAM_SCALE[head]
        return dense, bias, gram_weights, word_weights

    def _fit(self, head: str, number: int, told: Any) -> tuple[np.ndarray, float, np.ndarray]:
        """Weights of the scaled features, bias, and the scale of the dense ones."""
        size = self.vectors.shape[1]
        if head == "polite":
            x, g, y = self.polite_dense, self.polite_grams, self.polite_labels
            v, mass = np.zeros((len(x), size)), self.polite_mass
        else:
            x, g, y, v = self.dense[told], self.grams[told], self.labels[told, number], self.meaning[told]
            mass = self.mass[told]
        scale = x.std(axis=0) + 0.05
        signs = [DENSE_SIGNS[head].get(n, DENSE_SIGNS[head]["*"]) for n in self.names]
        meaning = VECTOR_SCALE.get(head, VECTOR_SCALE["*"])
        together = sp.hstack([sp.csr_matrix(x / scale), sp.csr_matrix(v * meaning), g * GRAM_SCALE[head]]).tocsr()
        return *fit(together, y, signs + [0] * (size + BUCKETS), PENALTY[head], mass), scale


def quantised(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights as whole numbers of one byte, and what to multiply them with."""
    scale = np.abs(weights).max(axis=0) / 127
    scale[scale == 0] = 1
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def made_heads(names: Sequence[str], fitted: tuple[np.ndarray, ...], models: Mapping[str, Linear]) -> Heads:
    """Heads from fitted arrays, rounded as they will be shipped."""
    dense, bias, *tables = fitted
    grams, words = (whole.astype(np.float32) * scale for whole, scale in map(quantised, tables))
    return Heads(names, dense.astype(np.float32), bias.astype(np.float32), grams, words, models)


def model_of(name: str, rows: Sequence[Mapping[str, float]], labels: Sequence[float]) -> Linear:
    """Fit one model of ``plan.MODELS``."""
    plan = MODELS[name]
    x = np.array([[r.get(n, 0.0) for n in plan.signs] for r in rows])
    y = np.array(labels)
    scale = x.std(axis=0) + 0.05
    # States count alike however often they occur: a rare "missing" is what the coach is for.
    # Questions do not: what is open is asked of the agent, who sees a needless gap.
    alike = name not in ("overall", "answered")
    mass = np.where(y >= 0.5, 0.5 / y.mean(), 0.5 / (1 - y.mean())) if alike else None
    weights, bias = fit(x / scale, y, list(plan.signs.values()), plan.penalty, mass)
    return Linear(tuple(plan.signs), tuple(round(float(w), 4) for w in weights / scale), round(bias, 4))


def labels_for(name: str, examples: Iterable[Example]) -> list[float | None]:
    """1 given (or needed), 0 missing, None where it does not count."""
    if name == "action_needed":
        return [float(e.elements["action"] != "not_needed") for e in examples]
    table = {"given": 1.0, "missing": 0.0, "not_needed": None}
    return [table[e.elements[name]] for e in examples]


def fit_elements(
    examples: Sequence[Example], rows: Sequence[Mapping[str, float]], keep: Sequence[bool]
) -> dict[str, Linear]:
    """The models of the six elements, and of whether action is needed, on the examples where ``keep``."""
    out = {"answered": fit_answered(examples, rows, keep)}
    for name in (*ELEMENTS, "action_needed"):
        chosen = [
            (row, label)
            for row, label, use in zip(rows, labels_for(name, examples), keep, strict=True)
            if use and label is not None
        ]
        out[name] = model_of(name, [r for r, _ in chosen], [y for _, y in chosen])
    return out


def fit_answered(examples: Sequence[Example], rows: Sequence[Mapping[str, float]], keep: Sequence[bool]) -> Linear:
    """The model of whether a question is answered, on the examples where ``keep``."""
    asked = [
        ({**row, "said": question.likely}, float(label))
        for example, row, use in zip(examples, rows, keep, strict=True)
        for question, label in zip(example.reading.customer.questions, example.answers, strict=True)
        if use and label is not None
    ]
    return model_of("answered", [row for row, _ in asked], [label for _, label in asked])


def fit_overall(examples: Sequence[Example], rows: Sequence[Mapping[str, float]], keep: Sequence[bool]) -> Linear:
    """The model of the mark, on verdicts by models that did not see the file they judge."""
    summaries: list[Mapping[str, float]] = []
    marks: list[float] = []
    folds = [e.fold for e in examples]
    for fold in sorted({f for f, use in zip(folds, keep, strict=True) if use}):
        inner = [use and f != fold for f, use in zip(folds, keep, strict=True)]
        heads = Heads.of_models(fit_elements(examples, rows, inner))
        for example, row in zip(examples, rows, strict=True):
            if example.fold == fold:
                reading = doubted(example.reading, row, heads)
                reading, verdicts = agree(reading, judge(reading, Evidence(row, ()), heads))
                summaries.append(summary(verdicts, row, reading.customer.questions))
                marks.append(example.overall / 100)
    return model_of("overall", summaries, marks)


def out_of_fold(examples: Sequence[Example], data: SentenceData, rule_set: RuleSet) -> list[Mapping[str, float]]:
    """Evidence of every draft by heads that did not see its file."""
    rows: list[Mapping[str, float]] = [{}] * len(examples)
    for fold in sorted({e.fold for e in examples}):
        heads = made_heads(data.names, data.heads(data.folds != fold, _WEIGHED), {})
        for number, example in enumerate(examples):
            if example.fold == fold:
                rows[number] = gather(example.reading, example.findings, rule_set, heads).values
    return rows


def main(directory: Path, rules: Path) -> None:
    """Fit everything and write the file."""
    threadpool_limits(1)  # sums in another order would be another file, and small ones gain nothing from threads
    rule_set = load_rule_set(rules)
    examples = list(drafts(directory, rule_set))
    data = SentenceData(examples, directory, rule_set)
    rows = out_of_fold(examples, data, rule_set)
    everything = [True] * len(examples)
    models = fit_elements(examples, rows, everything)
    models["overall"] = fit_overall(examples, rows, everything)
    dense, bias, gram_weights, word_weights = data.heads(np.ones(len(data.folds), dtype=bool))
    grams, gram_scale = quantised(gram_weights)
    words, word_scale = quantised(word_weights)
    about = {
        "names": data.names,
        "models": {n: {"names": m.names, "weights": m.weights, "bias": m.bias} for n, m in models.items()},
    }
    np.savez_compressed(
        _OUT,
        about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        dense=dense.astype(np.float32),
        bias=bias.astype(np.float32),
        grams=grams,
        gram_scale=gram_scale,
        words=words,
        word_scale=word_scale,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "coach_rules"))
