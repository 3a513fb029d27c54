"""`ldtrack catalogue`: the courses on offer and which competencies each develops."""

from __future__ import annotations

from pathlib import Path

import click

from ldtrack.cli.files import (
    bring_in_table,
    dry_run_option,
    file_argument,
    out_argument,
    skip_bad_option,
)
from ldtrack.cli.installation import actor_for, furnished, json_option, organisation_option
from ldtrack.cli.printing import as_json_text, table
from ldtrack.courses.queries import Wanted
from ldtrack.exchange.catalogue_export import catalogue_table
from ldtrack.exchange.courses_import import import_courses, look_at_courses
from ldtrack.exchange.export_csv import csv_file

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
@file_argument
@skip_bad_option
@dry_run_option
@organisation_option
@json_option
def import_(
    source: Path, skip_bad: bool, dry_run: bool, organisation: str | None, as_json: bool
) -> None:
    """Add or change courses by a CSV or XLSX FILE: a row a course, known by its code.

    The column develops reads “Deciding (2); Leading (3)”: competencies by name or id, each with the
    level that the course is pitched at. What the file has no column for stays as it is.
    """
    bring_in_table(
        source,
        "courses",
        look=look_at_courses,
        store=import_courses,
        skip_bad=skip_bad,
        dry_run=dry_run,
        organisation=organisation,
        as_json=as_json,
    )


@group.command()
@out_argument
@organisation_option
def export(out: Path, organisation: str | None) -> None:
    """Write the courses on offer to FILE, a CSV with the columns that come in again."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.reading(actor.organisation_id) as session:
        out.write_bytes(csv_file(*catalogue_table(session, actor, Wanted())))
    click.echo(f"Wrote the courses to {out}.")
