from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empathy_coach.coach import coach
from empathy_coach.domain import (
    ELEMENTS,
    Conversation,
    Draft,
    DraftKind,
    Element,
    Finding,
    Message,
    Question,
    Report,
    Sentence,
    Span,
)
from empathy_coach.rules.loader import load_rule_set
from empathy_coach.scoring.elements import Verdict
from empathy_coach.scoring.evidence import Judged
from empathy_coach.scoring.heads import HEARD, load_heads
from empathy_coach.scoring.heard import heard
from empathy_coach.scoring.total import total

RULES = load_rule_set(Path(__file__).parents[3] / "coach_rules")
ANGRY = (
    "My dishwasher has flooded the kitchen twice this week and nobody turned up on Tuesday although I took the day off "
    "unpaid. I'm furious. When is somebody actually coming?"
)


def report(text: str, draft: str, kind: DraftKind = "reply", agent: str = "Ines", customer: str = "Robert") -> Report:
    return coach(Conversation((Message("customer", customer, text),), agent, customer), Draft(draft, kind), RULES)


def states(found: Report) -> dict[str, str]:
    return {e.element: e.state for e in found.elements}


def test_all_six_elements_always() -> None:
    for draft in ("", "?", "Done."):
        found = coach(Conversation(), Draft(draft), RULES)
        assert [e.element for e in found.elements] == list(ELEMENTS)
        assert 0 <= found.score <= 100
        assert all(0 <= e.value <= 1 for e in found.elements)


def test_the_next_step_names_what_the_draft_is_silent_about() -> None:
    told = "The lift broke on 3 May and still doesn't work. I carry my son and his wheelchair up five floors."
    draft = "Dear Robert,\n\nThe lift is broken since 3 May and still doesn't work because a part is missing.\n\nInes"
    found = report(told, draft)
    words = "I carry my son and his wheelchair up five floors"
    assert found.next_step is not None and words in found.next_step
    assert found.rewording is not None and words in found.rewording.text


def test_specific_words_beat_a_set_phrase() -> None:
    fix = "An engineer comes tomorrow between 8 and 10 and I'll ring you at 11 to hear that it holds."
    stock = report(ANGRY, f"Dear Robert, we sincerely apologise for any inconvenience caused. {fix}\n\nInes")
    own = report(
        ANGRY,
        "Hi Robert,\n\nTwo floods in a week, and an unpaid day off spent waiting for somebody who never came: no wonder "
        f"you're furious.\n\n{fix}\n\nInes",
    )
    assert states(stock)["feeling"] == "missing"
    assert states(own)["feeling"] == "given"
    assert states(own)["order"] == "given"
    assert own.score > stock.score + 15
    evidence = next(e.evidence for e in own.elements if e.element == "feeling")
    assert "Two floods in a week" in evidence[0].quote


def test_not_needed_is_right_for_a_routine_question() -> None:
    found = report("Hi, where do I change my e-mail address? Thanks!", "Hi Robert, open Settings, then Email. Ines")
    assert states(found)["feeling"] == "not_needed"
    assert states(found)["order"] == "not_needed"
    assert not [f for f in found.findings if f.severity != "hint"]


def test_an_open_question_is_named() -> None:
    found = report(
        "You charged me twice, £40 each. When do I get it back? And who pays the £15 my bank took?",
        "Hi Robert, the second £40 is refunded and will be back within 3 days. Ines",
    )
    still_open = [q.span.quote for q in found.customer.questions if not q.answered]
    assert any("£15" in q for q in still_open)


@pytest.mark.parametrize(
    "draft", ["Hi Robert, yes, it ships today. Ines", "Hi Robert, we are looking into it. Ines", "ok"]
)
@pytest.mark.parametrize(
    "asked", ["Does it ship today?", "Does it ship today? And can I still change the colour to blue?"]
)
def test_need_and_the_questions_agree(asked: str, draft: str) -> None:
    found = report(asked, draft)
    assert found.customer.questions
    assert (states(found)["need"] == "given") == all(q.answered for q in found.customer.questions)


def test_a_note_needs_neither_order_nor_rapport() -> None:
    found = report(ANGRY, "Engineer booked Wed 8-10, Ines rings Robert at 11.", kind="note")
    assert states(found)["order"] == states(found)["rapport"] == "not_needed"


@pytest.mark.parametrize("warm", ["That must have been a miserable evening.", "No wonder you are angry."])
def test_warm_words_raise_the_value_whether_needed_or_not(warm: str) -> None:
    def value(draft: str) -> float:
        return next(e.value for e in coach(Conversation(), Draft(draft), RULES).elements if e.element == "feeling")

    assert value(f"{warm} The part is in the post.") > value("The part is in the post.")


def test_findings_come_most_useful_first_and_strengths_have_words() -> None:
    found = report(ANGRY, "You should have been at home. As per our policy we will look into it.\n\nInes")
    order = ["stop", "warn", "hint"]
    assert [order.index(f.severity) for f in found.findings] == sorted(order.index(f.severity) for f in found.findings)
    assert all(s.span.quote for s in found.strengths)
    assert found.next_step


