"""Files that go out: everybody as CSV, and a filled example for each file that comes in."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, request

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible
from ldtrack.courses.queries import wanted_from
from ldtrack.exchange import examples, framework_csv
from ldtrack.exchange.catalogue_export import export_catalogue
from ldtrack.exchange.people_export import export_people
from ldtrack.exchange.views import exchange
from ldtrack.ui.request import clock, commits, request_session

_EXAMPLES = {
    "people": examples.people_example,
    "completions": examples.completions_example,
    "ratings": examples.ratings_example,
    "norms": examples.norms_example,
    "frameworks": framework_csv.example,
}


@exchange.post("/people/file")
@guard(Action.WRITE_PERSON)
@commits
def people_file() -> Any:
    """Everybody, with the columns that can be brought in again."""
    content = export_people(request_session(), current_actor(), now=clock().now())
    return file_of(content, f"people-{clock().today().isoformat()}.csv")


@exchange.get("/courses/catalogue.csv")
@guard(Action.READ_COURSE)
def catalogue_file() -> Any:
    """The catalogue as it was narrowed on the page; what courses cost is for HR."""
    wanted = wanted_from(request.args)
    content = export_catalogue(request_session(), current_actor(), wanted)
    return file_of(content, f"courses-{clock().today().isoformat()}.csv")


@exchange.get("/bring-in/examples/<kind>.csv")
@guard(Action.WRITE_PERSON)
def example(kind: str) -> Any:
    """A filled example to overwrite."""
    if kind not in _EXAMPLES:
        raise NotVisible
    return file_of(_EXAMPLES[kind](), f"{kind}-example.csv")


def file_of(content: bytes, name: str, *, content_type: str = "text/csv") -> Response:
    """A file to be kept, a table if nothing else is said."""
    answer = Response(content, content_type=f"{content_type}; charset=utf-8")
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)
    answer.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    return answer
