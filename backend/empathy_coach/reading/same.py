"""Keys of caches that are compared without a look at what is in them."""

from __future__ import annotations

from functools import lru_cache
from typing import Generic, TypeVar

from empathy_coach.domain import Conversation

CONVERSATIONS = (
    256  # remembered; with fewer than agents who type at once, each keystroke would read a conversation anew
)

_Thing = TypeVar("_Thing")


@lru_cache(maxsize=CONVERSATIONS)
def known(conversation: Conversation) -> Conversation:
    """The same conversation as the same object: its hundreds of messages are compared once, not in every cache."""
    return conversation


class Same(Generic[_Thing]):
    """A thing as a key: equal only to the very same thing."""

    __slots__ = ("it",)

    def __init__(self, it: _Thing) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it
