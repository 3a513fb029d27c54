"""A 360 report as a PDF: asked for, waited for, opened."""

from __future__ import annotations

from typing import Any

from flask import jsonify, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.audit.service import seen
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.queries import report
from ldtrack.reviews import queries, service
from ldtrack.reviews.domain.kinds import PrintState
from ldtrack.reviews.views import reviews
from ldtrack.reviews.views.files import pdf_response, printed_file
from ldtrack.ui.request import clock, commits, database, request_session

_PARTS = 3
_SENTENCES = {
    PrintState.WAITING: "The pages are being laid out.",
    PrintState.READY: "It is ready.",
    PrintState.FAILED: "It could not be printed this time.",
}


@reviews.post("/feedback/reports/<id:release_id>/print")
@guard(Action.READ_RELEASE)
@commits
def ask_for_report(release_id: int) -> Any:
    """Have it printed, unless it was."""
    service.ask_for_report(request_session(), current_actor(), release_id, now=clock().now())
    return redirect(url_for("reviews.report_print", release_id=release_id), 303)


@reviews.get("/feedback/reports/<id:release_id>/print")
@guard(Action.READ_RELEASE)
def report_print(release_id: int) -> Any:
    """How far the printing is, and then the way to the file."""
    session = request_session()
    shown = report(session, current_actor(), release_id)
    row = queries.printed_report(session, shown)
    return render_template(
        "reviews/report_print.html",
        shown=shown,
        state=row.state.value,
        progress=_progress(row),
        own=shown.person_id == current_actor().person_id,
    )


@reviews.get("/feedback/reports/<id:release_id>/print/progress")
@guard(Action.READ_RELEASE)
def report_progress(release_id: int) -> Any:
    """The same for the page that waits."""
    session = request_session()
    shown = report(session, current_actor(), release_id)
    row = queries.printed_report(session, shown)
    answer = _progress(row)
    if row.state is not PrintState.WAITING:
        answer["next_url"] = url_for("reviews.report_print", release_id=release_id)
    return jsonify(answer)


@reviews.get("/feedback/reports/<id:release_id>/feedback.pdf")
@guard(Action.READ_RELEASE)
def report_pdf(release_id: int) -> Any:
    """The file; a trace of the opening is left before it is handed out."""
    session, actor = request_session(), current_actor()
    shown = report(session, actor, release_id)
    row = queries.printed_report(session, shown)
    if row.state is not PrintState.READY:
        raise NotVisible
    content = printed_file(row.content_hash)
    seen(
        database(),
        organisation_id=actor.organisation_id,
        account_id=actor.account_id,
        action="feedback.release:download",
        thing="release",
        person_id=shown.person_id,
        happened_at=clock().now(),
    )
    return pdf_response(content, "feedback.pdf")


def _progress(row: queries.PrintedRow) -> dict[str, Any]:
    return {
        "done": _PARTS if row.state is PrintState.READY else row.done,
        "total": _PARTS,
        "state": {"ready": "done"}.get(row.state.value, row.state.value),
        "sentence": _SENTENCES[row.state],
    }
