"""Rich replies: keeps plain formatting, drops everything else."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

KEPT = frozenset({"b", "strong", "i", "em", "u", "p", "div", "ul", "ol", "li", "blockquote", "br"})
WITHOUT_TEXT = frozenset({"script", "style", "template", "title", "iframe", "object"})


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in WITHOUT_TEXT:
            self.silent += 1
        elif tag in KEPT:
            self.out.append(f"<{tag}>")
            if tag != "br":
                self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in WITHOUT_TEXT:
            self.silent = max(0, self.silent - 1)
        elif tag in self.open:
            while (inner := self.open.pop()) != tag:
                self.out.append(f"</{inner}>")
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(escape(data))


def clean(markup: str) -> str:
    """The markup with formatting tags only, none of them with an attribute, all of them closed."""
    cleaner = _Cleaner()
    cleaner.feed(markup)
    cleaner.close()
    return "".join(cleaner.out + [f"</{tag}>" for tag in reversed(cleaner.open)])
