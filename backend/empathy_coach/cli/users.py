"""``coach users``: the accounts of a team's server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from empathy_coach.settings import load_settings

if TYPE_CHECKING:
    from empathy_coach.services.accounts import Accounts

_BY = "coach users"
_folder = click.option("--data-dir", type=click.Path(path_type=Path), help="The folder of the database.")


@click.group("users", invoke_without_command=True)
@_folder
@click.pass_context
def command(context: click.Context, data_dir: Path | None) -> None:
    """Who has an account, with which role. Whoever may run this on the server may let people in."""
    from empathy_coach.services.accounts import Accounts
    from empathy_coach.storage.database import Database

    context.obj = Accounts(Database(load_settings(data_dir=data_dir).database))
    if context.invoked_subcommand is None:
        for row in context.obj.all():
            click.echo(f"{row.made_on}  {row.role:<14}  {row.name}{'  (shut out)' if row.disabled else ''}")


@command.command("add")
@click.argument("name")
@click.option("--role", default="agent", help="agent (the default), lead or administrator.")
@click.pass_obj
def add(accounts: Accounts, name: str, role: str) -> None:
    """Add somebody. Prints the way to a page where they choose a password, once, within three days."""
    from empathy_coach.services.accounts import as_role

    _show(accounts.add(name, as_role(role), _BY))


@command.command("link")
@click.argument("name")
@click.pass_obj
def link(accounts: Accounts, name: str) -> None:
    """A new way to choose a password, for somebody who forgot theirs."""
    _show(accounts.invite(accounts.named(name).id, _BY))


@command.command("role")
@click.argument("name")
@click.argument("role")
@click.pass_obj
def set_role(accounts: Accounts, name: str, role: str) -> None:
    """Let somebody do more or less."""
    from empathy_coach.services.accounts import as_role

    accounts.set_role(accounts.named(name).id, as_role(role), _BY)


@command.command("disable")
@click.argument("name")
@click.pass_obj
def disable(accounts: Accounts, name: str) -> None:
    """Shut somebody out, at once, with all their browsers."""
    accounts.set_disabled(accounts.named(name).id, True, _BY)


@command.command("enable")
@click.argument("name")
@click.pass_obj
def enable(accounts: Accounts, name: str) -> None:
    """Let somebody in again."""
    accounts.set_disabled(accounts.named(name).id, False, _BY)


def _show(secret: str) -> None:
    click.echo(f"/welcome?invitation={secret}")
    click.echo(
        "Put the server's address in front of it and send it to them. It works once, within three days.", err=True
    )
