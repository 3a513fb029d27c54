"""The coach's preparation: the report before the leader has it, and the act that passes it on."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.pages.report import order_to_talk, report_page, surprises
from ldtrack.feedback.queries.moderation import to_moderate
from ldtrack.feedback.queries.raters import nominations
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.reports import remember_reading
from ldtrack.feedback.views.surroundings import now, site
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.get("/feedback/debriefs/<id:subject_id>")
@guard(Action.READ_RELEASE_FIRST)
def debrief(subject_id: int) -> Any:
    """What to talk through and in which order, likely surprises, comments flagged."""
    session, actor = request_session(), current_actor()
    shown = queries.first_reading(session, actor, subject_id)
    names = tuple(rater.name for rater in nominations(session, actor, subject_id))
    moderation = to_moderate(session, actor, subject_id)
    page = report_page(shown, names_to_flag=names, roles_to_flag=moderation.roles)
    answer = render_template(
        "feedback/debrief.html",
        page=page,
        shown=shown,
        order=order_to_talk(page),
        surprises=surprises(page),
        moderation=moderation,
        waits=shown.state is SubjectState.WITH_COACH,
    )
    remember_reading(Action.READ_RELEASE_FIRST, shown)
    return answer


@feedback.get("/feedback/debriefs/<id:subject_id>/preview")
@guard(Action.READ_RELEASE_FIRST)
def preview_report(subject_id: int) -> Any:
    """The report as the leader will have it."""
    shown = queries.first_reading(request_session(), current_actor(), subject_id)
    answer = render_template(
        "feedback/debrief_preview.html", page=report_page(shown, own=True), shown=shown
    )
    remember_reading(Action.READ_RELEASE_FIRST, shown)
    return answer


@feedback.post("/feedback/debriefs/<id:subject_id>/pass-on")
@guard(Action.PASS_ON_RELEASE)
@commits
def pass_on(subject_id: int) -> Any:
    """Let the leader have it."""
    session, actor = request_session(), current_actor()
    service.pass_on(session, actor, subject_id, now=now(), base_url=site())
    shown = queries.first_reading(session, actor, subject_id)
    tell(f"{shown.person} can read the report now.")
    return redirect(url_for("feedback.report", release_id=shown.release_id), 303)
