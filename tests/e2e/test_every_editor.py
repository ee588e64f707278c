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
}
DRAFT = '<p>Hi Mara,</p>{}<p>Just see <a href="https://desk.test/t">the tracking page</a> for it.</p><ul><li>Order 48213</li><li>Blue lamp</li></ul><p>Sam</p>'
SECOND = ("Just see", "You can see")
SORRY = "I am sorry that it is late."
HELLO = ("Hi Mara,", "Dear Mara,")
LOOKED = ("it.\n* Order", "it. I looked today.\n* Order")


def edit_of(draft: str, swap: tuple[str, str]) -> dict[str, Any] | None:
    """The edit of the plain text that makes a swap; None when its words are not there."""
    old, new = (re.sub(r"</?b>|(?<=\n)\* ", "", words) for words in swap)
    found = re.search(re.escape(old).replace("\\\n", "(\\n+)"), draft)
    if not found:
        return None
    breaks = found[1] if "\n" in old else ""
    return {"start": found.start(), "end": found.end(), "text": new.replace("\n", breaks)}


def report_for(draft: str) -> dict[str, Any]:
    """What the table says about a draft: at most a swap, a second one, an inserted sentence, and all of it at once."""
    swaps = [edit for _, swap in CASES.values() if (edit := edit_of(draft, swap))]
    second = edit_of(draft, SECOND)
    hello = edit_of(draft, HELLO)
    looked = edit_of(draft, LOOKED)
    findings = [finding("swap", draft, edit) for edit in swaps]
    if second:
        findings.append(finding("second", draft, second))
    at = draft.find("Just see") if second else draft.find("You can see")
    if at >= 0 and SORRY not in draft:
        findings.append(finding("sorry", draft, {"start": at, "end": at, "text": f"{SORRY}\n\n"}))
    edits = [edit for edit in (hello, *swaps, second, looked) if edit]
    text = draft
    for edit in sorted(edits, key=lambda one: -int(one["start"])):
        text = text[: edit["start"]] + edit["text"] + text[edit["end"] :]
    rewording = {"text": text, "edits": edits, "slots": [], "author": "built-in"} if edits else None
    return {**REPORT, "findings": findings, "rewording": rewording}


def finding(rule: str, draft: str, edit: dict[str, Any]) -> dict[str, Any]:
    quote = draft[edit["start"] : edit["end"]]
    where = {"span": {"start": edit["start"], "end": edit["end"], "quote": quote}} if quote else {"place": {"at": "end"}}
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

    def sent(self) -> str:
        raw = str(self.coach.driver.execute_script("return editor.sent()"))
        return tidy(raw) if self.plain else marked(raw)

    def expect(self, wanted: str, what: str) -> None:
        """The editor sends this, and the coach has read it."""
        wanted = bare(wanted) if self.plain else wanted
        read = " ".join(bare(wanted).split())
        try:
            self.coach.wait(3).until(lambda _: self.sent() == wanted and self.read() == read)
        except TimeoutException:
            found = f"--- wanted\n{wanted}\n--- sends\n{self.sent()}\n--- read\n{self.read()}\n--- said {self.coach.said()}"
            raise AssertionError(f"{what}\n{found}") from None

    def read(self) -> str:
        """The words that the shown answer is about; nothing while there is none."""
        draft = str(self.asked[-1]["draft"]) if self.asked else ""
        length = self.coach.host().get_attribute("data-for")
        return " ".join(draft.split()) if length == str(len(draft)) else ""

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


def go_through(desk: Desk, html: str, swap: tuple[str, str]) -> None:
    """All behaviours in one case."""
    draft = DRAFT.format(html)
    before = marked(draft) + "!"
    desk.load(draft)
    desk.expect(before, "as typed")
    desk.coach.open()

    desk.coach.click("apply")
    desk.expect(swapped(before, HELLO, swap, SECOND, LOOKED), "the whole draft reworded")
    desk.undo_key()
    desk.expect(before, "one Ctrl+Z after the rewording")

    one = swapped(before, swap)
    two = swapped(one, SECOND)
    desk.swap("swap")
    desk.expect(one, "a phrase swapped")
    desk.swap("second")
    desk.expect(two, "a second one after it")
    desk.undo_key()
    desk.expect(one, "one Ctrl+Z takes the second one back")

    desk.swap("sorry")
    desk.expect(swapped(one, ("Just see", f"{SORRY}\nJust see")), "a sentence put in")
    desk.coach.click("undo")
    desk.expect(one, "Undo in the panel")
    desk.dismiss("sorry")
    desk.expect(one, "put aside")


@pytest.mark.parametrize("editor", EDITORS)
def test_every_case(editor: str, open_desk: Callable[[str], Desk]) -> None:
    problems = []
    for case, (html, swap) in CASES.items():
        try:
            go_through(open_desk(editor), html, swap)
        except AssertionError as error:
            problems.append(f"{case}: {error}")
    assert not problems, "\n".join(problems)
