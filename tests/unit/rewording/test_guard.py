"""The fact guard: what it lets out and what it holds back."""

import pytest

from empathy_coach.domain import Conversation, Message
from empathy_coach.rewording.facts import facts, names_in
from empathy_coach.rewording.guard import Guard, Piece

CONVERSATION = Conversation(
    (
        Message(
            "customer", "Ines", "My rent of £640 goes out tomorrow. It's the third time. My son Luca is two weeks old."
        ),
    ),
    "Marcus",
    "Ines Ferrari",
)


def mend(before: str, after: str) -> list[str]:
    return Guard(before, CONVERSATION).check([Piece(after, 0, len(before))])


KEPT = [
    ("You need to check the meter.", "Please check the meter."),
    ("Pursuant to clause 14(c) we can't pay.", "Under clause 14(c) we can't pay."),
    ("We won't charge you before 5 May.", "We will not charge you before 5 May."),
    ("You cannot log in.", "You can't log in."),
    ("Could you send it?", "Please send it."),
    ("ok, I'll ring at 9:30.", "Okay, I will ring at 9:30."),
]
CHANGED = [
    ("The fee is £30.", "The fee is £35."),
    ("The fee is £30.", "The fee is waived."),
    ("We can't refund the fare.", "We can refund the fare."),
    ("If it fails, write back.", "Write back."),
    ("You may be charged.", "You will be charged."),
    ("I'll call you.", "I called you."),
    ("It ends on 31 May.", "It ends on 30 May."),
    ("See https://a.example/x?y=1.", "See https://a.example/x?y=2."),
    ("Write to a.b@shop.example today.", "Write to b.a@shop.example today."),
    ("Hello {{customer.first_name}}, it is done.", "Hello, it is done."),
    ("Your case is [[case_id]] now.", "Your case is now."),
    ("Use %name% and ${x} here.", "Use ${x} and %name% here."),
    ("The label says 'sealed in May'.", "The label says 'sealed in June'."),
    ('The page says "closed".', 'The page says "open".'),
    ("Run `git pull` first.", "Run `git push` first."),
    ("Open Settings > Email.", "Open Settings, Email."),
    ("Ask Petra or Jo.", "Ask Jo or Petra."),
    ("It comes on Monday or Tuesday.", "It comes on Tuesday or Monday."),
    ("You have three days.", "You have four days."),
    ("Nobody came.", "Somebody came."),
    ("Please wait until noon.", "Please wait."),
    ("Only the blue one is free.", "The blue one is free."),
]


@pytest.mark.parametrize(("before", "after"), KEPT)
def test_keeps(before: str, after: str) -> None:
    assert mend(before, after) == []


@pytest.mark.parametrize(("before", "after"), CHANGED)
def test_holds_back(before: str, after: str) -> None:
    assert mend(before, after) != []


NEW_OK = [
    "I'm sorry this has come up with your rent due tomorrow.",
    "£640 is not a small sum, Ines.",
    "This is the 3rd time you've had to write.",
    "[your answer: where is it?]",
    "I'll write to you again by [when will you write again?].",
    "Hi Ines,",
    "Marcus",
]
NEW_BAD = [
    "You will have it by Friday.",
    "I'll ring you.",
    "That is £650.",
    "Ask Bernard.",
    "See https://made.up/page.",
    "It was 5 weeks.",
    "Dear {{name}},",
    'They said "soon enough".',
]


@pytest.mark.parametrize("text", NEW_OK)
def test_new_sentence_from_what_is_known(text: str) -> None:
    draft = "Done. "
    assert Guard(draft, CONVERSATION).check([Piece(draft, 0, len(draft)), Piece(text)]) == []


@pytest.mark.parametrize("text", NEW_BAD)
def test_new_sentence_that_invents(text: str) -> None:
    draft = "Done. "
    assert Guard(draft, CONVERSATION).check([Piece(draft, 0, len(draft)), Piece(text)]) != []


def test_drop() -> None:
    draft = "We apologise for any inconvenience caused. The fee is £30. Please do not hesitate to contact us."
    guard = Guard(draft, CONVERSATION)
    first, last = draft.index("The fee"), draft.index("Please")
    assert guard.check([Piece(draft[first:last], first, last)]) == []  # formulas go
    assert guard.check([Piece(draft[:first], 0, first)]) == ["lost: number £30"]


def test_drop_of_a_soft_word_only_where_it_is_hollow() -> None:
    draft = "Watch your language or this will end. Done."
    guard = Guard(draft, CONVERSATION)
    cut = draft.index("Done")
    kept = [Piece(draft[cut:], cut, len(draft))]
    assert guard.check(kept) == ["lost: modal will"]
    assert guard.check(kept, [(0, cut)]) == []


def test_hollow_is_no_pass_for_hard_facts() -> None:
    draft = "Lovely manners, 50 of you. Done."
    cut = draft.index("Done")
    assert Guard(draft, CONVERSATION).check([Piece(draft[cut:], cut, len(draft))], [(0, cut)]) == ["lost: number 50"]


def test_nothing_is_put_into_the_middle_of_a_placeholder() -> None:
    draft = "Dear {{customer.first_name}}, done."
    cut = draft.index(".first")
    row = [Piece(draft[:cut], 0, cut), Piece("Hello. "), Piece(draft[cut:], cut, len(draft))]
    assert Guard(draft, CONVERSATION).check(row) != []


def test_moved_whole_is_fine_but_not_twice() -> None:
    draft = "It is off. I'm sorry it was £30."
    cut = draft.index("I'm")
    guard = Guard(draft, CONVERSATION)
    moved = [Piece(draft[cut:], cut, len(draft)), Piece(draft[:cut], 0, cut)]
    assert guard.check(moved) == []
    assert guard.check([*moved, Piece(draft[cut:], cut, len(draft))]) != []


def test_names_and_facts_are_read() -> None:
    assert names_in("Hello Ana. Please ask Bo about Figma.") == {"ana", "bo", "figma"}
    found = [(f.kind, f.value) for f in facts("If you can't, pay £2.50 by Friday at 9.15am.")]
    assert found == [
        ("condition", "if"),
        ("modal", "can"),
        ("negation", "not"),
        ("number", "£2.50"),
        ("time", "friday"),
        ("number", "9.15am"),
    ]
