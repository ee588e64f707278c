"""What an editor would send, as text with marks, so that the HTML of all editors can be compared with one expectation.

A line a block: ``<b>`` and ``<a>`` stay, a list's items begin with ``* ``, everything else of the markup goes.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "blockquote", "body"}
BOLD = {"b", "strong"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.runs: list[tuple[str, frozenset[str]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.runs.append(("\n", frozenset()))
            return
        if tag in BLOCKS:
            self.runs.append(("\n* " if tag == "li" else "\n", frozenset()))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        while self.open.pop() != tag:
            pass
        if tag in BLOCKS:
            self.runs.append(("\n", frozenset()))

    def handle_data(self, data: str) -> None:
        marks = {"b" if tag in BOLD else "a" for tag in self.open if tag in BOLD or tag == "a"}
        text = re.sub(r"[ \t\r\n\xa0]+", " ", data).translate({0x2060: None, 0x200B: None, 0xFEFF: None})
        self.runs.append((text, frozenset(marks)))


def marked(html: str) -> str:
    """The lines of an editor's HTML, without empty ones, with bold and links marked."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = ""
    now: frozenset[str] = frozenset()
    for words, marks in [*reader.runs, ("", frozenset())]:
        if words or not marks:
            text += "".join(f"</{mark}>" for mark in sorted(now - marks, reverse=True))
            text += "".join(f"<{mark}>" for mark in sorted(marks - now))
            now = marks
        text += words
    return tidy(re.sub(r"\n\* \n+", "\n* ", text))  # an item whose text is a paragraph


def tidy(text: str) -> str:
    """Lines without empty ones and without white space around them."""
    lines = (re.sub(r" +", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line not in ("", "*"))


def bare(text: str) -> str:
    """The same without marks, as a plain field would send it."""
    return tidy(re.sub(r"</?[ab]>|^\* ", "", text, flags=re.M))
