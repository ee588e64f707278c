"""``coach users``: the accounts of a team's server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from empathy_coach.cli import options
from empathy_coach.settings import Settings, load_settings

if TYPE_CHECKING:
    from empathy_coach.services.accounts import Accounts

_BY = "coach users"


@click.group("users", invoke_without_command=True)
@options.config
@options.data_dir
@click.pass_context
def command(context: click.Context, config: Path | None, data_dir: Path | None) -> None:
    """Who has an account, with which role. Whoever may run this on the server may let people in."""
    if context.invoked_subcommand is not None:
        return
    for row in _accounts(load_settings(config=config, data_dir=data_dir)).all():
        click.echo(f"{row.made_on}  {row.role:<14}  {row.name}{'  (shut out)' if row.disabled else ''}")


def _about_one(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command about the account NAME: it is given the accounts, the settings, the name and its own options."""

    def made(does: Callable[..., None]) -> click.Command:
        def run(config: Path | None, data_dir: Path | None, **given: Any) -> None:
            settings = load_settings(config=config, data_dir=data_dir)
            does(_accounts(settings), settings, **given)

        run.__doc__ = does.__doc__
        run.__dict__.update(does.__dict__)  # its own options and arguments
        return command.command(name)(options.config(options.data_dir(click.argument("name")(run))))

    return made


@_about_one("add")
@click.option("--role", default="agent", help="agent (the default), lead or administrator.")
def add(accounts: Accounts, settings: Settings, name: str, role: str) -> None:
    """Add somebody. Prints the address of a page where they choose a password, once, within three days."""
    from empathy_coach.services.accounts import as_role

    _show(settings, accounts.add(name, as_role(role), _BY))


@_about_one("link")
def link(accounts: Accounts, settings: Settings, name: str) -> None:
    """A new page to choose a password on, for somebody who forgot theirs."""
    _show(settings, accounts.invite(accounts.named(name).id, _BY))


@_about_one("role")
@click.argument("role")
def set_role(accounts: Accounts, _settings: Settings, name: str, role: str) -> None:
    """Let somebody do more or less: agent, lead or administrator."""
    from empathy_coach.services.accounts import as_role

    accounts.set_role(accounts.named(name).id, as_role(role), _BY)


@_about_one("disable")
def disable(accounts: Accounts, _settings: Settings, name: str) -> None:
    """Shut somebody out, at once, with all their browsers."""
    accounts.set_disabled(accounts.named(name).id, True, _BY)


@_about_one("enable")
def enable(accounts: Accounts, _settings: Settings, name: str) -> None:
    """Let somebody in again."""
    accounts.set_disabled(accounts.named(name).id, False, _BY)


def _accounts(settings: Settings) -> Accounts:
    from empathy_coach.services.accounts import Accounts
    from empathy_coach.storage.database import Database

    return Accounts(Database(settings.database))


def _show(settings: Settings, secret: str) -> None:
    click.echo(f"{settings.url}/welcome?invitation={secret}")
    click.echo("Send them this address. It works once, within three days.", err=True)
