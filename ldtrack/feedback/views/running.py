"""What HR does with a cycle as a whole: open, remind, close, let a stranded report go."""

from __future__ import annotations

from typing import Any

from flask import jsonify, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.feedback import queries, service
from ldtrack.feedback.domain.timeline import NOT_BEGUN
from ldtrack.feedback.forms.cycles import WithoutTrustForm
from ldtrack.feedback.pages.cycle import at_work
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import delivery, now, rater_key, site
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.post("/feedback/cycles/<id:cycle_id>/open")
@guard(Action.WRITE_CYCLE)
@commits
def open_cycle(cycle_id: int) -> Any:
    """Ask everybody."""
    try:
        service.open_cycle(
            request_session(), current_actor(), cycle_id, now=now(), delivery=delivery()
        )
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("The cycle is open; the invitations are on their way.")
    return _back(cycle_id)


@feedback.post("/feedback/cycles/<id:cycle_id>/propose")
@guard(Action.WRITE_CYCLE)
@commits
def propose_for_all(cycle_id: int) -> Any:
    """Add whom the reporting lines of today suggest, for everybody who has no raters yet."""
    added = service.propose_for_all(request_session(), current_actor(), cycle_id, now=now())
    tell(f"{added} added from the reporting lines." if added else "Nobody new was found.")
    return _back(cycle_id)


@feedback.post("/feedback/cycles/<id:cycle_id>/nominate")
@guard(Action.WRITE_CYCLE)
@commits
def begin_nominating(cycle_id: int) -> Any:
    """Let the leaders say whom to ask."""
    try:
        service.begin_nominating(
            request_session(), current_actor(), cycle_id, now=now(), base_url=site()
        )
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("The leaders are asked whom to ask.")
    return _back(cycle_id)


@feedback.route("/feedback/cycles/<id:cycle_id>/trust", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def without_trust(cycle_id: int) -> Any:
    """Begin with a trust pulse, or say why this cycle can do without one."""
    session, actor = request_session(), current_actor()
    row = queries.cycle(session, actor, cycle_id)
    if row.state not in NOT_BEGUN:
        raise Conflict("This cycle has opened; what should come before it is settled.")
    form = WithoutTrustForm()
    if form.validate_on_submit():
        service.begin_without_trust(session, actor, cycle_id, form.reason.data, now=now())
        tell("The reason is kept with the cycle.")
        return _back(cycle_id)
    page = render_template("feedback/without_trust.html", form=form, cycle=row)
    return page, 422 if form.is_submitted() else 200


@feedback.post("/feedback/cycles/<id:cycle_id>/remind")
@guard(Action.WRITE_CYCLE)
@commits
def remind(cycle_id: int) -> Any:
    """Remind those who have not answered, all at one hour."""
    service.remind(request_session(), current_actor(), cycle_id, now=now(), delivery=delivery())
    # No count, which HR staff could take the one of others from when the cycle is about them too.
    tell("Everybody who has not answered is reminded, all at the same hour.")
    return _back(cycle_id)


@feedback.post("/feedback/cycles/<id:cycle_id>/close")
@guard(Action.WRITE_CYCLE)
@commits
def close_cycle(cycle_id: int) -> Any:
    """Take no more answers; the reports are made in the background."""
    service.close_by_hand(
        request_session(), current_actor(), cycle_id, rater_key=rater_key(), now=now()
    )
    tell("The cycle is closed. The reports are being made.")
    return _back(cycle_id)


@feedback.post("/feedback/cycles/<id:cycle_id>/drop")
@guard(Action.WRITE_CYCLE)
@commits
def drop_cycle(cycle_id: int) -> Any:
    """Put away a cycle that was never opened."""
    service.drop_draft(request_session(), current_actor(), cycle_id, now=now())
    tell("The cycle is put away; nobody was asked.")
    return redirect(url_for("feedback.cycles"), 303)


@feedback.post("/feedback/cycles/<id:cycle_id>/archive")
@guard(Action.WRITE_CYCLE)
@commits
def archive_cycle(cycle_id: int) -> Any:
    """Put away a cycle that is complete."""
    service.archive_cycle(request_session(), current_actor(), cycle_id, now=now())
    tell("The cycle is put away; its reports stay with the leaders.")
    return redirect(url_for("feedback.cycles"), 303)


@feedback.post("/feedback/subjects/<id:subject_id>/release")
@guard(Action.WRITE_CYCLE)
@commits
def release_without_debrief(subject_id: int) -> Any:
    """Let a leader have a report whose coach is no longer there."""
    session, actor = request_session(), current_actor()
    subject = queries.subject(session, actor, subject_id)
    service.release_without_debrief(session, actor, subject_id, now=now(), base_url=site())
    tell(f"{subject.name} can read the report now.")
    return _back(subject.cycle_id)


@feedback.get("/feedback/cycles/<id:cycle_id>/progress")
@guard(Action.WRITE_CYCLE)
def progress(cycle_id: int) -> Any:
    """How far the work is, for the bar on the cycle's page."""
    session = request_session()
    queries.cycle(session, current_actor(), cycle_id)
    _, job = at_work(session, cycle_id)
    if job is None:
        address = url_for("feedback.cycle", cycle_id=cycle_id)
        return jsonify(done=1, total=1, state="done", sentence="Done.", next_url=address)
    return jsonify(
        done=job.done,
        total=job.total,
        state=job.state.value,
        sentence=f"{job.done} of {job.total} people are done." if job.total else "Waiting.",
    )


def _back(cycle_id: int) -> Any:
    return redirect(url_for("feedback.cycle", cycle_id=cycle_id), 303)
