"""`ldtrack setup`: the first organisation, by the first page or by command."""

from __future__ import annotations

import os
import secrets

import click

from ldtrack.app.setup import CODE
from ldtrack.app.setup.service import BeginInstallation, begin_installation
from ldtrack.cli.installation import furnished, json_option, workshop
from ldtrack.cli.printing import as_json_text
from ldtrack.config.secret import secret_in
from ldtrack.core.errors import RuleBroken
from ldtrack.core.zones import EVERYWHERE_ALIKE
from ldtrack.exchange.shipped import shipped
from ldtrack.people.domain import same_address
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


@group.command()
@click.option("--organisation", required=True, help="Name of the organisation.")
@click.option(
    "--time-zone",
    default=EVERYWHERE_ALIKE,
    show_default=True,
    help="Where its clocks hang, such as Europe/London.",
)
@click.option("--name", required=True, help="Your first and last name.")
@click.option("--email", required=True, help="Address you sign in with.")
@click.option("--password", help="Your password; asked for if left out.")
@click.option("--generate", is_flag=True, help="Make up a password and print it.")
@click.option("--framework", help="Key of a published framework to begin with.")
@json_option
def begin(
    organisation: str,
    time_zone: str,
    name: str,
    email: str,
    password: str | None,
    generate: bool,
    framework: str | None,
    as_json: bool,
) -> None:
    """Make the organisation of an empty installation, and your sign-in as HR and administrator."""
    shop = furnished()
    if framework is not None and framework not in {one.key for one in shipped()}:
        raise RuleBroken("framework", "None of that key comes along; see `ldtrack framework list`.")
    chosen = new_password(password, generate=generate)
    first, _, last = name.strip().partition(" ")
    with shop.database.writing() as session:
        if any_organisation(session):
            raise RuleBroken("organisation", "There is an organisation already.")
        command = BeginInstallation(
            organisation=organisation,
            time_zone=time_zone,
            first_name=first,
            last_name=last.strip(),
            email=email,
            password=chosen,
            framework=framework,
        )
        begin_installation(session, command, now=shop.clock.now())
    made = {"organisation": organisation, "email": same_address(email)}
    if generate:
        made["password"] = chosen
    if as_json:
        as_json_text(made)
        return
    click.echo(f"{organisation} is set up; {made['email']} can sign in.")
    if generate:
        click.echo(f"Password: {chosen}")


def new_password(given: str | None, *, generate: bool) -> str:
    """The password that was given, made up, or typed when asked for."""
    if generate:
        return secrets.token_urlsafe(15)
    if given is not None:
        return given
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return asked
