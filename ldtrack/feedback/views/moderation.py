"""Reading the comments before a report is out, and holding some back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.feedback import service
from ldtrack.feedback.domain.moderation import HidingReason, Place
from ldtrack.feedback.forms.around import HideForm
from ldtrack.feedback.queries.moderation import to_moderate, waiting_for
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now, site
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.get("/feedback/debriefs/<id:subject_id>/comments")
@guard(Action.MODERATE_COMMENT)
def moderate(subject_id: int) -> Any:
    """Comments alone, flagged ones first; no figure is on this page."""
    return _page(subject_id, HideForm())


@feedback.post("/feedback/debriefs/<id:subject_id>/comments/<int:block>/<int:place>/hide")
@guard(Action.MODERATE_COMMENT)
@commits
def hide_comment(subject_id: int, block: int, place: int) -> Any:
    """Hold a comment back."""
    form = HideForm()
    if not form.validate_on_submit():
        return _page(subject_id, form), 422
    where = Place(block=block, place=place)
    session, actor = request_session(), current_actor()
    service.hide_comment(session, actor, subject_id, where, form.reason.data, now=now())
    undo = url_for("feedback.show_comment_again", subject_id=subject_id, block=block, place=place)
    tell("The comment is held back; the report is shown without it.", undo_url=undo)
    return redirect(url_for("feedback.moderate", subject_id=subject_id), 303)


@feedback.post("/feedback/debriefs/<id:subject_id>/comments/<int:block>/<int:place>/show-again")
@guard(Action.MODERATE_COMMENT)
@commits
def show_comment_again(subject_id: int, block: int, place: int) -> Any:
    """Show it again."""
    where = Place(block=block, place=place)
    service.show_comment_again(request_session(), current_actor(), subject_id, where, now=now())
    tell("The comment is shown again.")
    return redirect(url_for("feedback.moderate", subject_id=subject_id), 303)


@feedback.post("/feedback/debriefs/<id:subject_id>/comments/done")
@guard(Action.MODERATE_COMMENT)
@commits
def finish_moderation(subject_id: int) -> Any:
    """Let the report go on, as the cycle's moderator."""
    service.finish_moderation(
        request_session(), current_actor(), subject_id, now=now(), base_url=site()
    )
    tell("The report goes on. You see its comments no longer.")
    return redirect(url_for("feedback.comments_to_read"), 303)


@feedback.get("/feedback/comments")
@guard(Action.MODERATE_COMMENT)
def comments_to_read() -> Any:
    """Whose comments wait for the actor, as a cycle's moderator."""
    rows = waiting_for(request_session(), current_actor())
    return render_template("feedback/comments_to_read.html", rows=rows)


def _page(subject_id: int, form: HideForm) -> str:
    actor = current_actor()
    page = to_moderate(request_session(), actor, subject_id)
    return render_template(
        "feedback/moderate.html",
        page=page,
        form=form,
        reasons=list(HidingReason),
        debrief_url=url_for("feedback.debrief", subject_id=subject_id)
        if policy.could(actor, Action.READ_RELEASE_FIRST)
        else "",
    )
