"""The table of ``coach agreement``: each line a measure, the goal, all rows, and the two halves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from empathy_coach.agreement.customer import customer_figures
from empathy_coach.agreement.data import Row, ask, ask_plain, conversations, plain, training, value
from empathy_coach.agreement.measures import auc, f1, macro_f1, spearman
from empathy_coach.agreement.rewording import print_rewording
from empathy_coach.domain import ELEMENTS, Conversation, Draft, Message, Report
from empathy_coach.reading.read import read
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.settings import load_settings

_SAMPLE = 4000  # rows of the large sets; every nth, so that a run takes a minute


def main(directory: Path) -> None:
    """Print the table for the labelled data in ``directory``."""
    rule_set = load_rule_set(load_settings().rules_dir)
    _help_desk(directory, rule_set)
    _pairs_in_training(directory, rule_set)
    _other_hands(directory, rule_set)
    _upset(directory, rule_set)
    print("the customer reading")
    for name, figure in customer_figures(directory, rule_set.lexicon).items():
        print(f"  {name:<66}{figure:>6.3f}")
    print_rewording(directory, rule_set)


def _line(name: str, goal: float, figure: Callable[[Sequence[int]], float], rows: Sequence[int]) -> None:
    halves = [[i for i in rows if (i + 1) % 2 == odd] for odd in (1, 0)]  # rows are numbered from 1
    every, first, second = figure(rows), figure(halves[0]), figure(halves[1])
    mark = " " if every >= goal else "<"
    print(f"{name:<44} {goal:>5.2f} {mark}{every:>6.3f}   odd {first:>6.3f}  even {second:>6.3f}", flush=True)


def _help_desk(directory: Path, rule_set: RuleSet) -> None:
    rows = conversations(directory)
    reports = [ask(row, row["draft"], rule_set) for row in rows]
    every = range(len(rows))
    print(f"conversations.jsonl, {len(rows)} rows: goal, all, halves")
    means: list[Callable[[Sequence[int]], float]] = []
    for element in ELEMENTS:

        def states(chosen: Sequence[int], element: str = element) -> float:
            truth = [rows[i]["elements"][element] for i in chosen]
            told = [next(e.state for e in reports[i].elements if e.element == element) for i in chosen]
            return macro_f1(truth, told, 5 if len(chosen) > 50 else 3)

        means.append(states)
        _line(f"state {element}, macro F1", 0.75, states, every)
    _line("states, mean", 0.82, lambda c: sum(m(c) for m in means) / len(means), every)
    _line("questions answered, F1", 0.80, lambda c: _answered(rows, reports, c), every)
    _line("tone faults, F1", 0.70, lambda c: _spans(rows, reports, c, "tone_faults"), every)
    _line("customer signals, F1", 0.65, lambda c: _spans(rows, reports, c, "customer_signals"), every)
    _line(
        "score with overall, Spearman",
        0.87,
        lambda c: spearman([r.score for r in _of(reports, c)], [rows[i]["overall"] for i in c]),
        every,
    )
    good = [r for row, r in zip(rows, reports, strict=True) if row["overall"] >= 80]
    warned = sum(any(f.severity != "hint" for f in r.findings) for r in good)
    print(f"good drafts with a finding of warn or more: {warned} of {len(good)} (goal: 1 in 20)")


def _of(reports: Sequence[Report], chosen: Sequence[int]) -> list[Report]:
    return [reports[i] for i in chosen]


def _answered(rows: Sequence[Row], reports: Sequence[Report], chosen: Sequence[int]) -> float:
    """Mean F1 of answered and unanswered over the labelled questions; one that was not found counts as answered."""
    truth: list[str] = []
    told: list[str] = []
    for i in chosen:
        messages = [m["text"] for m in rows[i]["conversation"]]
        for question in rows[i]["questions"]:
            places = [(n, t.find(question["quote"])) for n, t in enumerate(messages) if question["quote"] in t]
            found = [
                q.answered
                for q in reports[i].customer.questions
                for n, at in places
                if q.message == n and q.span.start < at + len(question["quote"]) and at < q.span.end
            ]
            truth.append(str(question["answered"]))
            told.append(str(all(found)))
    return (f1(truth, told, "True") + f1(truth, told, "False")) / 2


def _spans(rows: Sequence[Row], reports: Sequence[Report], chosen: Sequence[int], field: str) -> float:
    """F1 of labelled spans: an overlap with the same kind is a hit."""
    hit_labels = labels = hit_told = told_count = 0
    for i in chosen:
        told: list[tuple[str, str]]
        if field == "tone_faults":
            told = [(f.fault, f.span.quote) for f in reports[i].findings if f.span and f.fault]
            texts = [rows[i]["draft"]]
        else:
            told = [(s.kind, s.span.quote) for s in reports[i].customer.signals]
            texts = [m["text"] for m in rows[i]["conversation"]]
        labelled = [(x["kind"], x["quote"]) for x in rows[i][field]]
        labels += len(labelled)
        told_count += len(told)
        hit_labels += sum(any(k == kind and _overlap(texts, quote, q) for k, q in told) for kind, quote in labelled)
        hit_told += sum(any(k == kind and _overlap(texts, quote, q) for kind, quote in labelled) for k, q in told)
    recall, precision = hit_labels / max(1, labels), hit_told / max(1, told_count)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _overlap(texts: Sequence[str], first: str, second: str) -> bool:
    for text in texts:
        a, b = text.find(first), text.find(second)
        if a >= 0 and b >= 0 and a < b + len(second) and b < a + len(first):
            return True
    return False


def _pairs_in_training(directory: Path, rule_set: RuleSet) -> None:
    right = count = 0
    for row in training(directory):
        marked = [(d["overall"], ask(row, d["text"], rule_set).score) for d in row["drafts"]]
        for mark, told in marked:
            for other_mark, other in marked:
                if mark - other_mark >= 15:
                    count += 1
                    right += told > other
    print(
        f"training pairs ranked right (weights have seen them; see MODEL.md for folds): {right / count:.3f} of {count}"
    )


def _other_hands(directory: Path, rule_set: RuleSet) -> None:
    print("texts by other hands: the same fields")
    sets = {
        "phone_warm": [("tone", 0.90), ("score", 0.70)],
        "polite_wiki": [("tone", 0.85)],
        "epitome_er": [("feeling", 0.78), ("score", 0.65)],
        "epitome_ip": [("need", 0.70)],
        "epitome_ex": [("need", 0.75)],
    }
    for name, fields in sets.items():
        rows = [r for r in plain(directory, name) if name != "polite_wiki" or r["split"] != "train"]
        reports = [ask_plain(r, rule_set) for r in rows]
        for field, goal in fields:
            told = [float(r.score) if field == "score" else value(r, field) for r in reports]
            _line(
                f"{name}: {field}, AUC",
                goal,
                lambda c, told=told, rows=rows: auc([rows[i]["y"] > 0 for i in c], [told[i] for i in c]),  # type: ignore[misc]  # bound now
                range(len(rows)),
            )
    _detoxified(directory, rule_set)


def _detoxified(directory: Path, rule_set: RuleSet) -> None:
    texts = {r["id"]: r for r in plain(directory, "paradetox")}
    pairs = plain(directory, "paradetox.pairs")
    pairs = pairs[:: max(1, len(pairs) // _SAMPLE)]
    better = [value(ask_plain(texts[p["better"]], rule_set), "tone") for p in pairs]
    worse = [value(ask_plain(texts[p["worse"]], rule_set), "tone") for p in pairs]
    _line(
        "paradetox pairs: tone ordered right",
        0.97,
        lambda c: sum(better[i] > worse[i] for i in c) / len(c),
        range(len(pairs)),
    )


def _upset(directory: Path, rule_set: RuleSet) -> None:
    rows = [r for r in plain(directory, "go_upset") if r["split"] == "test"] or plain(directory, "go_upset")
    rows = rows[:: max(1, len(rows) // _SAMPLE)]
    told = [
        read(
            Conversation((Message("customer", "", r["text"]),)), Draft(""), rule_set.lexicon, rule_set.cues
        ).customer.upset
        for r in rows
    ]
    _line(
        "go_upset: customer.upset, AUC",
        0.85,
        lambda c: auc([rows[i]["y"] > 0 for i in c], [told[i] for i in c]),
        range(len(rows)),
    )
