"""`ldtrack user`: giving somebody a sign-in."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from ldtrack.access.domain import Role
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text
from ldtrack.cli.setup import new_password
from ldtrack.people.domain import same_address
from ldtrack.people.queries import by_email
from ldtrack.people.service.accounts import open_account
from ldtrack.people.service.directory import AddPerson, add_person


@click.group("user")
def group() -> None:
    """Sign-ins."""


@group.command()
@click.option("--name", required=True, help="First and last name; used if they are new here.")
@click.option("--email", required=True, help="Address they sign in with.")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="What they may do; may be given several times.",
)
@click.option("--password", help="Their password; asked for if left out.")
@click.option("--generate", is_flag=True, help="Make up a password and print it.")
@organisation_option
@json_option
def create(
    name: str,
    email: str,
    roles: tuple[str, ...],
    password: str | None,
    generate: bool,
    organisation: str | None,
    as_json: bool,
) -> None:
    """Give somebody a sign-in; whoever has the address already is that person."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    chosen = new_password(password, generate=generate)
    with shop.database.writing(actor.organisation_id) as session:
        open_account(
            session,
            email=email,
            password=chosen,
            roles=frozenset(Role(role) for role in roles),
            person_id=_person(session, name, email),
        )
    made = {"email": same_address(email), "roles": sorted(set(roles))}
    if generate:
        made["password"] = chosen
    if as_json:
        as_json_text(made)
        return
    click.echo(f"{made['email']} can sign in now.")
    if generate:
        click.echo(f"Password: {chosen}")


def _person(session: Session, name: str, email: str) -> int:
    address = same_address(email)
    known = by_email(session, [address])
    if address in known:
        return known[address]
    first, _, last = name.strip().partition(" ")
    return add_person(
        session,
        AddPerson(external_id=address, email=address, first_name=first, last_name=last.strip()),
    )
