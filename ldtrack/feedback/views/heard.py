"""“What I heard, what I will do”: write it, look at the mail, send it once."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.domain.flags import telling_words
from ldtrack.feedback.domain.heard import heard_letter, mark_of
from ldtrack.feedback.forms.around import HeardForm, SendHeardForm
from ldtrack.feedback.queries.heard import heard_note, names_asked
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.route("/feedback/reports/<id:release_id>/heard", methods=["GET", "POST"])
@guard(Action.WRITE_HEARD)
@commits
def write_heard(release_id: int) -> Any:
    """A draft, kept; then a look at the mail."""
    session, actor = request_session(), current_actor()
    row = heard_note(session, actor, release_id, Action.WRITE_HEARD)
    if row.sent_on is not None:
        return redirect(url_for("feedback.look_at_heard", release_id=release_id), 303)
    form = HeardForm(data={"body": row.body, "shared": row.shared})
    if form.validate_on_submit():
        try:
            service.write_heard(session, actor, release_id, form.body.data, shared=form.shared.data)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            return redirect(url_for("feedback.look_at_heard", release_id=release_id), 303)
    shown = render_template("feedback/heard.html", row=row, form=form)
    return shown, 422 if form.is_submitted() else 200


@feedback.get("/feedback/reports/<id:release_id>/heard/look")
@guard(Action.READ_HEARD)
def look_at_heard(release_id: int) -> Any:
    """The mail as it will be, or was, sent; for the leader, and a coach it is shared with."""
    session, actor = request_session(), current_actor()
    row = heard_note(session, actor, release_id)
    if not row.body:
        raise NotVisible
    return render_template(
        "feedback/heard_look.html",
        row=row,
        is_own=row.person_id == actor.person_id,
        letter=heard_letter("…", row.person, row.cycle, row.body),
        telling=telling_words(row.body, names_asked(session, release_id)),
        mark=mark_of(row.body),
    )


@feedback.post("/feedback/reports/<id:release_id>/heard/send")
@guard(Action.WRITE_HEARD)
@commits
def send_heard(release_id: int) -> Any:
    """Send it to everybody who was asked; this cannot be taken back."""
    form = SendHeardForm()
    if not form.validate_on_submit():
        raise Conflict("Look at the note again before you send it.")
    n_asked = service.send_heard(
        request_session(),
        current_actor(),
        release_id,
        looked_at=form.looked_at.data,
        now=now(),
    )
    tell(f"Your note is on its way to the {n_asked} people who were asked.")
    return redirect(url_for("feedback.report", release_id=release_id), 303)
