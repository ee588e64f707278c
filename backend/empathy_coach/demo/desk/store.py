"""What Harbour Desk keeps: tickets and their messages, in one SQLite file."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

import yaml

ReplyKind = Literal["reply", "note"]
REPLY_KINDS: tuple[ReplyKind, ...] = get_args(ReplyKind)
TICKETS = Path(__file__).with_name("tickets.yaml")

TABLES = """
CREATE TABLE IF NOT EXISTS desk (agent TEXT NOT NULL, form_token TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ticket (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL, customer TEXT NOT NULL, email TEXT NOT NULL,
    editor TEXT NOT NULL CHECK (editor IN ('textarea', 'rich')), draft TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES ticket (id),
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'reply', 'note')),
    author TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a ticket. ``html`` is clean markup, empty for plain text; ``at`` is UTC."""

    kind: Literal["customer", "reply", "note"]
    author: str
    at: datetime
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket. ``draft`` is a hurried answer to try the coach on."""

    id: int
    subject: str
    customer: str
    email: str
    editor: Literal["textarea", "rich"]
    draft: str
    messages: tuple[Message, ...]

    @property
    def answered(self) -> bool:
        """Whether the last public message is the agent's."""
        public = [m for m in self.messages if m.kind != "note"]
        return bool(public) and public[-1].kind == "reply"


class Store:
    """Reads and writes the desk's file. A connection lives for one call, so any thread may use a store."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as db:
            db.executescript(TABLES)
            if db.execute("SELECT count(*) FROM desk").fetchone()[0] == 0:
                self._seed(db)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file)) as db, db:
            db.row_factory = sqlite3.Row
            yield db

    def _seed(self, db: sqlite3.Connection) -> None:
        given = yaml.safe_load(TICKETS.read_bytes())
        now = datetime.now(UTC)
        if db.execute("SELECT count(*) FROM desk").fetchone()[0] == 0:
            db.execute("INSERT INTO desk VALUES (?, ?)", (given["agent"], secrets.token_urlsafe(24)))
        for number, ticket in enumerate(given["tickets"], 1):
            values = (number, *(ticket[name].strip() for name in ("subject", "customer", "email", "editor", "draft")))
            db.execute("INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?)", values)
            for message in ticket["messages"]:
                author = message.get("agent", ticket["customer"])
                kind = "reply" if "agent" in message else "customer"
                at = now - timedelta(hours=message["hours_ago"])
                self._insert(db, number, kind, author, at, message["text"].strip(), "")

    @staticmethod
    def _insert(
        db: sqlite3.Connection, ticket: int, kind: str, author: str, at: datetime, text: str, html: str
    ) -> None:
        db.execute(
            "INSERT INTO message (ticket, kind, author, at, text, html) VALUES (?, ?, ?, ?, ?, ?)",
            (ticket, kind, author, at.isoformat(timespec="seconds"), text, html),
        )

    @property
    def agent(self) -> str:
        """The name of the agent at this desk."""
        with self._open() as db:
            return str(db.execute("SELECT agent FROM desk").fetchone()[0])

    @property
    def form_token(self) -> str:
        """What a form must carry: only the desk's own pages show it. It outlives a restart, so no reply is lost."""
        with self._open() as db:
            return str(db.execute("SELECT form_token FROM desk").fetchone()[0])

    def tickets(self) -> list[Ticket]:
        """All tickets, by number."""
        with self._open() as db:
            numbers = [row[0] for row in db.execute("SELECT id FROM ticket ORDER BY id")]
        return [ticket for number in numbers if (ticket := self.ticket(number))]

    def ticket(self, number: int) -> Ticket | None:
        """One ticket with its messages, oldest first; None when there is no such number."""
        with self._open() as db:
            row = db.execute("SELECT * FROM ticket WHERE id = ?", (number,)).fetchone()
            if row is None:
                return None
            messages = db.execute(
                "SELECT kind, author, at, text, html FROM message WHERE ticket = ? ORDER BY at, id", (number,)
            )
            return Ticket(
                **dict(row),
                messages=tuple(Message(**{**dict(m), "at": datetime.fromisoformat(m["at"])}) for m in messages),
            )

    def add_reply(self, number: int, kind: ReplyKind, text: str, html: str = "") -> None:
        """Keep what the agent sent."""
        agent = self.agent
        with self._open() as db:
            self._insert(db, number, kind, agent, datetime.now(UTC), text, html)

    def start_over(self) -> None:
        """Forget all replies and put the six tickets back."""
        with self._open() as db:
            db.execute("DELETE FROM message")
            db.execute("DELETE FROM ticket")
            self._seed(db)
