"""The command ``coach``. Each command is one module, imported only when it is called, so that it starts fast."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from empathy_coach.errors import CoachError

_COMMANDS = {
    "serve": "empathy_coach.cli.serve",
    "console": "empathy_coach.cli.console",
    "pair": "empathy_coach.cli.pair",
    "users": "empathy_coach.cli.users",
    "tokens": "empathy_coach.cli.tokens",
    "backup": "empathy_coach.cli.backup",
    "restore": "empathy_coach.cli.restore",
    "database": "empathy_coach.cli.database",
    "score": "empathy_coach.cli.score",
    "rules": "empathy_coach.cli.rules",
    "settings": "empathy_coach.cli.show_settings",
    "practice": "empathy_coach.cli.practice",
    "demo": "empathy_coach.cli.demo",
    "extension": "empathy_coach.cli.extension",
    "agreement": "empathy_coach.cli.agreement",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name]).command
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="empathy-coach")
def coach() -> None:
    """Scores a support reply for empathy before it is sent, says why, and proposes better words."""


def main() -> None:
    """Run the command; a mistake that a person can mend is one sentence on standard error and exit status 2."""
    try:
        coach(prog_name="coach")
    except CoachError as error:
        click.echo(f"coach: {error}", err=True)
        sys.exit(2)
