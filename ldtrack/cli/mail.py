"""`ldtrack mail …`: mails that came back."""

from __future__ import annotations

import sys

import click

from ldtrack.cli.installation import furnished
from ldtrack.exchange.delivery_status import LARGEST
from ldtrack.jobs.returned import read_folder, take_in


@click.group("mail")
def group() -> None:
    """Mails that came back."""


@group.command()
@click.option("--folder", is_flag=True, help="Read the folder of the setting `bounces` instead.")
def returned(folder: bool) -> None:
    """Read a mail server's report on a mail that came back, from standard input.

    Made to be the pipe of the address that mails are sent from.
    """
    shop = furnished()
    if folder:
        count = read_folder(shop)
        click.echo("1 report was read." if count == 1 else f"{count} reports were read.")
        return
    click.echo(take_in(shop, sys.stdin.buffer.read(LARGEST + 1)))
