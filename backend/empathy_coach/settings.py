"""Every setting of the backend, in one frozen object.

A setting comes from an argument of the command line, else from the environment (``EMPATHY_COACH_`` and the
field's name in capitals), else from the file that ``--config`` or ``EMPATHY_COACH_CONFIG`` names, else from its
default. A value that cannot be used stops the start and names the field, or the file, the line and the key.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from empathy_coach.errors import SettingsError
from empathy_coach.settings_file import SettingsFile, read_settings_file
from empathy_coach.shipped import shipped

PREFIX = "EMPATHY_COACH_"
LOOPBACK = ("127.0.0.1", "localhost")
DEFAULT_PORT = 8737

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|(chrome|moz)-extension://[a-z0-9-]+")
_PUBLIC = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
_ADDRESS = re.compile(r"[0-9.]+|[0-9a-f:]+|localhost")
_MODEL = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+)(:[0-9]{1,5})?(/[\w./-]*)?")
_TEAM = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def _data_folder() -> Path:
    return user_data_path("empathy-coach", appauthor=False)


class Settings(BaseModel):
    """How this backend runs. Nothing changes after the start."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    port: int = Field(default=DEFAULT_PORT, ge=1, le=65535)
    """The port that the backend listens on."""

    host: str = LOOPBACK[0]
    """The address that the backend listens on; another than 127.0.0.1 only where a proxy on another machine reaches it."""

    public_url: str | None = None
    """Where browsers reach a team's server, through its proxy (https://coach.example.com); without one, this machine alone."""

    workers: int = Field(default=1, ge=1, le=256)
    """How many processes answer (more than one: on Linux and macOS, and the pages are left to a server that has one)."""

    database_url: str | None = None
    """A team's PostgreSQL (postgresql://coach@db.example.com/coach); without one, SQLite in the data folder."""

    redis_url: str | None = None
    """The Redis that counts tries for all processes together (redis://127.0.0.1:6379/0); without one, each counts for itself."""

    requests_a_minute: int = Field(default=0, ge=0, le=100_000)
    """How many drafts one paired client may send in a minute; 0 for as many as it likes."""

    keep_days: int = Field(default=400, ge=30, le=3650)
    """How long feedback counters and the log of changes are kept."""

    data_dir: Path = Field(default_factory=_data_folder)
    """The folder of the database: hashed tokens, feedback counters, the team's rules; never a draft or a customer's text."""

    rules_dir: Path = Field(default_factory=lambda: shipped("coach_rules"))
    """The folder of the rules (`packs/`, `teams/`, `signals.yaml`)."""

    accounts: bool = False
    """Whether everybody signs in with an account, as on a team's server; without, whoever uses this machine is trusted."""

    secret_file: Path | None = None
    """The file of the secret that pseudonyms are made from, the same on all machines; without one, in the data folder."""

    oidc_issuer: str | None = None
    """The address of the identity provider that people may sign in with (OpenID Connect); without one, by password alone."""

    oidc_client: str = Field(default="empathy-coach", min_length=1, max_length=200)
    """The name under which the identity provider knows this server."""

    oidc_secret_file: Path | None = None
    """The file of the secret that the identity provider shares with this server."""

    oidc_title: str = Field(default="your company", min_length=1, max_length=60)
    """What people call the identity provider, on the page to sign in."""

    team: str | None = None
    """The team whose choices in `teams/` apply; without one, the packs as they are."""

    origins: tuple[str, ...] = ()
    """Web pages that may call the API, as exact origins with commas between; none by default."""

    threads: int = Field(default=4, ge=1, le=64)
    """How many requests are worked on at the same time."""

    access_log: bool = True
    """Whether each request is logged: method, route, status, time. Never its text or token."""

    log_format: Literal["plain", "json"] = "plain"
    """How lines of the log look: for people (plain) or for programs (json)."""

    model_url: str | None = None
    """The base address of an OpenAI-compatible API that the team runs (http://127.0.0.1:8080/v1); no second author without."""

    model_name: str = Field(default="local", min_length=1, max_length=200)
    """The name of the model that the second author asks for."""

    model_seconds: float = Field(default=3.0, gt=0, le=30)
    """How long the second author may take; the built-in rewording never waits for it."""

    model_voice: bool = False
    """Whether that model also words what customers in role play say; the engine still decides what, and how they feel."""

    @field_validator("model_url")
    @classmethod
    def _own_model(cls, value: str | None) -> str | None:
        # Drafts leave the machine for this address: in the clear only to the machine itself.
        found = _MODEL.fullmatch(value) if value else None
        if value and (found is None or (found["scheme"] == "http" and found["host"] not in LOOPBACK)):
            raise ValueError("use http://127.0.0.1:PORT/... or https://HOST/..., without a user, a query or a fragment")
        return value or None

    @field_validator("host")
    @classmethod
    def _address(cls, value: str) -> str:
        if not _ADDRESS.fullmatch(value):
            raise ValueError("use an address of this machine, such as 127.0.0.1 or 10.0.0.5")
        return value

    @field_validator("public_url")
    @classmethod
    def _browsers(cls, value: str | None) -> str | None:
        # Drafts travel to this address: in the clear only within the machine.
        if value and (
            not _PUBLIC.fullmatch(value) or (value[:5] == "http:" and urlsplit(value).hostname not in LOOPBACK)
        ):
            raise ValueError("use https://HOST or https://HOST:PORT in small letters, without a path")
        return value or None

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, value: str | None) -> str | None:
        if value and not value.startswith("postgresql://"):
            raise ValueError("use postgresql://USER@HOST/DATABASE, or leave it out for SQLite")
        return value or None

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str | None) -> str | None:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("use redis://HOST:PORT/NUMBER, rediss://... or unix://...")
        return value or None

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, value: str | None) -> str | None:
        found = _MODEL.fullmatch(value) if value else None
        if value and (found is None or (found["scheme"] == "http" and found["host"] not in LOOPBACK)):
            raise ValueError("use https://HOST/..., as the provider writes it, without a user, a query or a fragment")
        return value or None

    @field_validator("data_dir", "rules_dir", "secret_file", "oidc_secret_file")
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
        """The values of the Host header that are answered, port included where it is not the scheme's own."""
        direct = (*self.direct_hosts, *((urlsplit(self.public_url).netloc,) if self.public_url else ()))
        return tuple(dict.fromkeys(direct))

    @property
    def direct_hosts(self) -> tuple[str, ...]:
        """Those of them that name this process and not the proxy in front of it."""
        return tuple(f"{host}:{self.port}" for host in dict.fromkeys((*LOOPBACK, self.host)))

    @property
    def url(self) -> str:
        """Where browsers reach this backend."""
        return self.public_url or f"http://{LOOPBACK[0]}:{self.port}"

    @property
    def database(self) -> Path | str:
        """The SQLite file, or the address of the PostgreSQL."""
        return self.database_url or self.data_dir / "coach.db"

    @property
    def secret(self) -> Path:
        """The file of the secret."""
        return self.secret_file or self.data_dir / "pseudonyms.key"

    @property
    def erasures(self) -> Path:
        """The journal of what was deleted for good; a restore repeats it."""
        return self.data_dir / "erased.txt"


