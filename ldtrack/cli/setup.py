"""`ldtrack setup`: how to reach the first page of an empty installation."""

from __future__ import annotations

import os

import click

from ldtrack.app.setup import CODE
from ldtrack.cli.installation import workshop
from ldtrack.config.secret import secret_in
from ldtrack.people.queries import any_organisation


@click.group("setup")
def group() -> None:
    """Set an empty installation up."""


@group.command()
def link() -> None:
    """Print the address of the setup page; nothing if there is an organisation already."""
    shop = workshop()
    with shop.database.reading() as session:
        if any_organisation(session):
            return
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    base = shop.settings.base_url or f"http://{host}:{port}"
    click.echo(f"{base}/setup?code={secret_in(shop.settings.instance, CODE)}")
