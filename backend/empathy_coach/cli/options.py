"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

config = click.option(
    "--config", type=click.Path(path_type=Path), help="The settings of a team's server, such as team.toml."
)
data_dir = click.option("--data-dir", type=click.Path(path_type=Path), help="The folder of the database.")
