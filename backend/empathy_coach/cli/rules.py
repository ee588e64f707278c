"""``coach rules``: test them, try them on sample conversations, and write their page."""

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


@command.command("lint")
@_directory
@click.argument("sample", type=click.Path(path_type=Path, exists=True))
def try_on_samples(sample: Path, rules_dir: Path | None) -> None:
    """Tell of rules that never fire on SAMPLE, and of rules that say the same.

    SAMPLE is a JSONL file, or a folder of them; each line holds a conversation and its draft or drafts.
    What is told is to think about, not a mistake: the exit status is 0.
    """
    from empathy_coach.rules.lint import lint

    for message in lint(load_settings(rules_dir=rules_dir).rules_dir, sample):
        click.echo(message)


@command.command("docs")
@_directory
def write_page(rules_dir: Path | None) -> None:
    """Print the page of all rules (RULES.md)."""
    from empathy_coach.rules import docs
    from empathy_coach.rules.loader import load_rule_set

    settings = load_settings(rules_dir=rules_dir)
    click.echo(docs.render(load_rule_set(settings.rules_dir, settings.team)), nl=False)


@command.command("import-vale")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_directory
def import_vale(folder: Path, rules_dir: Path | None) -> None:
    """Print a Vale style (its existence and substitution checks) as a team's file; say what was left out.

    The file goes into the console under "Take along", or into coach_rules/teams/.
    """
    from empathy_coach.rules.loader import load_rule_set
    from empathy_coach.rules.overlay import Choices, OwnRule
    from empathy_coach.rules.teamfile import MAX_OWN, write_team_file
    from empathy_coach.rules.vale import carry_over
    from empathy_coach.rules.written import read_rule

    rule_set = load_rule_set(load_settings(rules_dir=rules_dir).rules_dir)
    rules: dict[str, OwnRule] = {}
    files = sorted(path for path in folder.rglob("*.yml") if not path.name.startswith("."))
    for path in files:
        carried = carry_over(path.relative_to(folder).as_posix(), path.read_bytes(), rule_set)
        for name, text in carried.rules.items():
            rule, _, _ = read_rule(text, name, "team")
            if rule is not None and len(rules) < MAX_OWN:
                rules.setdefault(name, OwnRule(text, rule))
        click.echo(f"{carried.file}: {len(carried.rules) or 'no'} rule{'s' * (len(carried.rules) != 1)}", err=True)
        for what in carried.left_out:
            click.echo(f"    not carried over: {what[:160]}", err=True)
    click.echo(f"{len(rules)} rules from {len(files)} checks.", err=True)
    click.echo(write_team_file(Choices(rules=rules)), nl=False)
