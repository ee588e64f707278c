"""Errors that a person can mend. Their text is the sentence that person is shown."""

from __future__ import annotations


class CoachError(Exception):
    """Something is wrong that its reader can put right; ``str(error)`` says what and where."""


class SettingsError(CoachError):
    """A setting has a value that cannot be used; the text names the setting."""


class StorageError(CoachError):
    """The database could not be opened, read or written just now."""
