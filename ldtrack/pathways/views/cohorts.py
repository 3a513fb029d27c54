"""What HR does with a cohort as a whole."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.feedback.domain.pulses.commands import WritePulse
from ldtrack.feedback.queries.cycles import cycles_taking_people
from ldtrack.feedback.service import add_people
from ldtrack.feedback.service.pulses import USUAL_LENGTH, draft_pulse
from ldtrack.pathways import queries
from ldtrack.pathways.forms.people import CohortCycleForm
from ldtrack.pathways.views import pathways
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@pathways.post("/pathways/cohorts/<id:cohort_id>/pulse")
@guard(Action.WRITE_PULSE)
@commits
def begin_pulse(cohort_id: int) -> Any:
    """Set up an anonymous survey of trust among those who travel together."""
    session, actor, now = request_session(), current_actor(), clock().now()
    cohort, people = queries.travellers(session, actor, cohort_id)
    pulse_id = draft_pulse(
        session,
        actor,
        WritePulse(name=f"Working together: {cohort}"[:120], closes_on=now.date() + USUAL_LENGTH),
        now=now,
        people=people,
        group_name=cohort,
        cohort_id=cohort_id,
    )
    tell("A pulse for the cohort is set up. Look it over, then open it.", kind="note")
    return redirect(url_for("feedback.pulse", pulse_id=pulse_id), 303)


@pathways.route("/pathways/cohorts/<id:cohort_id>/cycle", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def add_to_cycle(cohort_id: int) -> Any:
    """Let everybody who travels together receive feedback in one 360 cycle."""
    session, actor = request_session(), current_actor()
    cohort, people = queries.travellers(session, actor, cohort_id)
    form = CohortCycleForm()
    form.cycle_id.options = [
        Option(id=row.id, label=row.name) for row in cycles_taking_people(session, actor)
    ]
    if form.validate_on_submit():
        add_people(session, actor, form.cycle_id.data, people, now=clock().now())
        tell(f"{cohort} receives feedback in this cycle.")
        return redirect(url_for("feedback.cycle", cycle_id=form.cycle_id.data), 303)
    page = render_template(
        "pathways/cohort_cycle.html", form=form, cohort=cohort, n_people=len(people)
    )
    return page, 422 if form.is_submitted() else 200
