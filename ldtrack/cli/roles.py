"""`ldtrack role`: which levels roles ask for."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from ldtrack.cli.files import bring_in_table, dry_run_option, file_argument, out_argument
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text, table
from ldtrack.competencies.queries import competencies_named, published_frameworks, role_profiles
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.roles_csv import write_roles
from ldtrack.exchange.roles_import import import_roles, look_at_roles


@click.group("role")
def group() -> None:
    """What roles ask for: target levels, and which of them are critical."""


@group.command("list")
@organisation_option
@json_option
def list_roles(organisation: str | None, as_json: bool) -> None:
    """List the roles that are described, with how many competencies each asks for."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        editions = _editions(session)
        rows = [
            {
                "role": row.name,
                "framework": editions[row.framework_version_id],
                "competencies": len(row.targets),
                "critical": len(row.critical),
            }
            for row in role_profiles(session)
            if row.framework_version_id in editions
        ]
    as_json_text(rows) if as_json else table(rows)


@group.command()
@click.argument("name", metavar="ROLE")
@organisation_option
@json_option
def show(name: str, organisation: str | None, as_json: bool) -> None:
    """List the levels that ROLE asks for."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        editions = _editions(session)
        here = [row for row in role_profiles(session) if row.framework_version_id in editions]
        found = [row for row in here if row.name == name]
        if not found:
            known = ", ".join(repr(row.name) for row in here) or "none"
            raise RuleBroken("role", f"No role {name!r} is described; there is {known}.")
        named = competencies_named(session, {id_ for row in found for id_ in row.targets})
    rows = [
        {
            "competency": named[id_].name,
            "level": row.targets[id_],
            "critical": "yes" if id_ in row.critical else "",
            "framework": editions[row.framework_version_id],
        }
        for row in found
        for id_ in named
        if id_ in row.targets
    ]
    as_json_text(rows) if as_json else table(rows)


@group.command("import")
@file_argument
@click.option(
    "--skip-bad", is_flag=True, help="Store the roles without a bad line although there are some."
)
@dry_run_option
@organisation_option
@json_option
def import_(
    source: Path, skip_bad: bool, dry_run: bool, organisation: str | None, as_json: bool
) -> None:
    """Say what roles ask for by a CSV or XLSX FILE: a row for each role and competency.

    Its columns are role, competency or competency_id, level, and critical; framework and edition
    where there are several. What it says of a role is all that the role asks for.
    """
    bring_in_table(
        source,
        "roles",
        look=look_at_roles,
        store=import_roles,
        skip_bad=skip_bad,
        dry_run=dry_run,
        organisation=organisation,
        as_json=as_json,
    )


@group.command()
@out_argument
@organisation_option
def export(out: Path, organisation: str | None) -> None:
    """Write what every role asks for to FILE, a CSV with the columns that come in again."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        out.write_bytes(write_roles(session))
    click.echo(f"Wrote the roles to {out}.")


def _editions(session: Session) -> dict[int, str]:
    """Those that are published; what a role asked for by an earlier one is history."""
    return {
        row.framework_version_id: f"{row.key}, {row.version}"
        for row in published_frameworks(session)
    }
