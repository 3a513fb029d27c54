"""A cycle as a whole: its profile, its file, and making one report of it again."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Response, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback import queries, service
from ldtrack.feedback.pages.cohort import cohort_page, rows_of_cohort
from ldtrack.feedback.queries import summaries
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session

_BYTE_ORDER_MARK = "\ufeff"


@feedback.get("/feedback/cycles/<id:cycle_id>/profile")
@guard(Action.READ_COHORT)
def cohort(cycle_id: int) -> Any:
    """What the reports of a cycle say together."""
    page = cohort_page(summaries.cohort(request_session(), current_actor(), cycle_id))
    return render_template("feedback/cohort.html", page=page, cohort=page.cohort)


@feedback.get("/feedback/cycles/<id:cycle_id>/profile.csv")
@guard(Action.READ_COHORT)
def cohort_file(cycle_id: int) -> Response:
    """The same as a table."""
    found = summaries.cohort(request_session(), current_actor(), cycle_id)
    text = io.StringIO()
    csv.writer(text).writerows(rows_of_cohort(found))
    return Response(
        _BYTE_ORDER_MARK + text.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="profile.csv"'},
    )


@feedback.post("/feedback/subjects/<id:subject_id>/make-again")
@guard(Action.WRITE_CYCLE)
@commits
def make_again(subject_id: int) -> Any:
    """A new edition of a report, if the two together give nobody away."""
    session, actor = request_session(), current_actor()
    subject = queries.subject(session, actor, subject_id)
    try:
        number = service.make_again(session, actor, subject_id, now=now())
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell(f"Edition {number} of {subject.name}’s report is made; the old one stays readable.")
    return redirect(url_for("feedback.cohort", cycle_id=subject.cycle_id), 303)
