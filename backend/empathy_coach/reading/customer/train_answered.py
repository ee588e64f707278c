"""The heads that say which questions a draft answers: ``answers`` (question and sentence) and ``answered`` (whole draft).

``answers.tsv`` has single sentences with their labels. The drafts of ``training/`` are labelled as wholes, so the sentence
that answers is the one that the head of the round before liked best, and in a draft that does not answer none does
(multiple-instance learning as in Andrews et al. 2002, mi-SVM, with a logistic head).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from empathy_coach.reading.customer import answered
from empathy_coach.reading.customer.clauses import parse
from empathy_coach.reading.customer.fitting import Row, fit
from empathy_coach.reading.customer.heads import Weights, logit
from empathy_coach.reading.customer.lexicon import Lexicon
from empathy_coach.reading.customer.questions import Asked, asked
from empathy_coach.reading.customer.said import DraftWords, prepare

_HERE = Path(__file__).parent
_PAIR_C, _DRAFT_C = 1.0, 2.0
_ROUNDS = 3
_OTHER = 0.35  # the weight of a sentence in a draft that does not answer: there are many of them
_STRANGER, _STRANGERS = 0.5, (7, 23, 41)  # answers to questions so many lines on, and their weight
_PLAIN = 2.0  # the weight of a line of ``answers.tsv`` against a draft: those are many, and less plain
_DOUBT = 0.5  # a question wrongly taken as answered costs a customer more than a reminder costs an agent


@dataclass(frozen=True)
class Case:
    """One labelled question: ``items[number]`` against a draft."""

    items: tuple[Asked, ...]
    number: int
    draft: DraftWords
    answered: bool


def locate(row: Row, quote: str) -> tuple[int, int, int] | None:
    """Message number and offsets of a labelled quote: the last customer message that has it."""
    for number in range(len(row["conversation"]) - 1, -1, -1):
        message = row["conversation"][number]
        if message["role"] == "customer" and quote in message["text"]:
            start = message["text"].index(quote)
            return number, start, start + len(quote)
    return None


def cases_of(row: Row, lexicon: Lexicon) -> Iterator[Case]:
    """Every labelled question of a conversation that we find, against each of its drafts."""
    found: list[tuple[int, int, int]] = []
    items: list[Asked] = []
    for number, message in enumerate(row["conversation"]):
        if message["role"] == "customer":
            parsed = parse(message["text"])
            for item in asked(parsed):
                found.append((number, *parsed.folded.back(item.start, item.end)))
                items.append(item)
    for draft_number, draft in enumerate(row["drafts"]):
        words = prepare(draft["text"], lexicon)
        for question in row["questions"]:
            place = locate(row, question["quote"])
            for i, (number, start, end) in enumerate(found):
                if place and number == place[0] and start < place[2] and place[1] < end:
                    yield Case(tuple(items), i, words, bool(question["answered"][draft_number]))
                    break


def read_answers(lexicon: Lexicon) -> tuple[list[Case], list[Case]]:
    """``answers.tsv``: its cases, and questions with the answers to other questions."""
    lines = (_HERE / "answers.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    questions = list(dict.fromkeys(question for _, question, _ in rows))
    items = {question: asked(parse(question)) for question in questions}
    replies = {question: prepare(reply, lexicon) for mark, question, reply in rows if mark == "1"}
    own = [
        Case(items[question], len(items[question]) - 1, prepare(reply, lexicon), mark == "1")
        for mark, question, reply in rows
        if items[question]
    ]
    strangers = [
        Case(items[question], len(items[question]) - 1, replies[other], False)
        for number, question in enumerate(questions)
        for step in _STRANGERS
        if items[question] and (other := questions[(number + step) % len(questions)]) in replies
    ]
    return own, strangers


def _pairs(case: Case, lexicon: Lexicon) -> list[answered.Features]:
    item = case.items[case.number]
    wanted = answered.wanted_of(item.text, item.request, lexicon)
    return [answered.pair(wanted, said) for said in case.draft.stated]


def train_pairs(drafts: Sequence[Case], lexicon: Lexicon) -> dict[str, float]:
    """The head ``answers``."""
    own, strangers = read_answers(lexicon)
    sure = [(pair, case.answered, 1.0) for case in own for pair in _pairs(case, lexicon)]
    sure += [(pair, False, _STRANGER) for case in strangers for pair in _pairs(case, lexicon)]
    bags = [(case.answered, _pairs(case, lexicon)) for case in drafts]
    weights: dict[str, float] = {}
    for _ in range(_ROUNDS + 1):
        rows = list(sure)
        for is_answered, pairs in bags if weights else []:
            if not is_answered:
                rows += [(pair, False, _OTHER) for pair in pairs]
            elif pairs:
                rows.append((max(pairs, key=lambda pair: logit(pair, weights)), True, 1.0))
        weights = fit([pair for pair, _, _ in rows], [y for _, y, _ in rows], _PAIR_C, [w for _, _, w in rows])
    return weights


def _draft_features(case: Case, lexicon: Lexicon, weights: Weights) -> answered.Features:
    return answered.features(case.items, case.draft, lexicon, weights)[case.number]


def train_answered(tickets: Sequence[Row], lexicon: Lexicon) -> tuple[dict[str, float], dict[str, float]]:
    """The heads ``answers`` and ``answered``."""
    drafts = [case for row in tickets for case in cases_of(row, lexicon)]
    pairs = train_pairs(drafts, lexicon)
    own = read_answers(lexicon)[0]
    cases = [*drafts, *own]
    weights = fit(
        [_draft_features(case, lexicon, pairs) for case in cases],
        [case.answered for case in cases],
        _DRAFT_C,
        [1.0] * len(drafts) + [_PLAIN] * len(own),
    )
    weights["bias"] = round(weights["bias"] - _DOUBT, 3)
    return pairs, weights