def test_a_warning_in_a_kind_sentence_becomes_a_hint() -> None:
    kind = report(ANGRY, "Hi Robert, you are no trouble, and you owe nobody anything. Ines")
    harsh = report(ANGRY, "You owe us £40. You should have read the terms before you signed them, as we told you.")
    severity = {
        d: next(f.severity for f in r.findings if f.rule == "billing/tone/you-owe")
        for d, r in zip("kh", (kind, harsh), strict=True)
    }
    assert severity == {"k": "hint", "h": "warn"}


def judged(quote: str, faulty: float, heard_as: float) -> Judged:
    """A sentence with this much of a fault, heard as blame (log-odds); the other faults surely not."""
    return Judged(
        Sentence(Span(0, len(quote), quote), 0),
        0,
        0,
        faulty,
        0,
        frozenset(),
        tuple(heard_as * (f == "blame") - 4 * (f != "blame") for f in HEARD),
    )


TONE_GIVEN, TONE_OFF = Verdict("given", 0.8, 0.8), Verdict("missing", 0.3, 0.3)


def test_faults_in_words_that_no_rule_knows_are_hinted_at_once_and_softly() -> None:
    words = RULES.rubric["heard"]
    blaming = judged("Mine", 0.9, 4.0)
    span = blaming.sentence.span
    [hint] = heard([blaming], [], TONE_GIVEN, words)
    assert (hint.fault, hint.severity, hint.span) == ("blame", "hint", span)
    assert hint.why == words["why"]["blame"] and set(words["why"]) == set(HEARD)
    said = [Finding("tone", "x/y", "warn", "", span=span, fault="curt")]
    assert not heard([blaming], said, TONE_OFF, words), "a rule said it"
    doubtful = judged("Mine", 0.9, -0.4)
    assert not heard([doubtful], [], TONE_GIVEN, words) and heard([doubtful], [], TONE_OFF, words)


def test_the_worst_sentence_is_named_where_tone_is_surely_off_and_nothing_else_tells_why() -> None:
    words = RULES.rubric["heard"]
    plain, worst = judged("Plain", 0.1, -3.0), judged("The worse", 0.4, -3.0)
    surely_off = Verdict("missing", 0.1, words["worst_below"] / 2)
    [hint] = heard([plain, worst], [], surely_off, words)
    assert hint.span == worst.sentence.span and hint.severity == "hint"
    assert not heard([plain, worst], [], TONE_OFF, words), "not off for sure"
    elsewhere = Finding("tone", "x/y", "warn", "", span=Span(20, 24, "Else"), fault="curt")
    assert not heard([plain, worst], [elsewhere], surely_off, words), "a rule told why"
    assert not heard([], [], surely_off, words), "nothing to point at"


def test_the_weights_name_the_cues_there_are() -> None:
    names = load_heads().names
    assert list(names[: len(RULES.cues.names)]) == list(RULES.cues.names), "run scoring.training.train again"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(["reply", "note", "escalation"]))
def test_any_text_gets_a_report_with_true_spans(message: str, draft: str, kind: DraftKind) -> None:
    found = report(message, draft, kind)
    spans = [s for e in found.elements for s in e.evidence] + [s.span for s in found.strengths]
    spans += [f.span for f in found.findings if f.span]
    assert all(draft[s.start : s.end] == s.quote for s in spans)
    assert found == report(message, draft, kind), "coaching is a pure function"


def test_a_quick_chat_needs_neither_greeting_nor_name() -> None:
    turns = (("customer", "can i change my seat"), ("agent", "Sure, which one?"), ("customer", "12A please"))
    conversation = Conversation(tuple(Message(role, "Ana", text) for role, text in turns), "Tom", "Ana")
    assert states(coach(conversation, Draft("Done, 12A is yours."), RULES))["rapport"] == "not_needed"


def test_tone_is_not_missing_where_nothing_can_be_pointed_at() -> None:
    for draft in ("Kev", "12 March.", "Entrance C, round the back. Bike stands are outside."):
        found = report("Where is it?", draft)
        assert states(found)["tone"] == "given" or any(f.element == "tone" for f in found.findings)


def mark(chances: dict[Element, float], case: float = 1.0, likely: float = 2.0, warmth: float = 0.5) -> int:
    """The mark of a draft with these chances, one half for the other elements."""
    verdicts = {}
    for element in ELEMENTS:
        chance = chances.get(element, 0.5)
        verdicts[element] = Verdict("given" if chance >= 0.5 else "missing", warmth, chance)
    question = Question(0, Span(0, 4, "When"), likely > 0, likely=likely)
    return total(verdicts, {"case": case}, (question,), load_heads())


@pytest.mark.parametrize("element", ELEMENTS)
def test_giving_what_was_missing_never_lowers_the_mark(element: Element) -> None:
    marks = [mark({element: chance}) for chance in (0.05, 0.3, 0.5, 0.7, 0.95)]
    assert marks == sorted(marks)
    assert mark(dict.fromkeys(ELEMENTS, 0.95)) > mark(dict.fromkeys(ELEMENTS, 0.05)) + 40


def test_warm_words_alone_move_the_mark_only_where_there_is_no_case_to_settle() -> None:
    assert mark({}, case=1.0, warmth=0.9) == mark({}, case=1.0, warmth=0.1)
    assert mark({}, case=0.0, warmth=0.9) > mark({}, case=0.0, warmth=0.1)


def test_an_answer_in_doubt_costs() -> None:
    assert mark({}, likely=-3.0) < mark({}, likely=3.0)
