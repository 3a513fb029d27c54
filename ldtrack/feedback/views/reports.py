"""A report that is out, as a page and as files; all are made from what was stored at close."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from flask import Response, render_template

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Facts
from ldtrack.access.guard import current_actor, guard
from ldtrack.audit.service import seen
from ldtrack.feedback import queries
from ldtrack.feedback.pages.report import report_page
from ldtrack.feedback.pages.report_file import json_of, rows_of_file
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now
from ldtrack.ui.request import database, request_session

_BYTE_ORDER_MARK = "\ufeff"
"""By it Excel knows that the file is in UTF-8."""


@feedback.get("/feedback/reports/<id:release_id>")
@guard(Action.READ_RELEASE)
def report(release_id: int) -> Any:
    """One report."""
    actor = current_actor()
    shown = queries.report(request_session(), actor, release_id)
    page = report_page(shown, own=actor.person_id == shown.person_id)
    answer = render_template(
        "feedback/report.html", page=page, shown=shown, asks_back=_may_ask_back(shown)
    )
    remember_reading(Action.READ_RELEASE, shown)
    return answer


@feedback.get("/feedback/reports/<id:release_id>.csv")
@guard(Action.READ_RELEASE)
def report_file(release_id: int) -> Response:
    """The same as a table."""
    shown = queries.report(request_session(), current_actor(), release_id)
    text = io.StringIO()
    csv.writer(text).writerows(rows_of_file(shown))
    remember_reading("feedback.release:download", shown)
    return Response(
        _BYTE_ORDER_MARK + text.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="feedback.csv"'},
    )


@feedback.get("/feedback/reports/<id:release_id>.json")
@guard(Action.READ_RELEASE)
def report_json(release_id: int) -> Response:
    """The same for programs."""
    shown = queries.report(request_session(), current_actor(), release_id)
    remember_reading("feedback.release:download", shown)
    return Response(
        json.dumps(json_of(shown), ensure_ascii=False, indent=1),
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="feedback.json"'},
    )


def _may_ask_back(shown: queries.ShownReport) -> bool:
    actor = current_actor()
    about = Facts(organisation_id=actor.organisation_id, person_id=shown.person_id, released=True)
    return policy.permits(actor, Action.ASK_FOLLOW_UP, about)


def remember_reading(action: str, shown: queries.ShownReport) -> None:
    """Leave a trace of who opened it."""
    actor = current_actor()
    seen(
        database(),
        organisation_id=actor.organisation_id,
        account_id=actor.account_id,
        action=action,
        thing="release",
        person_id=shown.person_id,
        happened_at=now(),
    )
