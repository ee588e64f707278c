from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from empathy_coach.errors import SettingsError
from empathy_coach.settings import PREFIX, Settings, load_settings

PAGE = Path(__file__).resolve().parents[2] / "backend" / "SETTINGS.md"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_says_what_it_is(name: str) -> None:
    described = Settings.model_fields[name].description
    assert described and described.endswith(".")


def test_the_page_of_settings_has_them_all_and_no_other() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{PREFIX}")]
    described = [f"| `{PREFIX}{name.upper()}` | {field.description} |" for name, field in Settings.model_fields.items()]
    assert rows == described


def test_an_argument_wins_over_the_environment_and_that_over_the_default() -> None:
    environ = {"EMPATHY_COACH_PORT": "9001", "EMPATHY_COACH_TEAM": "north"}
    found = load_settings(environ, port=9002, team=None)
    assert (found.port, found.team, found.threads) == (9002, "north", 4)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "nine"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("THREADS", "0"),
        ("TEAM", "../etc"),
        ("MODEL_URL", "http://model.example/v1"),
        ("MODEL_URL", "https://user:word@model.example/v1"),
        ("MODEL_SECONDS", "0"),
        ("ORIGINS", "*"),
        ("ORIGINS", "https://*.example.com"),
        ("ORIGINS", "https://example.com/"),
        ("ORIGINS", "https://good.example.com, example.com"),
        ("ACCESS_LOG", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"EMPATHY_COACH_{name}"):
        load_settings({f"EMPATHY_COACH_{name}": value})


def test_a_setting_that_does_not_exist_is_named_and_the_others_are_listed() -> None:
    with pytest.raises(SettingsError, match=r"EMPATHY_COACH_PROT: there is no such setting.*EMPATHY_COACH_PORT"):
        load_settings({"EMPATHY_COACH_PROT": "1"})


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


def test_origins_are_listed_with_commas() -> None:
    found = load_settings({"EMPATHY_COACH_ORIGINS": "https://a.example.com, http://127.0.0.1:8000"})
    assert found.origins == ("https://a.example.com", "http://127.0.0.1:8000")
