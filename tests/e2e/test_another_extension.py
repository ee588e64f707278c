"""Another extension in the same browser gets nothing: no answer, no file, no token, and no coaching without one."""

from __future__ import annotations

import hashlib

from support.coach_page import CoachPage
from support.pageserver import PAGES

from empathy_coach.demo.browser import extension_id
from empathy_coach.web.server import Server

STRANGER = PAGES / "stranger"


def unpacked_id() -> str:
    """The id that Chromium gives an unpacked extension without a key: made from its folder."""
    digits = hashlib.sha256(str(STRANGER).encode()).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digits)


def test_another_extension_gets_nothing(coach: CoachPage, backend: Server) -> None:
    coach.driver.get(f"chrome-extension://{unpacked_id()}/try.html")
    tried = coach.driver.execute_async_script(
        "tryAll(arguments[0], arguments[1]).then(arguments[2])", extension_id(), backend.url
    )
    assert tried == {
        **dict.fromkeys(("status", "test", "coach", "pair", "practice", "connect"), "refused"),
        **dict.fromkeys(("worker.js", "pages/options.html", "lib/api.js"), "refused"),
        "me": 401,
        "coached": 401,
        "console": tried["console"],
        "kept": [],
    }
    assert tried["console"] in (401, 403)
