"""What HR does about one person in a running cycle: start, extend, close, ask somebody else."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback import queries, service
from ldtrack.feedback.forms.cycles import LastDayForm, ReplaceForm
from ldtrack.feedback.queries.raters import asked_here
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import delivery, now, rater_key
from ldtrack.people.queries import directory
from ldtrack.ui.fields import Option
from ldtrack.ui.lists import searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.post("/feedback/subjects/<id:subject_id>/start")
@guard(Action.START_FEEDBACK)
@commits
def start(subject_id: int) -> Any:
    """Ask everybody about this person: by HR, or by the leader who is ready."""
    session, actor = request_session(), current_actor()
    try:
        service.start_subject(session, actor, subject_id, now=now(), delivery=delivery())
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("The questionnaires are open; the invitations are on their way.")
    if request.args.get("from") == "own":
        return redirect(url_for("feedback.my_feedback"), 303)
    return _back(subject_id)


@feedback.post("/feedback/subjects/<id:subject_id>/close")
@guard(Action.WRITE_CYCLE)
@commits
def close_subject(subject_id: int) -> Any:
    """Take no more answers about this person; the report is made in the background."""
    session, actor = request_session(), current_actor()
    service.close_subject(session, actor, subject_id, rater_key=rater_key(), now=now())
    tell("The questionnaires are closed. The report is being made.")
    return _back(subject_id)


@feedback.route("/feedback/subjects/<id:subject_id>/last-day", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def last_day_of(subject_id: int) -> Any:
    """Move the last day for answers about one person."""
    session, actor = request_session(), current_actor()
    row = queries.subject(session, actor, subject_id)
    form = LastDayForm(data={"closes_on": row.closes_on})
    if form.validate_on_submit():
        try:
            service.change_last_day_of(
                session,
                actor,
                subject_id,
                form.closes_on.data,
                now=now(),
                delivery=delivery(),
                knows=form.knows.data,
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The last day is changed.")
            return _back(subject_id)
    page = render_template("feedback/last_day_of.html", form=form, subject=row)
    return page, 422 if form.is_submitted() else 200


@feedback.route("/feedback/raters/<id:invitation_id>/replace", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def replace_rater(invitation_id: int) -> Any:
    """Ask somebody else instead of a rater who cannot."""
    session, actor = request_session(), current_actor()
    rater, taken = asked_here(session, actor, invitation_id)
    if not rater.has_a_place:
        raise NotVisible
    subject = queries.subject(session, actor, rater.subject_id)
    search = searched()
    people, total = directory(session, actor, search=search) if search else ([], 0)
    form = ReplaceForm()
    form.person.options = [
        Option(id=person.id, label=person.name, note=person.job_profile)
        for person in people
        if person.id not in taken
    ]
    if form.validate_on_submit() and _replaced(form, invitation_id):
        tell("They are asked now. The first link has ended.")
        return _back(rater.subject_id)
    shown = render_template(
        "feedback/replace_rater.html",
        form=form,
        rater=rater,
        subject=subject,
        search=search,
        more=total - len(people),
    )
    return shown, 422 if form.is_submitted() else 200


def _replaced(form: ReplaceForm, invitation_id: int) -> bool:
    if not form.person.data and not form.email.data:
        form.refuse("person", "Choose somebody, or give a name and an address.")
        return False
    try:
        service.replace_rater(
            request_session(),
            current_actor(),
            invitation_id,
            form.command(),
            now=now(),
            delivery=delivery(),
        )
    except RuleBroken as broken:
        field = "person" if broken.field == "person_id" else broken.field
        form.refuse(field, broken.message)
        return False
    return True


def _back(subject_id: int) -> Any:
    return redirect(url_for("feedback.subject", subject_id=subject_id), 303)