def load_settings(
    environ: Mapping[str, str] | None = None, *, config: Path | None = None, **arguments: object
) -> Settings:
    """The settings from the file ``config``, ``environ`` (the process's own when not given) and ``arguments``.

    ``None`` means not given. Raises SettingsError naming each field that is wrong with the line of the file or the
    variable that it came from, and each unknown key or ``EMPATHY_COACH_`` variable.
    """
    environ = os.environ if environ is None else environ
    given: dict[str, object] = {
        name.removeprefix(PREFIX).lower(): value for name, value in environ.items() if name.startswith(PREFIX)
    }
    named = given.pop("config", None)
    file = read_settings_file(config or Path(str(named))) if config or named else SettingsFile()
    given.update({name: value for name, value in arguments.items() if value is not None})
    try:
        return Settings.model_validate({**file.values, **given})
    except ValidationError as error:
        raise SettingsError(_explain(error, file, given)) from None


def _explain(error: ValidationError, file: SettingsFile, given: Mapping[str, object]) -> str:
    lines = []
    for problem in error.errors():
        name = str(problem["loc"][0])
        variable = f"{PREFIX}{name.upper()}"
        in_file = name in file.values and name not in given
        if problem["type"] == "extra_forbidden":
            known = ", ".join(field if in_file else PREFIX + field.upper() for field in Settings.model_fields)
            there = f"{file.place(name)}: {name}" if in_file else variable
            lines.append(f"{there}: there is no such setting. There are {known}.")
        else:
            there = f"{file.place(name)}: {name}" if in_file else f"{name} ({variable})"
            message = problem["msg"].removeprefix("Value error, ")
            lines.append(f"{there}: {message}. It is {hidden(name, problem['input'])!r}.")
    return "\n".join(lines)


def hidden(name: str, value: object) -> object:
    """``value`` of the setting ``name``, to be shown: the password of an address is left out."""
    if not name.endswith("_url") or not isinstance(value, str):
        return value
    return re.sub(r"(?<=:)[^:@/]*(?=@)", "***", value)
