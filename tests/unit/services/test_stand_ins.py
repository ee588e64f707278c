"""What tells who somebody is does not come into an example; what the example is about stays."""

from __future__ import annotations

import pytest

from empathy_coach.services.stand_ins import names_in, with_stand_ins


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hi Maria, the form is online.\nKind regards,\nKevin Osei\nBilling Team", {"Maria", "Kevin", "Osei"}),
        ("Dear Mr Patel, it has left.\n\nMark\nHarbour Desk Support", {"Patel", "Mark"}),
        ("hi anna, it has left.", {"anna"}),
        ("It never came.\nThanks\nJ. Smith\n07700 900123\njs@post.example.com", {"Smith"}),
        ("Hello everyone, it has left.\nWarm regards,\nThe Support Team", set()),
        ("Hi I need help with this, thanks", set()),
        ("It has left. Best wishes", set()),
        ("", set()),
    ],
)
def test_names_are_those_of_greeting_and_sign_off(text: str, names: set[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (
            "As I said, Maria, <<Maria Osei's>> refund is MARIA's.",
            "As I said, Taylor, <<Taylor's>> refund is Taylor's.",
        ),
        ("Marian rang.", "Marian rang."),
        ("Write to m.lopez+1@post.example.org.", "Write to name@example.com."),
        ("Call +44 7700 900123 or (555) 123-4567.", "Call +00 0000 000000 or (000) 000-0000."),
        ("Order #88213, parcel AB12-3344, account 4417.", "Order #00000, parcel AB00-0000, account 0000."),
        ("See https://desk.example.com/reset?token=abc.", "See https://desk.example.com/."),
    ],
)
def test_who_it_is_about_is_replaced(text: str, safe: str) -> None:
    names = frozenset({"Maria", "Osei"})
    assert with_stand_ins(text, names) == safe
    assert with_stand_ins(safe, names_in(safe) | names) == safe


@pytest.mark.parametrize(
    "text",
    [
        "It cost £1250, 1,250.00 EUR or 1200 euros; 30 % came back.",
        "By 3 April 2026, 12/05/2026, 2026-11-22, 14:30 or 9:00-17:30.",
        "Step 2, room 204, version 14.2.1, iPhone 15, (1) and 2).",
    ],
)
def test_what_it_is_about_stays(text: str) -> None:
    assert with_stand_ins(text, frozenset()) == text
