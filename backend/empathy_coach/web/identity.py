"""Who sends a request to the pages: by the cookie of a session, or of a paired browser on the practice pages."""

from __future__ import annotations

from flask import Request

from empathy_coach.services.house import Services
from empathy_coach.services.people import Person

#: On one person's own machine. The console's is opened by a link, the practice pages' by a code.
CONSOLE_COOKIE = "empathy-coach-console"
PRACTICE_COOKIE = "empathy-coach-practice"
#: Where there are accounts: one for all pages.
SESSION_COOKIE = "empathy-coach"


def identify(asked: Request, services: Services) -> tuple[Person | None, str]:
    """Who is asking, and the secret they showed. Raises StorageError."""
    session = asked.cookies.get(SESSION_COOKIE if services.sign_in.with_accounts else CONSOLE_COOKIE, "")
    person = services.sign_in.person(session) if session else None
    if person is not None:
        return person, session
    token = asked.cookies.get(PRACTICE_COOKIE, "")
    holder = services.access.holder(token) if token else None
    if holder is None or (holder.account is None) == services.sign_in.with_accounts:
        return None, ""
    return Person(holder.account, holder.label, "agent"), token
