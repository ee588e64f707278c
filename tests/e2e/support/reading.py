"""Reads a page as the content scripts do, without the extension: quick, and with a view of everything that was read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from selenium.webdriver.chrome.webdriver import WebDriver

from empathy_coach.demo.browser import EXTENSION

NEEDED = re.compile(
    r'"((?:content/(?:dom|once|text|fields|blocks|names|units|guess|order|log|conversation|kind|elsewhere|sending)|desks/[\w-]+)\.js)"'
)
FILES = NEEDED.findall((EXTENSION / "lib/scripts.js").read_text("utf-8"))
SOURCE = "\n".join((EXTENSION / file).read_text("utf-8").replace('"use strict";', "") for file in FILES)
READ = """
const pages = [document, ...framesIn(document)];
const desk = pages.map(deskOf).find(({ name }) => name !== "generic") ?? deskOf(document);
const open = (root) => [root, ...[...root.querySelectorAll("*")].flatMap((e) => (e.shadowRoot ? open(e.shadowRoot) : []))];
const roots = pages.flatMap(open);
const found = wanted ? roots.map((root) => root.querySelector(wanted)).find(Boolean) : pages.map((page) => namedField(desk, page)).find(Boolean);
const field = editableAround(found) ?? found;
const draft = readText(field).text;
let read = conversationAround(desk, field);
if (read.messages.length === 0) read = (await conversationElsewhere(desk, field)) ?? read;
if (read.messages.length === 0) read = { ...read, ...quotedConversation(draft), agent: read.agent };
const send = sendButton(desk, field);
return { desk: desk.name, messages: read.messages, agent: read.agent, customer: read.customer,
  kind: kindOf(desk, field), send: send && buttonWords(send), reply: isReplyField(field) };
"""
SCRIPT = f"const done = arguments[1]; (async (wanted) => {{ {SOURCE} {READ} }})(arguments[0]).then(done, (error) => done(error.stack))"


@dataclass(frozen=True)
class Read:
    """What was read from a page."""

    desk: str
    messages: list[dict[str, Any]]
    agent: str
    customer: str
    kind: str
    send: str | None
    reply: bool

    @property
    def said(self) -> list[tuple[str, str, str]]:
        """Role, author and text of each message, oldest first."""
        return [(m["role"], m["author"], m["text"]) for m in self.messages]


def read(driver: WebDriver, field: str | None = None) -> Read:
    """Read the open page for the field that its desk names, or for ``field`` (a selector, also in shadow roots)."""
    found = driver.execute_async_script(SCRIPT, field)
    assert isinstance(found, dict), found
    return Read(**found)
