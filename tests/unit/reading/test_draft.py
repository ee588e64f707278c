from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_coach.domain import Conversation, Draft, DraftReading
from empathy_coach.reading.cues import Cues
from empathy_coach.reading.draft import read_draft
from empathy_coach.rules.loader import load_rule_set

CUES = load_rule_set(Path(__file__).parents[3] / "coach_rules").cues


def read(text: str, agent: str | None = "Kev Dunn", customer: str | None = "Anna Berg") -> DraftReading:
    return read_draft(Draft(text), Conversation((), agent, customer), CUES)


def sentences(text: str) -> list[str]:
    return [s.span.quote for s in read(text).sentences]


@pytest.mark.parametrize(
    ("text", "greeting", "sign_off"),
    [
        ("Hi Anna,\n\nIt is done.\n\nKind regards,\nKev", "Hi Anna,", "Kind regards,\nKev"),
        ("Anna, it is done. Kev", "Anna,", "Kev"),
        ("Hello, it is done. Thanks, Kev", "Hello,", "Thanks, Kev"),
        ("Dear Ms Berg: it is done.", "Dear Ms Berg:", None),
        ("Dear {{customer.name}},\nIt is done.", "Dear {{customer.name}},", None),
        ("Hi, I do. It is done.", "Hi,", None),
        ("It is done.", None, None),
        ("Hi Kelly-Ann, it is done.", "Hi Kelly-Ann,", None),
        ("Dear R. Lindqvist, it is done.", "Dear R. Lindqvist,", None),
        ("It was refused. Kindly refer to the handbook.", None, None),
        ("Thanks for the photo. It is done.", None, None),
        ("It is done by 5 p.m. Friday\n\nKev\nCustomer Care", None, "Kev\nCustomer Care"),
        ("Anna, it is done. Yours sincerely, K. Dunn, Revenues", "Anna,", "Yours sincerely, K. Dunn, Revenues"),
        ("Anna, it is done. N. Strang, Registrar", "Anna,", "N. Strang, Registrar"),
        ("Anna, it is done ^KM", "Anna,", "^KM"),
        ("It is done. - Kev", None, "- Kev"),
        ("It is done. Press ^C to stop", None, None),
    ],
)
def test_greeting_and_sign_off(text: str, greeting: str | None, sign_off: str | None) -> None:
    own = read(text)
    assert (own.greeting.quote if own.greeting else None) == greeting
    assert (own.sign_off.quote if own.sign_off else None) == sign_off


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It costs 5.50 at 9.14 a.m. today. Ask Mr. Lee.", ["It costs 5.50 at 9.14 a.m. today.", "Ask Mr. Lee."]),
        ("1. Open Settings\n2. Tap Reset", ["Open Settings", "Tap Reset"]),
        ("Really?! Yes... it is.", ["Really?!", "Yes... it is."]),
        ("See https://a.example/b.c?d=e. Then write.", ["See https://a.example/b.c?d=e.", "Then write."]),
        ("no full stop\nnor here", ["no full stop", "nor here"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_what_is_left_out_of_judgement() -> None:
    text = (
        "Try this:\n\n```\nyou should have\n```\n\n> you should have\n\nSee {{ticket.url}} or help@a.example.\n\n"
        "On Monday Anna wrote:\n> you failed"
    )
    own = read(text)
    assert [(s.kind, s.span.quote) for s in own.skipped if s.kind != "code"] == [
        ("quote", "> you should have"),
        ("placeholder", "{{ticket.url}}"),
        ("link", "help@a.example"),
        ("quote", "On Monday Anna wrote:\n> you failed"),
    ]
    assert not any("should have" in s.span.quote or "failed" in s.span.quote for s in own.sentences)


def test_acts() -> None:
    own = read("I'm sorry that you waited. Could you send the photo? I'll write to you by Friday.")
    assert [sorted(s.acts & {"apology", "question", "promise"}) for s in own.sentences] == [
        ["apology"],
        ["question"],
        ["promise"],
    ]


@given(st.text(alphabet=st.sampled_from("aB .,!?\n>`-_{}[]()%@:;1’é😭\u200b"), max_size=200))
def test_any_text_is_read_with_true_spans(text: str) -> None:
    own = read(text)
    spans = [s.span for s in own.sentences] + [s.span for s in own.skipped]
    spans += [s for s in (own.greeting, own.sign_off) if s]
    assert all(text[s.start : s.end] == s.quote and s.quote for s in spans)
    starts = [s.span.start for s in own.sentences]
    assert starts == sorted(starts)


def test_a_mistake_in_the_cues_names_the_cue() -> None:
    with pytest.raises(ValueError, match="cue warm: pattern `\\(a`"):
        Cues.build({"warm": {"find": ["(a"]}})
    with pytest.raises(ValueError, match="cue warm: `finds`"):
        Cues.build({"warm": {"find": ["a"], "finds": []}})


def test_a_reply_below_the_mail_that_it_quotes() -> None:
    quoted = "On 3 March, Jo wrote:\n\n> Where is it?\n"
    assert sentences(f"{quoted}\nWe will write by Friday.") == ["We will write by Friday."]
    assert sentences(f"We will write by Friday.\n\n{quoted}") == ["We will write by Friday."]


def test_gaps_that_wait_for_words_are_no_sentences() -> None:
    text = 'Hi Anna, [acknowledge: "I waited in"] It comes today. [more kindly: "It comes"] By [when?] you know.\n\n[answer: "is it?"]\n\nKev'
    found = read(text)
    assert [s.span.quote for s in found.sentences] == ["It comes today.", "By [when?]", "you know."]
    assert [s.span.quote for s in found.skipped] == [
        '[acknowledge: "I waited in"]',
        '[more kindly: "It comes"]',
        '[answer: "is it?"]',
    ]
