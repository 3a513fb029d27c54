"""Commands for whoever runs the installation, one group a noun."""

from __future__ import annotations

import sys

import click

from ldtrack import __version__
from ldtrack.cli.groups import GROUPS
from ldtrack.config.settings import BadSettings
from ldtrack.core.errors import LdtrackError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ldtrack")
def ldtrack() -> None:
    """Leadership development, tracked by evidence."""


for _command in GROUPS:
    ldtrack.add_command(_command)


def main() -> None:
    """Run a command; what a person can mend is one sentence and exit code 1."""
    try:
        ldtrack()
    except (LdtrackError, BadSettings) as error:
        click.echo(f"ldtrack: {error}", err=True)
        sys.exit(1)
