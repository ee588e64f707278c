"""Who somebody is, as far as this backend needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

#: An agent writes replies and practises; a lead tunes rules as well; an administrator looks after accounts as well.
Role = Literal["agent", "lead", "administrator"]

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in. ``account`` is None on one person's own machine, where there are no accounts."""

    account: str | None
    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this person may do what ``role`` may."""
        return ROLES.index(self.role) >= ROLES.index(role)
