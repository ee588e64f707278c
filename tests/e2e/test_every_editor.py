"""Every editor, every case: what would be sent is the promised text, its formatting kept, nothing typed is lost.

The edits come from a backend that answers every draft by one small table, so that the expected text is known to the
letter; the clicks, the keys and the editors are real.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from support.coach_page import CoachPage
from support.recorder import REPORT, recorder
from support.sent import bare, marked, tidy

from empathy_coach.demo.browser import EXTENSION

PLAIN = {"textarea", "react-textarea", "codemirror"}
EDITORS = [
    *("textarea", "react-textarea", "contenteditable", "shadow", "ckeditor5", "ckeditor4", "tinymce", "tinymce-inline"),
    *("quill", "tiptap", "lexical", "slate", "draft", "trix", "summernote", "jodit", "codemirror"),
]
# What stands in the draft, and what a suggestion makes of it.
CASES = {
    "inside one text node": ("<p>Please note we cannot send it by <b>Friday</b>.</p>", ("Please note we", "We")),
    "a sentence across bold": (
        "<p>You must wait. We <b>never</b> send early. So it is.</p>",
        ("We <b>never</b> send early.", "It leaves once it is packed."),
    ),
    "exactly the bold words": (
        "<p>It is <b>not our fault</b> that it is late.</p>",
        ("not our fault", "a thing we can mend"),
    ),
    "two paragraphs": ("<p>First you wait.</p><p>Then you write.</p>", ("you wait.\nThen you", "we look.\nThen we")),
    "up to the space before bold": (
        "<p>Rest assured that your <b>deposit</b> is safe.</p>",
        ("Rest assured that your", "Your"),
    ),
    "up to the space before a link": (
        '<p>Just see <a href="https://desk.test/t">the tracking page</a> for it.</p>',
        ("Just see", "You can see"),
    ),
}
PARAGRAPHS = "".join(html for html, _ in CASES.values())
SWAPS = [swap for _, swap in CASES.values()]
DRAFT = f"<p>Hi Mara,</p>{PARAGRAPHS}<ul><li>Order 48213</li><li>Blue lamp</li></ul><p>Sam</p>"
HELLO = ("Hi Mara,", "Dear Mara,")
LOOKED = ("it.\n* Order", "it. I looked today.\n* Order")  # a backend may take more along than it changes
SORRY = "I am sorry that it is late."


def edit_of(draft: str, swap: tuple[str, str]) -> dict[str, Any] | None:
    """The edit of the plain text that makes a swap; None when its words are not there."""
    old, new = (re.sub(r"</?b>|(?<=\n)\* ", "", words) for words in swap)
    found = re.search(re.escape(old).replace("\\\n", "(\\n+)"), draft)
    if not found:
        return None
    breaks = found[1] if "\n" in old else ""
    return {"start": found.start(), "end": found.end(), "text": new.replace("\n", breaks)}


def report_for(draft: str) -> dict[str, Any]:
    """What the table says about a draft: a suggestion for each case, then a sentence to put in; and all at once."""
    swaps = {f"swap/{n}": edit for n, swap in enumerate(SWAPS) if (edit := edit_of(draft, swap))}
    findings = [finding(rule, draft, edit) for rule, edit in swaps.items()]
    at = draft.find("You can see")
    if not swaps and at >= 0:
        findings.append(finding("sorry", draft, {"start": at, "end": at, "text": f"{SORRY}\n\n"}))
    edits = [edit for edit in (edit_of(draft, HELLO), *swaps.values(), edit_of(draft, LOOKED)) if edit]
    text = draft
    for edit in reversed(edits):
        text = text[: edit["start"]] + edit["text"] + text[edit["end"] :]
    rewording = {"text": text, "edits": edits, "slots": [], "author": "built-in"} if edits else None
    return {**REPORT, "findings": findings, "rewording": rewording}


def finding(rule: str, draft: str, edit: dict[str, Any]) -> dict[str, Any]:
    quote = draft[edit["start"] : edit["end"]]
    where = (
        {"span": {"start": edit["start"], "end": edit["end"], "quote": quote}} if quote else {"place": {"at": "end"}}
    )
    suggestions = [{"label": f"Do {rule}", "edits": [edit]}]
    return {"element": "tone", "rule": rule, "severity": "warn", "why": "Because.", "suggestions": suggestions, **where}


class Desk:
    """One editor's page, with the coach beside it."""

    def __init__(self, coach: CoachPage, editor: str, asked: list[dict[str, Any]]) -> None:
        self.coach = coach
        self.editor = editor
        self.asked = asked
        self.plain = editor in PLAIN
        coach.visit(f"editor.html?{editor}")
        coach.wait().until(lambda d: d.execute_script("return document.body.dataset.ready"))

    def load(self, html: str) -> None:
        """Set the draft by the editor's own means, and type the last letter by hand."""
        script = "const [html, done] = arguments; Promise.resolve(editor.load(html)).then(() => done())"
        self.coach.driver.execute_async_script(script, html)
        if self.editor == "codemirror" and not self.coach.hosts():
            chord = ActionChains(self.coach.driver).key_down(Keys.ALT).key_down(Keys.SHIFT).send_keys("e")
            chord.key_up(Keys.SHIFT).key_up(Keys.ALT).perform()
            self.coach.wait_for("ideas")
            self.coach.click("close")
        ActionChains(self.coach.driver).send_keys("!").perform()

    def sent(self) -> tuple[str, str]:
        """What the editor would send, and the words that the shown answer is about (none while there is none)."""
        script = "return [editor.sent(), document.querySelector('empathy-coach:not([data-hidden])')?.dataset.for]"
        raw, length = self.coach.driver.execute_script(script)
        draft = str(self.asked[-1]["draft"]) if self.asked else ""
        read = " ".join(draft.split()) if length == str(len(draft)) else ""
        return tidy(raw) if self.plain else marked(raw), read

    def expect(self, wanted: str, what: str) -> None:
        """The editor sends this, and the coach has read it."""
        both = (bare(wanted) if self.plain else wanted, " ".join(bare(wanted).split()))
        try:
            self.coach.wait(4).until(lambda _: self.sent() == both)
        except TimeoutException:
            sends, read = self.sent()
            found = f"--- wanted\n{both[0]}\n--- sends\n{sends}\n--- read\n{read}\n--- said\n{self.coach.said()}"
            raise AssertionError(f"{self.editor}: {what}\n{found}") from None

    def swap(self, rule: str) -> None:
        """Click a suggestion."""
        self.coach.wait().until(lambda _: self.coach.find(f'[data-rule="{rule}"] [data-key^=swap]')).click()

    def dismiss(self, rule: str) -> None:
        """Put an idea aside; nothing else changes."""
        idea = self.coach.find(f'[data-rule="{rule}"]')
        idea.find_element(By.CSS_SELECTOR, "summary").click()
        idea.find_element(By.CSS_SELECTOR, "[data-key^=dismissed]").click()
        self.coach.wait().until(lambda _: not self.coach.find_all(f'[data-rule="{rule}"]'))

    def undo_key(self) -> None:
        ActionChains(self.coach.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()


@pytest.fixture
def open_desk(coach: CoachPage, point_at: Callable[[str], None]) -> Iterator[Callable[[str], Desk]]:
    with recorder(report_for) as (url, asked):
        point_at(url)
        yield lambda editor: Desk(coach, editor, asked)


def swapped(text: str, *swaps: tuple[str, str]) -> str:
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return text


def test_the_table_tells_of_all() -> None:
    rows = re.findall(
        r"^\|.*\| `([\w-]+)` \| `([\w-]+\.js)` \| yes \|$", (EXTENSION / "EDITORS.md").read_text("utf-8"), re.M
    )
    assert [editor for editor, _ in rows] == EDITORS
    assert all((EXTENSION / "editors" / way).is_file() for _, way in rows)


@pytest.mark.parametrize("editor", EDITORS)
def test_every_case(editor: str, open_desk: Callable[[str], Desk]) -> None:
    go_through(open_desk(editor))


def go_through(desk: Desk) -> None:
    """All behaviours on a draft that holds all cases."""
    before = marked(DRAFT) + "!"
    reworded = swapped(before, HELLO, *SWAPS, LOOKED)
    desk.load(DRAFT)
    desk.expect(before, "as typed")
    desk.coach.open()

    desk.coach.click("apply")
    desk.expect(reworded, "the whole draft reworded")
    desk.undo_key()
    desk.expect(before, "one Ctrl+Z after the rewording")
    desk.coach.click("apply")
    desk.expect(reworded, "reworded again")
    desk.coach.click("undo")
    desk.expect(before, "Undo in the panel after the rewording")

    drafts = [before]
    for number, case in enumerate(CASES):
        drafts.append(swapped(drafts[-1], SWAPS[number]))
        desk.swap(f"swap/{number}")
        desk.expect(drafts[-1], f"{case}: one suggestion after the other")
    drafts.append(swapped(drafts[-1], ("You can see", f"{SORRY}\nYou can see")))
    desk.swap("sorry")
    desk.expect(drafts.pop(), "a sentence put in")
    desk.coach.click("undo")
    desk.expect(drafts.pop(), "Undo in the panel")
    for case in reversed(CASES):
        desk.undo_key()
        desk.expect(drafts.pop(), f"{case}: one Ctrl+Z")
    desk.dismiss("swap/0")
    desk.expect(before, "put aside")
