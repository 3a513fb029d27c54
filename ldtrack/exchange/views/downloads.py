"""Files that go out: lists as CSV or spreadsheet, and an example for each file that comes in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO, StringIO
from typing import Any

from flask import Response, redirect, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.courses.queries import wanted_from
from ldtrack.exchange import examples, framework_csv, going_out
from ldtrack.exchange.catalogue_export import catalogue_table
from ldtrack.exchange.domain import ROWS_AT_ONCE, ListFormat
from ldtrack.exchange.export_csv import csv_file, csv_parts
from ldtrack.exchange.export_xlsx import write_xlsx
from ldtrack.exchange.going_out import GoingOut
from ldtrack.exchange.service.long_lists import ask_for_list
from ldtrack.exchange.views import exchange
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, database, request_session

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXAMPLES = {
    "people": examples.people_example,
    "completions": examples.completions_example,
    "ratings": examples.ratings_example,
    "norms": examples.norms_example,
    "frameworks": framework_csv.example,
    "roles": examples.roles_example,
    "courses": examples.courses_example,
    "pathways": examples.pathways_example,
}


@exchange.post("/people/file")
@guard(Action.WRITE_PERSON)
@commits
def people_file() -> Any:
    """Everybody, with the columns that can be brought in again."""
    return _handed_out(going_out.PEOPLE, "people.directory")


@exchange.post("/courses/completions/file")
@guard(Action.RECORD_COMPLETION)
@commits
def completions_file() -> Any:
    """Every completion, likewise."""
    return _handed_out(going_out.COMPLETIONS, "courses.catalogue")


@exchange.post("/pathways/enrolments/file")
@guard(Action.WRITE_ENROLMENT)
@commits
def enrolments_file() -> Any:
    """Who is or was on which pathway."""
    return _handed_out(going_out.ENROLMENTS, "pathways.catalogue")


@exchange.get("/courses/catalogue.csv")
@guard(Action.READ_COURSE)
def catalogue_file() -> Any:
    """The catalogue as it was narrowed on the page; what courses cost is for HR."""
    wanted = wanted_from(request.args)
    columns, rows = catalogue_table(request_session(), current_actor(), wanted)
    name = f"courses-{clock().today().isoformat()}"
    if request.args.get("as") == "xlsx":
        return _sheet_of(columns, rows, name)
    return file_of(csv_file(columns, rows), f"{name}.csv")


@exchange.get("/bring-in/examples/<kind>.csv")
@guard(Action.WRITE_PERSON)
def example(kind: str) -> Any:
    """A filled example to overwrite, as CSV or as a spreadsheet."""
    if kind not in _EXAMPLES:
        raise NotVisible
    content = _EXAMPLES[kind]()
    if request.args.get("as") == ListFormat.XLSX:
        columns, *rows = csv.reader(StringIO(content.decode("utf-8-sig")))
        return _sheet_of(columns, rows, f"{kind}-example")
    return file_of(content, f"{kind}-example.csv")


def _handed_out(out: GoingOut, back: str) -> Any:
    """The list as it is asked for, at once if it is short; a long one is left to a job."""
    session, actor, now = request_session(), current_actor(), clock().now()
    is_sheet = request.form.get("as") == ListFormat.XLSX
    if out.count(session) > ROWS_AT_ONCE:
        wanted = ListFormat.XLSX if is_sheet else ListFormat.CSV
        try:
            list_id = ask_for_list(session, actor, out, wanted, now=now)
        except RuleBroken as broken:
            tell(broken.message, kind="problem")
            return redirect(url_for(back), 303)
        return redirect(url_for("exchange.long_list", long_list_id=list_id), 303)
    rows = out.rows(partial(database().reading, actor.organisation_id), actor, now.date())
    name = f"{out.name}-{now.date().isoformat()}"
    going_out.hand_out(session, actor, out, now=now)
    if is_sheet:
        return _sheet_of(out.columns, rows, name)
    return file_of(csv_parts(out.columns, rows), f"{name}.csv")


def _sheet_of(columns: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    file = BytesIO()
    write_xlsx(file, columns, rows)
    return file_of(file.getvalue(), f"{name}.xlsx", content_type=XLSX)


def file_of(
    content: bytes | Iterable[bytes], name: str, *, content_type: str = "text/csv; charset=utf-8"
) -> Response:
    """A file to be kept, a table if nothing else is said."""
    answer = Response(content, content_type=content_type)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)
    answer.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    return answer
