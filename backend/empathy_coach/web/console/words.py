"""How things are called on the pages, and the small tools that templates use."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, g
from flask.blueprints import BlueprintSetupState

from empathy_coach.domain import ELEMENTS, FAULTS, SEVERITIES, SIGNAL_KINDS
from empathy_coach.rules.differences import AUDIENCE
from empathy_coach.rules.overlay import STAGES
from empathy_coach.rules.verdicts import pieces
from empathy_coach.web.pages import form_token
from empathy_coach.web.security import PEOPLE

SEVERITY = {"hint": "an idea", "warn": "worth a second look", "stop": "should not go out"}
#: The way through the console: page, label, and the pages that belong to it.
NAV = (
    ("rules", "Rules", ("rule",)),
    ("new_rule", "Write", ("write_rule", "save_rule", "publish_rule", "bring_out", "from_reply")),
    ("impact", "Try", ("compare", "effects")),
    ("macros", "Canned replies", ("check_macros", "checked")),
    ("models", "Model replies", ("keep_model",)),
    ("works", "What works", ()),
    ("shoes", "In their shoes", ()),
    ("practise", "Practice", ()),
    ("history", "History", ("go_back",)),
    ("pilot", "Pilot group", ()),
    ("share", "Take along", ("bring_in",)),
)
#: What the line at the top of a page says after something was done.
DONE = {
    "welcome": "You are signed in.",
    "saved": "Saved as a draft. Nobody meets it until you publish it.",
    "published": "Published. The coach uses it from the next reply on.",
    "tuned": "Changed for your team. The coach uses it from the next reply on.",
    "withdrawn": "Taken back. It is a draft again.",
    "back": "Everything is as it was at that point. The coach uses it from the next reply on.",
    "discarded": "The draft is gone. What is published stays as it is.",
    "pilot": "The pilot group is changed.",
    "rhythm": "Kept. The side panel offers it from that day on.",
    "model": "Kept. Agents see it from the next draft on.",
    "model-back": "Taken back.",
    "out": "You are signed out.",
    "password": "Your password is set. Please sign in with it.",
    "account": "Changed.",
    "switched": "Changed. Everybody in the team can see on their own page what is counted.",
    "imported": "The rules are here. The coach uses them from the next reply on.",
}


def add_to(console: Blueprint) -> None:
    """Make the words known to the templates."""

    @console.record_once
    def known(state: BlueprintSetupState) -> None:
        # Globals, because a macro that is imported sees no context.
        state.app.jinja_env.globals.update(
            ELEMENTS=ELEMENTS,
            FAULTS=FAULTS,
            SEVERITIES=SEVERITIES,
            SEVERITY=SEVERITY,
            SIGNALS=SIGNAL_KINDS,
            STAGES=STAGES,
            AUDIENCE=AUDIENCE,
            DONE=DONE,
            NAV=NAV,
            pieces=pieces,
            line_changes=line_changes,
            people_csrf=lambda: form_token(g.credential, PEOPLE),
        )

    console.add_app_template_filter(lambda span: (span.start, span.end), "ends")
    console.add_app_template_filter(spoken, "spoken")
    console.add_app_template_filter(moment, "moment")


def spoken(word: str) -> str:
    """``stock_phrase`` as a person writes it."""
    return word.replace("_", " ").replace("-", " ")


def moment(at: datetime) -> str:
    """A time as history shows it."""
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def line_changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The lines of two texts as (mark, line): ``-`` gone, ``+`` new, blank for kept."""
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        if line[:1] in "+- ":
            yield line[:1], line[2:]
