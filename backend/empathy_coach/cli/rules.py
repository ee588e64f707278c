"""``coach rules``: test them, and write their page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from empathy_coach.settings import load_settings

_directory = click.option("--rules-dir", type=click.Path(path_type=Path), help="The folder of the rules.")


@click.group("rules")
def command() -> None:
    """Work on the rules in coach_rules/."""


@command.command("test")
@_directory
def run_examples(rules_dir: Path | None) -> None:
    """Run every rule's examples. Exit status 1 when something is wrong."""
    from empathy_coach.rules import selftest

    settings = load_settings(rules_dir=rules_dir)
    problems = selftest.run(settings.rules_dir, settings.team)
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(problems)} to mend." if problems else "All examples are as they should be.", err=True)
    sys.exit(1 if problems else 0)


@command.command("docs")
@_directory
def write_page(rules_dir: Path | None) -> None:
    """Print the page of all rules (RULES.md)."""
    from empathy_coach.rules import docs
    from empathy_coach.rules.loader import load_rule_set

    settings = load_settings(rules_dir=rules_dir)
    click.echo(docs.render(load_rule_set(settings.rules_dir, settings.team)), nl=False)
