"""Long lists that a job writes: how far each is, and the file once it is whole."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, jsonify, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible
from ldtrack.exchange import queries
from ldtrack.exchange.domain import WRITE_LIST, ListFormat, LongListRow
from ldtrack.exchange.service.long_lists import pieces_of, take_list
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.downloads import XLSX, file_of
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.queries import latest_job
from ldtrack.ui.request import clock, commits, database, request_session

_AT = "/lists/<id:long_list_id>"


@exchange.get("/lists")
@guard(Action.WRITE_PERSON)
def long_lists() -> Any:
    """The lists that one asked for lately."""
    rows = queries.long_lists(request_session(), current_actor(), clock().now())
    return render_template("exchange/long_lists.html", rows=rows)


@exchange.get(_AT)
@guard(Action.WRITE_PERSON)
def long_list(long_list_id: int) -> Any:
    """One of them: how far it is, or the file."""
    row = _found(long_list_id)
    return render_template("exchange/long_list.html", row=row, progress=_progress(row))


@exchange.get(f"{_AT}/progress")
@guard(Action.WRITE_PERSON)
def long_list_progress(long_list_id: int) -> Any:
    """How far it is, for the page that waits."""
    answer = _progress(_found(long_list_id))
    if answer["state"] in ("done", "failed"):
        answer["next_url"] = url_for("exchange.long_list", long_list_id=long_list_id)
    return jsonify(answer)


@exchange.post(f"{_AT}/file")
@guard(Action.WRITE_PERSON)
@commits
def long_list_file(long_list_id: int) -> Response:
    """The file, to be kept."""
    row, actor = _found(long_list_id), current_actor()
    if row.finished_at is None:
        raise NotVisible
    take_list(request_session(), actor, row.id, now=clock().now())
    pieces = pieces_of(partial(database().reading, actor.organisation_id), row.id)
    if row.format is ListFormat.XLSX:
        return file_of(pieces, row.file_name, content_type=XLSX)
    return file_of(pieces, row.file_name)


def _found(list_id: int) -> LongListRow:
    return queries.long_list(request_session(), current_actor(), list_id, clock().now())


def _progress(row: LongListRow) -> dict[str, Any]:
    """Done of total, a state and a sentence."""
    if row.finished_at is not None:
        return {"done": 1, "total": 1, "state": "done", "sentence": "The file is ready."}
    job = latest_job(request_session(), kind=WRITE_LIST, thing_id=row.id)
    if job is not None and job.state is JobState.FAILED:
        return {"done": 0, "total": 1, "state": "failed", "sentence": "It stopped on the way."}
    done, total = (job.done, job.total) if job else (0, 0)
    return {
        "done": done,
        "total": total,
        "state": "running" if done else "waiting",
        "sentence": f"{done:,} of {total:,} rows are written."
        if done
        else "The file is being written.",
    }
