"""Desks that nobody described: whole different structures, of our own making; who says what is guessed."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from support.pageserver import PAGES as FOLDER
from support.reading import read

FIRST = "Hello, the lamp from order 48213 arrived broken. Can you send a new one?"
ANSWER = "Hi Mara, thank you for the details. I have passed this on to our warehouse."
LAST = "Two days and no answer. Is anybody reading this?"
NAMED = [("customer", "Mara Lindt", FIRST), ("agent", "Sam Rivera", ANSWER), ("customer", "Mara Lindt", LAST)]
NAMELESS = [("customer", "", FIRST), ("agent", "", ANSWER), ("customer", "", LAST)]


def called(customer: str, agent: str) -> list[tuple[str, str, str]]:
    return [(role, agent if role == "agent" else customer, text) for role, _, text in NAMED]


def with_you(you: str) -> list[tuple[str, str, str]]:
    return called("Mara Lindt", you)


PAGES = {
    "table-rows": (NAMED, "Send answer"),
    "bare-divs": (NAMED, "Send"),
    "aria-log": (with_you("you"), "Send"),
    "feed": (NAMED, "Post"),
    "components": (NAMED, "Send"),
    "mail-frames": (NAMED, "Send"),
    "frame-beside": (NAMED, "Submit reply"),
    "bubbles-by-day": (NAMELESS, "Send message"),
    "forum-quotes": (called("mara_l", "shop_sam"), "Submit"),
    "dark-modules": (with_you("You"), "Send reply"),
    "right-to-left": (
        [
            ("customer", "", "שלום, המנורה מהזמנה 48213 הגיעה שבורה. אפשר לשלוח חדשה?"),
            ("agent", "", "תודה על הפרטים. העברתי את זה למחסן שלנו."),
            ("customer", "", "יומיים בלי תשובה. מישהו קורא את זה?"),
        ],
        None,  # no word for sending that is known here
    ),
    "definition-list": (NAMED, "Update ticket"),
    "timeline": ([("customer", "Mara Lindt", f"{FIRST}\n\nThanks, Mara"), *NAMED[1:]], "Send"),
    "in-and-out": ([*NAMELESS[:2], ("customer", "", "Okay"), NAMELESS[2]], "Send"),
    "boxed-comments": (called("maralindt", "samrivera"), "Comment"),
    "tracker-description": (NAMED, "Submit"),
    "mails-with-quotes": (NAMED, "Send"),
    "labelled-frames": (NAMED, "Submit"),
    "profile-column": (called("maralindt", "shop_sam"), "Submit"),
    "half-named-bubbles": (called("Mara Lindt", ""), "Send"),
    "bubbles-without-names": (NAMELESS, "Send"),
    "turns": ([("customer", "Mara Lindt", f"{FIRST}\nIt is for my mother."), *NAMED[1:]], "Send"),
}


@pytest.mark.parametrize("page", PAGES)
def test_who_says_what(page, driver, pages) -> None:
    said, send = PAGES[page]
    driver.get(f"{pages.url}/unseen/{page}.html")
    got = read(driver, "#answer")
    assert got.desk == "generic"
    assert got.said == said
    assert got.customer == said[0][1]
    assert (got.kind, got.send) == ("reply", send)
    assert got.reply


PRODUCTS: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "unseen/said.yaml").read_text("utf-8"))


@pytest.mark.parametrize("page", PRODUCTS)
def test_who_says_what_in_the_ways_of_many_products(page, driver, pages) -> None:
    said = [tuple(line.split(" | ", 2)) for line in PRODUCTS[page]["said"]]
    driver.get(f"{pages.url}/unseen/{page}.html")
    got = read(driver, "#answer")
    assert got.said == said
    assert got.customer == next(author for role, author, _ in reversed(said) if role == "customer")
    assert (got.desk, got.kind, got.reply) == ("generic", "reply", True)
    assert PRODUCTS[page]["send"] in (None, got.send)


@pytest.mark.parametrize(
    "page",
    ["new-ticket", "list-of-tickets", "settings", "dashboard", "help-article", "property-table", "property-rows"],
)
def test_no_conversation_is_made_up(page, driver, pages) -> None:
    driver.get(f"{pages.url}/unseen/{page}.html")
    assert read(driver, "#answer").said == []


@pytest.mark.parametrize(
    "mode",
    [
        "answer.parentElement.className = 'editor is-internal-note'",
        "answer.insertAdjacentHTML('beforebegin', '<button aria-haspopup=menu>Internal note</button>')",
        "answer.insertAdjacentHTML('beforebegin', '<b role=tab aria-selected=true>Notes</b><b role=tab>Email</b>')",
    ],
)
def test_a_note_by_what_is_chosen_beside_the_field(mode, driver, pages) -> None:
    driver.get(f"{pages.url}/unseen/bare-divs.html")
    driver.execute_script(mode)
    assert read(driver, "#answer").kind == "note"
