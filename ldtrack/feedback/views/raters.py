"""HR's page of one subject: who is asked, by group."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.forms.cycles import AskKnownForm, AskOutsideForm, group_options
from ldtrack.feedback.pages.cycles import SubjectPage, subject_page
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import delivery, now, rater_key
from ldtrack.people.queries import directory
from ldtrack.ui.fields import Option
from ldtrack.ui.lists import searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session

_FIELDS = {"group_key": "group", "person_id": "people"}


@feedback.get("/feedback/subjects/<id:subject_id>")
@guard(Action.WRITE_CYCLE)
def subject(subject_id: int) -> Any:
    """Everybody who is asked about one person, and who has answered."""
    page = _page(subject_id)
    return render_template("feedback/subject.html", page=page, subject=page.subject)


@feedback.post("/feedback/subjects/<id:subject_id>/propose")
@guard(Action.WRITE_CYCLE)
@commits
def propose(subject_id: int) -> Any:
    """Add whom the reporting lines of today suggest."""
    added = service.propose_raters(request_session(), current_actor(), subject_id, now=now())
    tell(f"{added} added from the reporting lines." if added else "Nobody new was found.")
    return redirect(url_for("feedback.subject", subject_id=subject_id), 303)


@feedback.post("/feedback/subjects/<id:subject_id>/remove")
@guard(Action.WRITE_CYCLE)
@commits
def remove_subject(subject_id: int) -> Any:
    """Take somebody out before the cycle opens."""
    cycle_id = service.remove_subject(request_session(), current_actor(), subject_id, now=now())
    tell("They are out of this cycle.")
    return redirect(url_for("feedback.cycle", cycle_id=cycle_id), 303)


@feedback.post("/feedback/raters/<id:invitation_id>/remove")
@guard(Action.WRITE_CYCLE)
@commits
def remove_rater(invitation_id: int) -> Any:
    """Ask somebody no longer."""
    subject_id = service.remove_rater(request_session(), current_actor(), invitation_id, now=now())
    tell("They will not be asked.")
    return redirect(url_for("feedback.subject", subject_id=subject_id), 303)


@feedback.route("/feedback/subjects/<id:subject_id>/ask", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def ask_known(subject_id: int) -> Any:
    """Search people of the organisation and ask them."""
    session, actor = request_session(), current_actor()
    page = _page(subject_id)
    search = searched()
    taken = {line.rater.person_id for line in page.lines}
    people, total = directory(session, actor, search=search)
    form = AskKnownForm()
    form.people.options = [
        Option(id=person.id, label=person.name, note=person.job_profile)
        for person in people
        if person.id not in taken
    ]
    form.group.options = group_options(page.cycle.groups)
    if form.validate_on_submit():
        try:
            for command in form.commands():
                service.ask_rater(
                    session, actor, subject_id, command, now=now(), delivery=delivery()
                )
        except RuleBroken as broken:
            form.refuse(_FIELDS.get(broken.field), broken.message)
        else:
            tell("They are asked." if page.is_open else "They will be asked when it opens.")
            return redirect(url_for("feedback.subject", subject_id=subject_id), 303)
    shown = render_template(
        "feedback/ask_known.html",
        form=form,
        page=page,
        search=search,
        more=total - len(people),
    )
    return shown, 422 if form.is_submitted() else 200


@feedback.route("/feedback/subjects/<id:subject_id>/ask-outside", methods=["GET", "POST"])
@guard(Action.WRITE_CYCLE)
@commits
def ask_outside(subject_id: int) -> Any:
    """Ask somebody from outside by mail address."""
    page = _page(subject_id)
    form = AskOutsideForm()
    form.group.options = group_options(page.cycle.groups)
    if form.validate_on_submit():
        try:
            service.ask_rater(
                request_session(),
                current_actor(),
                subject_id,
                form.command(),
                now=now(),
                delivery=delivery(),
            )
        except RuleBroken as broken:
            form.refuse(_FIELDS.get(broken.field, broken.field), broken.message)
        else:
            tell("They are asked." if page.is_open else "They will be asked when it opens.")
            return redirect(url_for("feedback.subject", subject_id=subject_id), 303)
    shown = render_template("feedback/ask_outside.html", form=form, page=page)
    return shown, 422 if form.is_submitted() else 200


def _page(subject_id: int) -> SubjectPage:
    return subject_page(request_session(), current_actor(), subject_id, rater_key=rater_key())
