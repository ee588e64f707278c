"""Make the weights anew: ``python -m empathy_coach.reading.customer.train EVAL_DIR SIGNALS_FILE`` (needs the ``train`` extra).

Deterministic: the same data give the same files, byte for byte. Only data whose licence allows it: ``go_upset``
(Apache-2.0; its own train split for the style, its dev split for putting things together, its test split never),
``training/``, the conversations of ``corpus``, and ``marks.tsv`` and ``answers.tsv`` next to this file (ours). ``conversations.jsonl`` is not read. See ``UPSET.md``.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from empathy_coach.corpus import VECTORS, labelled_files
from empathy_coach.domain import Message
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.customer import signals
from empathy_coach.reading.customer.burden import Burden
from empathy_coach.reading.customer.clauses import parse
from empathy_coach.reading.customer.fitting import Row, fit
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.questions import asked
from empathy_coach.reading.customer.style import (
    BITS,
    SHAPE,
    TOKEN,
    Style,
    is_negation,
    pair_gram,
    shape_features,
    valence_features,
    word_grams,
)
from empathy_coach.reading.customer.touching import candidates, latest
from empathy_coach.reading.customer.train_answered import train_answered
from empathy_coach.reading.customer.upset import features as upset_features
from empathy_coach.reading.customer.upset import mood
from empathy_coach.reading.vocabulary import WORD, rows_of

Heads = dict[str, dict[str, float]]
_HERE = Path(__file__).parent
_STYLE_C, _UPSET_C, _FEELING_C, _BURDEN_C, _TOUCHING_C = 2.0, 3.0, 0.3, 0.1, 0.3
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_COMMENT_WEIGHT = 0.85  # of one short comment against one ticket, when style and content are put together
_NEEDS = 2  # the mark of a short message from which an acknowledgement is needed
_SHORT_WEIGHT = 0.3  # of one against a ticket
_STRETCH = 1.25  # the heads are shrunk by their penalty; this brings calm and furious tickets to their ends


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON-lines file, gzipped or not."""
    read = gzip.open if path.suffix == ".gz" else open
    with read(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_training(eval_dir: Path) -> list[Row]:
    """All labelled conversations, in the order of file names: ``author`` is the file's name."""
    return [{**row, "author": path.stem} for path in labelled_files(eval_dir) for row in read_rows(path)]


def read_marks() -> list[Row]:
    """``marks.tsv`` as rows like those of ``training/``: one message each."""
    lines = (_HERE / "marks.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return [{"upset": int(mark), "conversation": [{"role": "customer", "text": text}]} for mark, text in pairs]


def read_valence() -> dict[str, float]:
    """VADER's word valences (MIT), from the installed package; plain words only."""
    spec = importlib.util.find_spec("vaderSentiment")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("vaderSentiment is not installed; install the train extra")
    lines = Path(spec.submodule_search_locations[0], "vader_lexicon.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t")[:2] for line in lines if line.strip())
    return {word: round(float(value), 1) for word, value in pairs if re.fullmatch("[a-z']+", word)}


def style_matrix(texts: Sequence[str], valence: Mapping[str, float]) -> sp.csr_matrix:
    """Hashed grams, scaled by their number's root, and the valence and shape features."""
    places: list[int] = []
    values: list[float] = []
    ends = [0]
    dense = []
    for text in texts:
        tokens = TOKEN.findall(fold(text).text)
        grams = [gram for word in sorted(set(tokens)) for gram in word_grams(word)]
        grams += [pair_gram(a, b) for a, b in zip(["^", *tokens], [*tokens, "$"], strict=True)]
        places += grams
        values += [len(grams) ** -0.5] * len(grams)
        ends.append(len(places))
        valences = valence_features([valence.get(t) for t in tokens], [is_negation(t) for t in tokens])
        dense.append(valences + shape_features(text, len(tokens), tokens))
    hashed = sp.csr_matrix((values, places, ends), shape=(len(texts), 1 << BITS))
    hashed.sum_duplicates()
    return sp.hstack([hashed, sp.csr_matrix(np.array(dense))]).tocsr()


def train_style(comments: Sequence[Row], valence: Mapping[str, float]) -> dict[str, np.ndarray]:
    """The arrays of ``upset.npz``; the hashed weights as whole numbers of one byte."""
    matrix = style_matrix([row["text"] for row in comments], valence)
    head = LogisticRegression(C=_STYLE_C, max_iter=1000).fit(matrix, [row["y"] for row in comments])
    weights = head.coef_[0]
    scale = float(np.abs(weights[:-SHAPE]).max()) / 127
    words = sorted(valence)
    return {
        "weights": np.round(weights[:-SHAPE] / scale).astype(np.int8),
        "scale": np.float64(scale),
        "dense": np.round(weights[-SHAPE:], 4).astype(np.float32),
        "bias": np.float64(round(float(head.intercept_[0]), 4)),
        "valence": np.array([round(valence[w] * 10) for w in words], dtype=np.int8),
        "valence_words": np.frombuffer(" ".join(words).encode("ascii"), dtype=np.uint8),
    }


def style_of(arrays: Mapping[str, np.ndarray]) -> Style:
    """The head that the arrays make."""
    words = bytes(arrays["valence_words"]).decode("ascii").split()
    valence = dict(zip(words, (arrays["valence"] / 10).tolist(), strict=True))
    return Style(arrays["weights"], float(arrays["scale"]), arrays["dense"], float(arrays["bias"]), valence)


def split_turns(row: Row) -> tuple[list[int], list[int]]:
    """The numbers of the customer's open messages and of those before."""
    roles = [m["role"] for m in row["conversation"]]
    last_agent = max((i for i, role in enumerate(roles) if role == "agent"), default=-1)
    customer = [i for i, role in enumerate(roles) if role == "customer"]
    open_ones = [i for i in customer if i > last_agent] or customer[-1:]
    return open_ones, [i for i in customer if i < open_ones[0]]


def train_burden(tickets: Sequence[Row]) -> dict[str, np.ndarray]:
    """The arrays of ``burden.npz``, from the sentences in which people marked a signal; a weight of one byte a word.

    What a word weighs is fitted through what it means, so that words of the same meaning weigh the same.
    """
    with np.load(VECTORS) as data:
        vectors = data["vectors"] * (1 / (data["vectors"].std() * 1.5))
    rows, labels = [], []
    for ticket in tickets:
        marked = [s["quote"] for s in ticket["customer_signals"] if s["kind"] != "gratitude"]
        for message in ticket["conversation"]:
            for sentence in _SENTENCE_END.split(message["text"]) if message["role"] == "customer" else []:
                known = rows_of(WORD.findall(fold(sentence).text))
                if known:
                    rows.append(vectors[list(known)].sum(axis=0) / len(known) ** 0.5)
                    labels.append(any(quote in sentence or sentence in quote for quote in marked))
    head = LogisticRegression(C=_BURDEN_C, max_iter=1000).fit(np.array(rows), labels)
    weights = vectors @ head.coef_[0]
    scale = float(np.abs(weights).max()) / 127
    return {
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": np.float64(scale),
        "bias": np.float64(round(float(head.intercept_[0]), 4)),
    }


def burden_of(arrays: Mapping[str, np.ndarray]) -> Burden:
    """The head that the arrays make."""
    return Burden((arrays["weights"] * float(arrays["scale"])).tolist(), float(arrays["bias"]))


def ticket_features(row: Row, lexicon: Lexicon, style: Style, burden: Burden) -> dict[str, float]:
    """The upset features of a conversation."""

    def read(number: int) -> Any:
        parsed = parse(row["conversation"][number]["text"])
        return mood(parsed, signals.evidence(parsed, lexicon), style, burden)

    open_ones, earlier = split_turns(row)
    return upset_features([read(i) for i in open_ones], [read(i) for i in earlier])


def train_upset(
    tickets: Sequence[Row],
    comments: Sequence[Row],
    lexicon: Lexicon,
    style: Style,
    burden: Burden,
    unseen: Mapping[str, Burden],
) -> tuple[dict[str, float], dict[str, float]]:
    """The heads ``upset`` and ``feeling``.

    The first puts style and content together: tickets with their marks as soft labels, comments with their own bias.
    The second says whether an acknowledgement is needed; comments do not tell.
    """
    marks = read_marks()
    of_tickets = [ticket_features(row, lexicon, style, unseen[row["author"]]) for row in tickets]
    of_marks = [ticket_features(row, lexicon, style, burden) for row in marks]
    as_tickets = [{"conversation": [{"role": "customer", "text": row["text"]}]} for row in comments]
    faceless = dict.fromkeys(("faces_angry", "faces_bad", "faces_happy"), 0.0)  # in comments they are jokes as a rule
    of_comments = [{**ticket_features(row, lexicon, style, burden), **faceless, "comment": 1.0} for row in as_tickets]
    level = np.array([row["upset"] / 10 for row in (*tickets, *marks)])
    labels = np.r_[np.ones(len(level)), np.zeros(len(level)), [row["y"] for row in comments]]
    weights = np.r_[level, 1 - level, np.full(len(comments), _COMMENT_WEIGHT)]
    head = fit([*of_tickets, *of_marks, *of_tickets, *of_marks, *of_comments], labels, _UPSET_C, weights)
    del head["comment"]
    needed = np.array([any(d["elements"]["feeling"] != "not_needed" for d in row["drafts"]) for row in tickets])
    short = [row["upset"] >= _NEEDS for row in marks]
    # A routine message is as much a case as an upset one, however few of them people wrote.
    alike = np.where(needed, 0.5 / needed.mean(), 0.5 / (1 - needed.mean()))
    alike = np.r_[alike, np.full(len(marks), _SHORT_WEIGHT)]
    feeling = fit([*of_tickets, *of_marks], [*needed, *short], _FEELING_C, alike)
    return {name: round(weight * _STRETCH, 3) for name, weight in head.items()}, feeling


def train_heads(
    tickets: Sequence[Row], comments: Sequence[Row], lexicon: Lexicon, style: Style, burden: Burden
) -> Heads:
    """The heads of ``heads.json``."""
    # The burden of a ticket is weighed by a head that has not seen its author.
    authors = dict.fromkeys(row["author"] for row in tickets)
    unseen = {author: burden_of(train_burden([t for t in tickets if t["author"] != author])) for author in authors}
    upset, feeling = train_upset(tickets, comments, lexicon, style, burden, unseen)
    answers, answered = train_answered(tickets, lexicon)
    touching = train_touching(tickets, lexicon, unseen)
    return {"upset": upset, "feeling": feeling, "answers": answers, "answered": answered, "touching": touching}


def train_touching(tickets: Sequence[Row], lexicon: Lexicon, unseen: Mapping[str, Burden]) -> dict[str, float]:
    """The head ``touching``, from the words that readers would take up first."""
    rows, labels = [], []
    for ticket in tickets:
        messages = [Message(m["role"], m["author"], m["text"]) for m in ticket["conversation"]]
        for number, answers, back in latest(messages) if "acknowledge" in ticket else ():
            text = messages[number].text
            places = [(text.find(quote), len(quote)) for quote in ticket["acknowledge"]]
            parsed, burden = parse(text), unseen[ticket["author"]]
            for clause, values in candidates(
                parsed, signals.evidence(parsed, lexicon), asked(parsed), burden, answers, back
            ):
                start, end = parsed.folded.back(clause.start, clause.end)
                rows.append(values)
                labels.append(
                    any(
                        at >= 0 and 2 * (min(end, at + long) - max(start, at)) >= min(end - start, long)
                        for at, long in places
                    )
                )
    return fit(rows, labels, _TOUCHING_C)


def main(eval_dir: Path, signals_file: Path) -> None:
    """Write ``upset.npz``, ``burden.npz`` and ``heads.json`` next to this file."""
    import yaml

    threadpool_limits(1)  # sums in another order would be another file
    # The base loader knows text, lists and mappings only: "no" and "on" are words here.
    lexicon = Lexicon.build(yaml.load(signals_file.read_bytes(), Loader=yaml.CBaseLoader))  # noqa: S506
    comments = read_rows(eval_dir / "go_upset.jsonl.gz")
    arrays = train_style([row for row in comments if row["split"] == "train"], read_valence())
    np.savez_compressed(_HERE / "upset.npz", **arrays)  # type: ignore[arg-type]  # numpy's stub mistakes the names
    dev = [row for row in comments if row["split"] == "dev"]
    tickets = read_training(eval_dir)
    burden = train_burden(tickets)
    np.savez_compressed(_HERE / "burden.npz", **burden)  # type: ignore[arg-type]  # as above
    heads = train_heads(tickets, dev, lexicon, style_of(arrays), burden_of(burden))
    (_HERE / "heads.json").write_text(json.dumps(heads, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
