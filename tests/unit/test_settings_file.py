from __future__ import annotations

from pathlib import Path

import pytest

from empathy_coach.errors import SettingsError
from empathy_coach.settings import hidden, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "team.toml"


def test_an_argument_wins_over_the_environment_and_that_over_the_file(file: Path) -> None:
    file.write_text('port = 9001\nteam = "north"\nthreads = 2\norigins = ["https://a.example.com"]\n')
    found = load_settings({"EMPATHY_COACH_CONFIG": str(file), "EMPATHY_COACH_TEAM": "south"}, port=9003)
    assert (found.port, found.team, found.threads) == (9003, "south", 2)
    assert found.origins == ("https://a.example.com",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('# ours\nteam = "north"\nworkers = 0\n', r"team\.toml:3: workers: .*greater than or equal to 1"),
        ('team = "north"\nprot = 1\n', r"team\.toml:2: prot: there is no such setting\. There are port, "),
        ('port = 1\nteam = "north\n', r"team\.toml:2: "),
        ("port = 1\nport = 2\n", r"team\.toml:2: Cannot overwrite a value"),
        ("[server]\nport = 1\n", r"team\.toml:1: server: settings stand side by side"),
        ('public_url = "http://coach.example.com"\n', r"team\.toml:1: public_url: use https://"),
        ('database_url = "mysql://u:secret@db/x"\n', r"team\.toml:1: database_url: use postgresql://.*\*\*\*"),
    ],
)
def test_what_cannot_be_used_is_said_with_file_line_and_key(file: Path, text: str, says: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError, match=says) as refused:
        load_settings({}, config=file)
    assert "u:secret" not in str(refused.value)


def test_a_file_that_is_not_there_is_said(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"team\.toml: cannot be read \(No such file"):
        load_settings({}, config=file)


def test_passwords_are_not_shown() -> None:
    assert hidden("database_url", "postgresql://coach:word@db:5432/x") == "postgresql://coach:***@db:5432/x"
    assert hidden("redis_url", "redis://127.0.0.1:6379/0") == "redis://127.0.0.1:6379/0"
