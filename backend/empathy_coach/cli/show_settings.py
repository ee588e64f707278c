"""``coach settings``."""

from __future__ import annotations

import click

from empathy_coach.settings import PREFIX, Settings, load_settings


@click.command("settings")
def command() -> None:
    """Show every setting: what it means, how to set it in the environment, and its value now."""
    values = load_settings()
    for name, field in Settings.model_fields.items():
        value = getattr(values, name)
        shown = ",".join(value) if isinstance(value, tuple) else value
        click.echo(f"{PREFIX}{name.upper()}={'' if shown is None else shown}")
        click.echo(f"    {field.description}")
