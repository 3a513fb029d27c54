"""What every command starts from: the settings, the database and the organisation it means."""

from __future__ import annotations

import click
from sqlalchemy import inspect

from ldtrack.access.domain import Actor, at_the_console
from ldtrack.config.settings import Settings, load
from ldtrack.core.clock import SystemClock
from ldtrack.core.errors import RuleBroken
from ldtrack.db.engine import engine_for
from ldtrack.db.seals import Seal
from ldtrack.db.session import Database
from ldtrack.jobs.work import Workshop
from ldtrack.people.queries import organisations


def workshop() -> Workshop:
    """The installation of the settings in force."""
    settings = load()
    return Workshop(settings=settings, database=database_of(settings), clock=SystemClock())


def furnished() -> Workshop:
    """The same, for commands that need tables."""
    shop = workshop()
    if not inspect(shop.database.engine).has_table("organisation"):
        raise RuleBroken("database", "There are no tables yet. Run `ldtrack db upgrade` first.")
    return shop


def database_of(settings: Settings) -> Database:
    """Its database."""
    return Database(engine_for(settings.database), seal=Seal(settings.notes_keys))


def actor_for(database: Database, name: str | None) -> Actor:
    """The console's actor in the organisation of that name, or in the only one there is."""
    with database.reading() as session:
        found = organisations(session)
    if name is not None:
        found = [(key, other) for key, other in found if other == name]
    if len(found) == 1:
        return at_the_console(found[0][0])
    if not found:
        raise RuleBroken("organisation", "There is no such organisation; set one up first.")
    names = ", ".join(repr(other) for _, other in found)
    raise RuleBroken("organisation", f"Say which with --organisation: {names}.")


organisation_option = click.option(
    "--organisation", help="Name of the organisation; needed only if there are several."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
