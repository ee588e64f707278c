"""Who may use which route. What is not in this table is refused, whoever asks; a test walks all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from empathy_coach.services.people import Role

#: ``anyone``: nobody is asked who they are. ``client``: the token of a paired client. A role: that role or a higher one.
Who = Literal["anyone", "client"] | Role

WHO_MAY: Mapping[str, Who] = {
    # The API; an extension calls it.
    "v1.health": "anyone",
    "v1.openapi": "anyone",
    "v1.pair": "anyone",  # with a code
    "v1.me": "client",
    "v1.coach": "client",
    "v1.rewrite": "client",
    "v1.feedback": "client",
    "v1.practice": "client",
    # For whoever asks the process itself, not its proxy.
    "vitals.ready": "anyone",
    "vitals.metrics": "anyone",
    # Signing in, and the administrator's page; only where there are accounts.
    "people.sign_in": "anyone",
    "people.welcome": "anyone",  # with an invitation
    "people.provider": "anyone",
    "people.back": "anyone",  # from the identity provider
    "people.sign_out": "agent",
    "people.accounts": "administrator",
    "people.add": "administrator",
    "people.change": "administrator",
    # Practice, and what is kept about oneself.
    "practice.static": "anyone",
    "practice.enter": "anyone",  # with a code
    "practice.round": "anyone",  # players of a round need its code only
    "practice.in_round": "anyone",
    "practice.round_state": "anyone",
    "practice.home": "agent",
    "practice.nothing": "agent",
    "practice.tour": "agent",
    "practice.rapport": "agent",
    "practice.listens": "agent",
    "practice.listen": "agent",
    "practice.plays": "agent",
    "practice.play": "agent",
    "practice.drill": "agent",
    "practice.schedule": "agent",
    "practice.me": "agent",
    "practice.export": "agent",
    "practice.erase": "agent",
    "practice.new_code": "agent",
    "practice.unpair": "agent",
    # The console.
    "console.static": "anyone",
    "console.sign_in": "anyone",  # with a link
    "console.sign_out": "lead",
    "console.start": "lead",
    "console.nothing": "lead",
    "console.rules": "lead",
    "console.rule": "lead",
    "console.tune": "lead",
    "console.preview": "lead",
    "console.from_reply": "lead",
    "console.propose": "lead",
    "console.new_rule": "lead",
    "console.write_rule": "lead",
    "console.save_rule": "lead",
    "console.judge_rule": "lead",
    "console.publish_rule": "lead",
    "console.bring_out": "lead",
    "console.pilot": "lead",
    "console.history": "lead",
    "console.go_back": "lead",
    "console.impact": "lead",
    "console.compare": "lead",
    "console.effects": "lead",
    "console.macros": "lead",
    "console.check_macros": "lead",
    "console.checked": "lead",
    "console.macros_csv": "lead",
    "console.share": "lead",
    "console.team_file": "lead",
    "console.bring_in": "lead",
    "console.works": "lead",
    "console.shoes": "lead",
    "console.switch": "lead",
    "console.models": "lead",
    "console.keep_model": "lead",
    "console.practise": "lead",
    "console.keep_rhythm": "lead",
    "console.open_practice": "lead",
}
