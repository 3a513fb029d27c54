"""`ldtrack framework`: published frameworks, and bringing one in."""

from __future__ import annotations

from pathlib import Path

import click

from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text, complain, table
from ldtrack.competencies.queries import frameworks
from ldtrack.exchange.framework_file import parse_framework
from ldtrack.exchange.framework_import import import_file, is_here
from ldtrack.exchange.limits import CONSOLE
from ldtrack.exchange.shipped import shipped, shipped_file

_COLUMNS = ("key", "version", "competencies", "indicators", "title")


@click.group("framework")
def group() -> None:
    """Look at competency frameworks and bring them in."""


@group.command("list")
@click.option("--here", is_flag=True, help="Those of the organisation instead of those on offer.")
@organisation_option
@json_option
def list_(here: bool, organisation: str | None, as_json: bool) -> None:
    """List the published frameworks that come along; import one by its key."""
    rows = _here(organisation) if here else _on_offer()
    if as_json:
        as_json_text(rows)
    else:
        table([{name: row[name] for name in _COLUMNS} for row in rows])


@group.command("import")
@click.argument("source", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@organisation_option
def import_(source: str, dry_run: bool, organisation: str | None) -> None:
    """Bring in the framework of FILE, or one that comes along by its key."""
    raw = _bytes(source)
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    command, problems = parse_framework(raw, limits=CONSOLE)
    complain(problems)
    if command is None:
        raise SystemExit(1)
    name = f"{command.title}, {command.version}"
    with shop.database.writing(actor.organisation_id) as session:
        if is_here(session, command):
            click.echo(f"{name} is here already; nothing was changed.")
        elif dry_run:
            click.echo(f"Would bring in {name}: {len(command.competencies)} competencies.")
        else:
            import_file(session, None, raw, now=shop.now(session))
            click.echo(f"Brought in {name}: {len(command.competencies)} competencies.")


def _bytes(source: str) -> bytes:
    if source in {one.key for one in shipped()}:
        return shipped_file(source)
    path = Path(source)
    if not path.is_file():
        raise click.BadParameter(f"There is no file {source!r}, and none of that key comes along.")
    return path.read_bytes()


def _on_offer() -> list[dict[str, object]]:
    return [
        {
            "key": one.key,
            "title": one.title,
            "version": one.version,
            "competencies": one.n_competencies,
            "indicators": one.n_indicators,
            "licence": one.licence,
        }
        for one in shipped()
    ]


def _here(organisation: str | None) -> list[dict[str, object]]:
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        return [
            {
                "key": row.key,
                "title": row.title,
                "version": row.version,
                "state": row.state.value,
                "competencies": row.n_competencies,
                "indicators": row.n_indicators,
            }
            for row in frameworks(session)
        ]
