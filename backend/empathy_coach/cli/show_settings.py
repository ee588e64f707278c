"""``coach settings``."""

from __future__ import annotations

from pathlib import Path

import click

from empathy_coach.cli import options
from empathy_coach.settings import PREFIX, Settings, hidden, load_settings


@click.command("settings")
@options.config
def command(config: Path | None) -> None:
    """Show every setting: what it means, how to set it in the environment, and its value now."""
    values = load_settings(config=config)
    for name, field in Settings.model_fields.items():
        value = hidden(name, getattr(values, name))
        shown = ",".join(value) if isinstance(value, tuple) else value
        click.echo(f"{PREFIX}{name.upper()}={'' if shown is None else shown}")
        click.echo(f"    {field.description}")
