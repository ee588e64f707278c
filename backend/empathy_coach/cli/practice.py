"""``coach practice``: the way into the practice pages, and the test of their scenarios."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from empathy_coach.cli import options
from empathy_coach.settings import load_settings

_directory = click.option("--rules-dir", type=click.Path(path_type=Path), help="The folder of the rules.")


@click.group("practice", invoke_without_command=True)
@click.option("--no-open", is_flag=True, help="Only print the link.")
@click.option("--port", type=int, help="The port of the backend (default 8737).")
@options.config
@options.data_dir
@click.pass_context
def command(
    context: click.Context, no_open: bool, port: int | None, config: Path | None, data_dir: Path | None
) -> None:
    """Practise: role play, listening, drills. Opens the pages of the running backend by a link that works once."""
    if context.invoked_subcommand is not None:
        return
    from empathy_coach.services.pairing import Pairing
    from empathy_coach.storage.database import Database

    settings = load_settings(config=config, port=port, data_dir=data_dir)
    link = f"{settings.url}/practice/enter?code={Pairing(Database(settings.database)).new_code()}"
    click.echo(link)
    if not no_open:
        click.launch(link)


@command.command("test")
@click.argument("names", nargs=-1)
@click.option("--show", is_flag=True, help="Print the whole conversations of the good and the curt agent.")
@_directory
def test(names: tuple[str, ...], show: bool, rules_dir: Path | None) -> None:
    """Let scripted agents play the scenarios (all, or those NAMED). Exit status 1 when one is not believable."""
    from empathy_coach.practice import trial
    from empathy_coach.practice.library import load_library
    from empathy_coach.rules.loader import load_rule_set

    settings = load_settings(rules_dir=rules_dir)
    library, rules = load_library(settings.rules_dir), load_rule_set(settings.rules_dir, settings.team)
    chosen = [s for s in library.scenarios.values() if not names or s.id in names]
    began = time.perf_counter()
    tables = [trial.outcomes(s, library, rules) for s in chosen]
    seconds = time.perf_counter() - began
    for table in tables:
        click.echo(trial.row(table))
        for agent in ("good", "curt") if show else ():
            click.echo(trial.transcript(table[agent], library.words))
    wrong = [message for s in chosen for message in trial.problems(s, library, rules)]
    for message in wrong:
        click.echo(message)
    click.echo(trial.summary(tables, seconds), err=True)
    click.echo(f"{len(wrong)} to mend." if wrong else "All customers answer as people do.", err=True)
    sys.exit(1 if wrong else 0)
