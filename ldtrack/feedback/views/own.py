"""One's own feedback: what one was asked, where cycles stand, reports that are out."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.feedback import queries
from ldtrack.feedback.queries import pulses
from ldtrack.feedback.queries.nominating import approvals, choices_of
from ldtrack.feedback.queries.raters import asked_of, nominations_of
from ldtrack.feedback.queries.ready import ready_to_start
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import rater_key, today
from ldtrack.ui.request import request_session


@feedback.get("/feedback")
@guard(Action.READ_RELEASE)
def my_feedback() -> Any:
    """Dates and reports; no count of answers is shown before a report is out."""
    session, actor = request_session(), current_actor()
    person_id = actor.person_id or 0
    standings = queries.standings(session, actor, person_id)
    return render_template(
        "feedback/my_feedback.html",
        ready=ready_to_start(session, actor, today()),
        asked=asked_of(session, actor, today(), rater_key=rater_key()),
        pulses=pulses.asked_pulses(session, actor, today(), rater_key=rater_key()),
        outcomes=pulses.outcomes_for(session, actor),
        standings=standings,
        nominations=nominations_of(
            session, actor, person_id, [row.subject_id for row in standings]
        ),
        choices=choices_of(session, actor),
        to_agree=approvals(session, actor),
        reports=queries.released_reports(session, actor, person_id),
    )
