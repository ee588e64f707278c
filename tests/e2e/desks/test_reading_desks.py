"""Every desk with a file of its own: who says what, in which order, the names, note or reply, the send button.

The pages under ``pages/desks`` are our own and have the structure of the products' pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from support.pageserver import PAGES
from support.reading import read

from empathy_coach.demo.browser import EXTENSION

FIRST = "Hello, the lamp from order 48213 arrived broken. Can you send a new one?"
ANSWER = "Hi Mara, thank you for the details. I have passed this on to our warehouse."
LAST = "Two days and no answer. Is anybody reading this?"


@dataclass(frozen=True)
class Page:
    """What is special on one desk's page."""

    send: str
    agent: str = ""
    note: str = ""  # a script that begins a note
    note_field: str | None = None
    file: str = ""


PAGES_OF = {
    "chatwoot": Page("Send", note="document.querySelector('.reply-box').classList.add('is-private')"),
    "demo": Page("Send", "Sam Rivera", "document.querySelector('#reply-kind').value = 'note'"),
    "django-helpdesk": Page("Update This Ticket", note="document.querySelector('#id_public').checked = false"),
    "frappe": Page(
        "Send (Ctrl + ⏎)",
        note="document.querySelector('#mail').hidden = !(document.querySelector('#remark').hidden = false)",
    ),
    "freescout": Page(
        "Send Reply", "Sam Rivera", "document.querySelector('.conv-reply-block').classList.add('conv-note-block')"
    ),
    "freshdesk": Page("Send", note="document.querySelector('.ticket-editor').classList.add('ticket-editor--note')"),
    "hubspot": Page("Send"),
    "intercom": Page("Send"),
    "jira-service-management": Page(
        "Save", note="document.querySelector('.ProseMirror').setAttribute('aria-label', 'Add internal note')"
    ),
    "osticket": Page("Post Reply", "Sam", note_field="#note .redactor-in"),
    "request-tracker": Page(
        "Update Ticket", note="document.querySelector('#UpdateType').value = 'private'", file="Ticket/Update.html"
    ),
    "roundcube": Page("Send", "Sam Rivera"),
    "roundup": Page("Submit Changes", "Sam Rivera"),
    "servicenow": Page("Post"),
    "trac": Page("Submit changes"),
    "uvdesk": Page("Reply", note_field="#note-area"),
    "zammad": Page("Update"),
    "zammad-classic": Page("Update", note="document.querySelector('form').classList.add('is-internal')"),
    "zendesk": Page(
        "Submit as Open",
        note="document.querySelector('[data-test-id*=channel-switcher]').textContent = 'Internal note'",
    ),
}
NAMELESS = {"chatwoot"}  # its bubbles bear no names
QUOTES = {"roundcube"}  # only the mail that is answered is there


def test_every_desk_has_a_page() -> None:
    there = {file.stem for file in (EXTENSION / "desks").glob("*.js")} - {"index", "generic"}
    assert there == set(PAGES_OF)


def test_the_table_names_every_desk() -> None:
    table = (EXTENSION / "DESKS.md").read_text("utf-8")
    assert set(re.findall(r"^\|.*\| `([\w-]+)\.js` \|", table, re.M)) == {*PAGES_OF, "generic"}


@pytest.mark.parametrize("desk", PAGES_OF)
def test_desk(desk, driver, pages) -> None:
    page = PAGES_OF[desk]
    file = page.file or f"{desk}.html"
    assert (PAGES / "desks" / file).is_file()
    driver.get(f"{pages.url}/desks/{file}")
    got = read(driver)
    assert got.desk == desk
    mara, sam = ("", "") if desk in NAMELESS else ("Mara Lindt", "Sam Rivera")
    said = [("customer", mara, FIRST), ("agent", sam, ANSWER), ("customer", mara, LAST)]
    if desk in QUOTES:
        said = [("customer", mara, f"{LAST}\n\nMara")]
    assert got.said == said
    assert (got.customer, got.agent) == (mara, page.agent)
    assert (got.kind, got.send) == ("reply", page.send)
    if page.note:
        driver.execute_script(page.note)
        assert read(driver).kind == "note"
    if page.note_field:
        assert read(driver, page.note_field).kind == "note"
