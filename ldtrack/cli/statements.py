"""`ldtrack xapi …`: statements of other systems from a file, and credentials for sending them."""

from __future__ import annotations

from pathlib import Path

import click

from ldtrack.cli.files import dry_run_option, file_argument
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text, table, tell_of
from ldtrack.core import ids
from ldtrack.core.errors import RuleBroken
from ldtrack.courses.queries.statements import sources
from ldtrack.courses.service import statements
from ldtrack.exchange import xapi_import
from ldtrack.exchange.limits import CONSOLE


@click.group("xapi")
def group() -> None:
    """Statements of other systems about completions."""


@group.command("import")
@file_argument
@click.option(
    "--skip-bad", is_flag=True, help="Keep the good statements although there are bad ones."
)
@dry_run_option
@organisation_option
@json_option
def import_statements(
    source: Path, skip_bad: bool, dry_run: bool, organisation: str | None, as_json: bool
) -> None:
    """Bring in the statements of a JSON FILE; what nobody understands yet waits to be matched."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    raw = source.read_bytes()
    with shop.database.writing(actor.organisation_id) as session:
        now = shop.now(session)
        if dry_run:
            report, _ = xapi_import.look_at(session, actor, raw, now=now, limits=CONSOLE)
        else:
            report = xapi_import.import_file(session, None, raw, skip_bad=skip_bad, now=now)
    raise SystemExit(tell_of(report, "statements", dry_run=dry_run, as_json=as_json))


@group.command("allow")
@click.argument("name")
@organisation_option
@json_option
def allow(name: str, organisation: str | None, as_json: bool) -> None:
    """Let the system of this NAME send statements, and print its credentials once."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        made = statements.make_source(session, actor, name, now=shop.now(session))
    if as_json:
        as_json_text({"id": ids.encode(made.id), "key": made.key, "secret": made.secret})
        return
    click.echo(f"Address: {shop.settings.site}/xapi/")
    click.echo(f"Key:     {made.key}")
    click.echo(f"Secret:  {made.secret}")
    click.echo("The secret is not kept and cannot be shown again.", err=True)


@group.command("list")
@organisation_option
@json_option
def list_sources(organisation: str | None, as_json: bool) -> None:
    """List the systems that may send statements."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        rows = [
            {
                "name": row.name,
                "key": row.key,
                "made": row.made_at.date(),
                "last used": row.last_used_at.date() if row.last_used_at else "",
                "revoked": row.revoked_at.date() if row.revoked_at else "",
            }
            for row in sources(session, actor)
        ]
    as_json_text(rows) if as_json else table(rows)


@group.command("revoke")
@click.argument("key")
@organisation_option
def revoke(key: str, organisation: str | None) -> None:
    """Take nothing any more from the system with this KEY."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        found = [row for row in sources(session, actor) if row.key == key]
        if not found:
            raise RuleBroken("key", "There is no system with this key.")
        statements.revoke_source(session, actor, found[0].id, now=shop.now(session))
    click.echo(f"{found[0].name} may send nothing any more.")
