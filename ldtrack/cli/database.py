"""`ldtrack db`: tables."""

from __future__ import annotations

import click

from ldtrack.app.tables import metadata
from ldtrack.cli.installation import database_of
from ldtrack.config.settings import load
from ldtrack.db import migrate


@click.group("db")
def group() -> None:
    """Bring the database's tables up to date, or look at them."""


@group.command()
def upgrade() -> None:
    """Run the revisions that have not run yet; does nothing when there are none."""
    database = database_of(load())
    engine = database.engine
    before = migrate.present(engine)
    migrate.upgrade(engine, metadata(), seal=database.seal)
    after = migrate.present(engine)
    click.echo(
        "Tables are up to date." if before == after else f"Tables are now at {after}.", err=True
    )


@group.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Go back to REVISION, or to `base`. Make a backup first."""
    database = database_of(load())
    migrate.downgrade(database.engine, metadata(), revision, seal=database.seal)


@group.command()
def current() -> None:
    """Print the revision of the database and the newest one."""
    engine = database_of(load()).engine
    click.echo(f"{migrate.present(engine) or 'empty'} (newest: {migrate.newest()})")


@group.command()
def check() -> None:
    """Fail if the models and the tables differ."""
    found = migrate.differences(database_of(load()).engine, metadata())
    for difference in found:
        click.echo(str(difference))
    if found:
        raise SystemExit(1)


@group.command()
@click.argument("name")
@click.argument("message")
def revision(name: str, message: str) -> None:
    """Write revision NAME from what the models say and the tables do not (for developers)."""
    migrate.new_revision(database_of(load()).engine, metadata(), message, name)
