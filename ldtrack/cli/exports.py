"""`ldtrack people|courses export`: whole lists as files, with the columns that come in again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from ldtrack.cli.files import out_argument
from ldtrack.cli.installation import actor_for, furnished, organisation_option
from ldtrack.exchange import going_out
from ldtrack.exchange.export_csv import csv_parts
from ldtrack.exchange.export_xlsx import write_xlsx
from ldtrack.exchange.going_out import GoingOut


@click.command("export")
@out_argument
@organisation_option
def people(out: Path, organisation: str | None) -> None:
    """Write everybody, those who left too, to FILE: .csv, or .xlsx for a spreadsheet."""
    write(going_out.PEOPLE, out, organisation)


@click.command("export")
@out_argument
@organisation_option
def completions(out: Path, organisation: str | None) -> None:
    """Write every completion to FILE: .csv, or .xlsx for a spreadsheet."""
    write(going_out.COMPLETIONS, out, organisation)


def write(what: GoingOut, out: Path, organisation: str | None) -> None:
    """Write a list to a file of the kind that its name ends with."""
    shop = furnished()
    actor = actor_for(shop.database, organisation)
    with shop.database.writing(actor.organisation_id) as session:
        now = shop.now(session)
        going_out.hand_out(session, actor, what, now=now)
    rows = what.rows(partial(shop.database.reading, actor.organisation_id), actor, now.date())
    with out.open("wb") as file:
        if out.suffix.lower() == ".xlsx":
            write_xlsx(file, what.columns, rows)
        else:
            file.writelines(csv_parts(what.columns, rows))
    click.echo(f"Wrote the {what.name} to {out}.")
