"""Who says what, in which order: read from pages that nobody described, and from described ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from support.coach_page import CoachPage
from support.recorder import recorder

Read = Callable[[str], dict[str, Any]]

LAMP = [
    ("customer", "Mara Lindt", "Hello, this is the third time"),
    ("agent", "Sam Rivera", "Hi Mara, thanks for the details."),
    ("customer", "Mara Lindt", "Two days and no answer."),
]
FORUM = [
    ("customer", "oldsailor", "I sent the boots back"),
    ("agent", "shop_anna", "Please give me your order number"),
    ("customer", "oldsailor", "It is 77120, as I wrote"),
]
BUBBLES = [
    ("customer", "", "My train leaves in an hour"),
    ("agent", "", "Which booking is it?"),
    ("customer", "", "The one to Lyon. Please hurry."),
]
NEWEST_FIRST = [
    ("customer", "Ines Duarte", "The invoice is wrong."),
    ("agent", "Tom Becker", "Which line do you mean?"),
    ("customer", "Ines Duarte", "Line four, and it was wrong last month too."),
]


@pytest.fixture
def read(coach: CoachPage, point_at: Callable[[str], None]) -> Iterator[Read]:
    """Opens a page, types into its field, and gives back what the backend was asked."""
    with recorder() as (url, asked):
        point_at(url)

        def read(page: str) -> dict[str, Any]:
            coach.visit(page)
            coach.driver.find_element(By.ID, "answer").send_keys("Some words")
            coach.wait_read()
            return asked[-1]

        yield read


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("textarea.html", LAMP),
        ("rich.html", LAMP),
        ("forum.html", FORUM),
        ("bubbles.html", BUBBLES),
        ("newest-first.html", NEWEST_FIRST),
        ("lone.html", []),
    ],
)
def test_generic(page: str, expected: list[tuple[str, str, str]], read: Read) -> None:
    asked = read(page)
    got = [(m["role"], m["author"], m["text"]) for m in asked["conversation"]]
    assert len(got) == len(expected)
    for (role, author, text), (wanted_role, wanted_author, start) in zip(got, expected, strict=True):
        assert (role, author) == (wanted_role, wanted_author)
        assert text.startswith(start), text
    assert asked["kind"] == "reply"
    assert asked["draft"] == "Some words"


def test_internal_notes_are_left_out_and_known(read: Read) -> None:
    asked = read("notes.html")
    assert [m["text"] for m in asked["conversation"]] == ["Where is my refund? I have waited for three weeks."]
    assert asked["kind"] == "note"
