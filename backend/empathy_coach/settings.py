"""Every setting of the backend, in one frozen object.

A setting comes from an argument of the command line, else from the environment (``EMPATHY_COACH_`` and the
field's name in capitals), else from its default. A value that cannot be used stops the start and names the field.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from empathy_coach.errors import SettingsError

PREFIX = "EMPATHY_COACH_"
LOOPBACK = ("127.0.0.1", "localhost")
DEFAULT_PORT = 8737

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|(chrome|moz)-extension://[a-z0-9-]+")
_MODEL = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+)(:[0-9]{1,5})?(/[\w./-]*)?")
_TEAM = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def _shipped_rules() -> Path:
    return Path(__file__).resolve().parents[2] / "coach_rules"


def _data_folder() -> Path:
    return user_data_path("empathy-coach", appauthor=False)


class Settings(BaseModel):
    """How this backend runs. Nothing changes after the start."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    port: int = Field(default=DEFAULT_PORT, ge=1, le=65535)
    """The port on 127.0.0.1 that the backend listens on."""

    data_dir: Path = Field(default_factory=_data_folder)
    """The folder of the database: hashed tokens, feedback counters, the team's rules; never a draft or a customer's text."""

    rules_dir: Path = Field(default_factory=_shipped_rules)
    """The folder of the rules (`packs/`, `teams/`, `signals.yaml`)."""

    secret_file: Path | None = None
    """The file of the secret that pseudonyms are made from, the same on all machines; without one, in the data folder."""

    team: str | None = None
    """The team whose choices in `teams/` apply; without one, the packs as they are."""

    origins: tuple[str, ...] = ()
    """Web pages that may call the API, as exact origins with commas between; none by default."""

    threads: int = Field(default=4, ge=1, le=64)
    """How many requests are worked on at the same time."""

    access_log: bool = True
    """Whether each request is logged: method, route, status, time. Never its text or token."""

    model_url: str | None = None
    """The base address of an OpenAI-compatible API that the team runs (http://127.0.0.1:8080/v1); no second author without."""

    model_name: str = Field(default="local", min_length=1, max_length=200)
    """The name of the model that the second author asks for."""

    model_seconds: float = Field(default=3.0, gt=0, le=30)
    """How long the second author may take; the built-in rewording never waits for it."""

    @field_validator("model_url")
    @classmethod
    def _own_model(cls, value: str | None) -> str | None:
        # Drafts leave the machine for this address: in the clear only to the machine itself.
        found = _MODEL.fullmatch(value) if value else None
        if value and (found is None or (found["scheme"] == "http" and found["host"] not in LOOPBACK)):
            raise ValueError("use http://127.0.0.1:PORT/... or https://HOST/..., without a user, a query or a fragment")
        return value or None

    @field_validator("data_dir", "rules_dir", "secret_file")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value and value.expanduser().absolute()

    @field_validator("team")
    @classmethod
    def _plain_team(cls, value: str | None) -> str | None:
        if value is not None and not _TEAM.fullmatch(value):
            raise ValueError("use small letters, digits and dashes, 40 at most")
        return value

    @field_validator("origins", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("origins")
    @classmethod
    def _exact(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        # flask-cors reads an entry with a star as a pattern, and its patterns are not anchored.
        for origin in value:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError("each origin is exact, such as https://desk.example.com, without a path or a star")
        return value

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        """The values of the Host header that are answered, port included."""
        return tuple(f"{host}:{self.port}" for host in LOOPBACK)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data_dir / "coach.db"

    @property
    def secret(self) -> Path:
        """The file of the secret."""
        return self.secret_file or self.data_dir / "pseudonyms.key"


def load_settings(environ: Mapping[str, str] | None = None, **arguments: object) -> Settings:
    """The settings from ``environ`` (the process's own when not given) and ``arguments``; ``None`` means not given.

    Raises SettingsError naming each field that is wrong, and each unknown ``EMPATHY_COACH_`` variable.
    """
    environ = os.environ if environ is None else environ
    found: dict[str, object] = {
        name.removeprefix(PREFIX).lower(): value for name, value in environ.items() if name.startswith(PREFIX)
    }
    found.update({name: value for name, value in arguments.items() if value is not None})
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    lines = []
    for problem in error.errors():
        name = str(problem["loc"][0])
        if problem["type"] == "extra_forbidden":
            known = ", ".join(PREFIX + field.upper() for field in Settings.model_fields)
            lines.append(f"{PREFIX}{name.upper()}: there is no such setting. There are {known}.")
        else:
            message = problem["msg"].removeprefix("Value error, ")
            lines.append(f"{name} ({PREFIX}{name.upper()}): {message}. It is {problem['input']!r}.")
    return "\n".join(lines)
