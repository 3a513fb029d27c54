"""`ldtrack catalogue`: the courses on offer and which competencies each develops."""

from __future__ import annotations

from pathlib import Path

import click

from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text, table, tell_of
from ldtrack.courses.queries import Wanted
from ldtrack.exchange.catalogue_export import catalogue_table
from ldtrack.exchange.courses_import import import_courses, look_at_courses
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.limits import CONSOLE

_SHOWN = ("code", "title", "format", "hours", "develops")


@click.group("catalogue")
def group() -> None:
    """Courses on offer, and what each develops."""


@group.command("list")
@organisation_option
@json_option
def list_courses(organisation: str | None, as_json: bool) -> None:
    """List the courses on offer."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        columns, lines = catalogue_table(session, actor, Wanted())
        rows = [dict(zip(columns, line, strict=True)) for line in lines]
    if as_json:
        as_json_text(rows)
    else:
        table([{name: "" if row[name] is None else row[name] for name in _SHOWN} for row in rows])


@group.command("import")
@click.argument(
    "source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--skip-bad", is_flag=True, help="Store the good lines although there are bad ones.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@organisation_option
@json_option
def import_(
    source: Path, skip_bad: bool, dry_run: bool, organisation: str | None, as_json: bool
) -> None:
    """Add or change courses by a CSV or XLSX FILE: a row a course, known by its code.

    The column develops reads “Deciding (2); Leading (3)”: competencies by name or id, each with the
    level that the course is pitched at. What the file has no column for stays as it is.
    """
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    raw = source.read_bytes()
    with shop.database.writing(actor.organisation_id) as session:
        if dry_run:
            report, _ = look_at_courses(session, actor, raw, limits=CONSOLE)
        else:
            now = shop.now(session)
            report = import_courses(session, actor, raw, now=now, skip_bad=skip_bad, limits=CONSOLE)
    raise SystemExit(tell_of(report, "courses", dry_run=dry_run, as_json=as_json))


@group.command()
@click.argument("out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@organisation_option
def export(out: Path, organisation: str | None) -> None:
    """Write the courses on offer to FILE, a CSV with the columns that come in again."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        out.write_bytes(csv_file(*catalogue_table(session, actor, Wanted())))
    click.echo(f"Wrote the courses to {out}.")
