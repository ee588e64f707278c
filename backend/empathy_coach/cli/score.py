"""``coach score``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from empathy_coach.cli import inputs
from empathy_coach.domain import DraftKind
from empathy_coach.settings import Settings, load_settings

if TYPE_CHECKING:
    from empathy_coach.domain import Report

_file = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


@click.command("score")
@click.argument("draft", type=_file, default="-")
@click.option("-c", "--conversation", type=_file, help='JSON, or text with "customer:" and "agent:" before messages.')
@click.option("--agent", metavar="NAME", help="The agent's name.")
@click.option("--customer", metavar="NAME", help="The customer's name.")
@click.option("--kind", type=click.Choice(["reply", "note", "escalation"]), default="reply", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the report as the API gives it.")
@click.option("--jsonl", is_flag=True, help="One request a line from standard input, one report a line out.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Processes for --jsonl.")
@click.option("--rules-dir", type=click.Path(path_type=Path), help="The folder of the rules.")
@click.option("--team", help="The team whose choices in teams/ apply.")
def command(
    draft: Path,
    conversation: Path | None,
    agent: str | None,
    customer: str | None,
    kind: DraftKind,
    as_json: bool,
    jsonl: bool,
    jobs: int,
    rules_dir: Path | None,
    team: str | None,
) -> None:
    """Judge the draft in the file DRAFT, or from standard input.

    The draft is plain text, or a whole request as the API takes it, in JSON.

    \b
    Exit status: 0 when nothing was found or hints only, 1 when something of
    severity warn was found, 2 when something of severity stop was found or
    the input cannot be used. With --jsonl: 0, or 2 when a line cannot be
    used; its place in the output holds a problem document.
    """
    settings = load_settings(rules_dir=rules_dir, team=team)
    if jsonl:
        sys.exit(_many(settings, jobs))
    if conversation == draft == inputs.STDIN:
        raise click.UsageError("Draft and conversation cannot both come from standard input.")
    text = inputs.read_text(draft)
    body = inputs.as_request(text)
    name = "draft" if body or draft == inputs.STDIN else str(draft)  # lines and columns are those of the draft
    if body is None:
        messages = inputs.read_conversation(conversation) if conversation else []
        body = inputs.build_request(text, messages, {"agent_name": agent, "customer_name": customer}, kind)
    sys.exit(_one(body, settings, name, as_json))


def _one(body: bytes, settings: Settings, name: str, as_json: bool) -> int:
    from empathy_coach.rules.loader import load_rule_set
    from empathy_coach.web.api.body import parse
    from empathy_coach.web.api.models import CoachRequest
    from empathy_coach.web.problems import ProblemError

    try:
        request = parse(CoachRequest, body)
    except ProblemError as problem:
        if as_json:
            click.echo(problem.body())
        else:
            details = "".join(f"\n  {error.field}: {error.message}" for error in problem.errors)
            click.echo(f"{name}: {problem.document()['detail']}{details}", err=True)
        return 2
    rule_set = load_rule_set(settings.rules_dir, settings.team)
    if as_json:
        import orjson

        from empathy_coach.web.api.coaching import answer

        data = answer(request, rule_set)
        click.echo(orjson.dumps(data, option=orjson.OPT_INDENT_2))
        return max((_STATUS[finding["severity"]] for finding in data["findings"]), default=0)

    from empathy_coach.cli import printing
    from empathy_coach.coach import coach
    from empathy_coach.web.api.answer import to_domain

    conversation, draft = to_domain(request)
    report: Report = coach(conversation, draft, rule_set)
    for line in printing.lines(report, draft.text, name):
        click.echo(line)
    return max((_STATUS[finding.severity] for finding in report.findings), default=0)


_STATUS = {"hint": 0, "warn": 1, "stop": 2}


def _many(settings: Settings, jobs: int) -> int:
    from empathy_coach.cli.jsonl import read_lines, reports

    status = 0
    for line, good in reports(read_lines(sys.stdin.buffer), settings.rules_dir, settings.team, jobs):
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
        status = status if good else 2
    return status
