"""One draft with every case, what is suggested about it, and all that is tried with it in an editor.

The edits come from a backend that answers every draft by one small table, so that the expected text is known to the
letter; the clicks, the keys and the editors are real.
"""

from __future__ import annotations

import json
import re
import time
from abc import ABC, abstractmethod
from typing import Any

from support.recorder import REPORT
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


class Desk(ABC):
    """One editor's page in a browser, with the coach beside it."""

    patience = 15.0  # seconds

    def __init__(self, editor: str, asked: list[dict[str, Any]]) -> None:
        self.editor = editor
        self.asked = asked
        self.plain = editor in PLAIN

    @abstractmethod
    def script(self, code: str) -> Any:
        """Run the body of an async function in the page; what it returns."""

    @abstractmethod
    def keys(self, text: str, *held: str) -> None:
        """Real keys, with ``Control``, ``Alt`` or ``Shift`` held down."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """Click something of the coach's as soon as it is there."""

    @abstractmethod
    def said(self) -> str:
        """What the coach said last."""

    def load(self, html: str) -> None:
        """Set the draft by the editor's own means, and type the last letter by hand."""
        drawn = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        self.script(
            f"await editor.load({json.dumps(html)}); {drawn}"
        )  # some set their caret only with the next picture
        if self.editor == "codemirror":  # a code editor is coached only when that is asked for
            self.keys("e", "Alt", "Shift")
            self.click(".panel [data-key=close]")
        self.keys("!")

    def sent(self) -> tuple[str, str]:
        """What the editor would send, and the words that the shown answer is about (none while there is none)."""
        shown = "document.querySelector('empathy-coach:not([data-hidden])')?.dataset.for"
        raw, length = self.script(f"return [editor.sent(), {shown}]")
        draft = str(self.asked[-1]["draft"]) if self.asked else ""
        read = " ".join(draft.split()) if length == str(len(draft)) else ""
        return tidy(raw) if self.plain else marked(raw), read

    def expect(self, wanted: str, what: str) -> None:
        """The editor sends this, and the coach has read it."""
        both = (bare(wanted) if self.plain else wanted, " ".join(bare(wanted).split()))
        end = time.monotonic() + self.patience
        while (found := self.sent()) != both:
            if time.monotonic() > end:
                shown = f"--- wanted\n{both[0]}\n--- sends\n{found[0]}\n--- read\n{found[1]}\n--- said\n{self.said()}"
                raise AssertionError(f"{self.editor}: {what}\n{shown}")
            time.sleep(0.02)

    def swap(self, rule: str) -> None:
        """Click a suggestion."""
        self.click(f'[data-rule="{rule}"] [data-key^=swap]')

    def dismiss(self, rule: str) -> None:
        """Put an idea aside."""
        self.click(f'[data-rule="{rule}"] summary')
        self.click(f'[data-rule="{rule}"] [data-key^=dismissed]')


def swapped(text: str, *swaps: tuple[str, str]) -> str:
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return text


def go_through(desk: Desk) -> None:
    """All behaviours on a draft that holds all cases."""
    before = marked(DRAFT) + "!"
    reworded = swapped(before, HELLO, *SWAPS, LOOKED)
    desk.load(DRAFT)
    desk.expect(before, "as typed")
    desk.click(".badge button")

    desk.click("[data-key=apply]")
    desk.expect(reworded, "the whole draft reworded")
    desk.keys("z", "Control")
    desk.expect(before, "one Ctrl+Z after the rewording")
    desk.click("[data-key=apply]")
    desk.expect(reworded, "reworded again")
    desk.click("[data-key=undo]")
    desk.expect(before, "Undo in the panel after the rewording")

    drafts = [before]
    for number, case in enumerate(CASES):
        drafts.append(swapped(drafts[-1], SWAPS[number]))
        desk.swap(f"swap/{number}")
        desk.expect(drafts[-1], f"{case}: one suggestion after the other")
    drafts.append(swapped(drafts[-1], ("You can see", f"{SORRY}\nYou can see")))
    desk.swap("sorry")
    desk.expect(drafts.pop(), "a sentence put in")
    desk.click("[data-key=undo]")
    desk.expect(drafts.pop(), "Undo in the panel")
    for case in reversed(CASES):
        desk.keys("z", "Control")
        desk.expect(drafts.pop(), f"{case}: one Ctrl+Z")
    desk.dismiss("swap/0")
    desk.expect(before, "put aside")
