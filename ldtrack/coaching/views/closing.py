"""The closing review of an engagement: writing one's part, and reading both."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import queries, service
from ldtrack.coaching.domain.agreements import PartyKind
from ldtrack.coaching.domain.closing import Closing
from ldtrack.coaching.forms import ClosingForm
from ldtrack.coaching.views import coaching
from ldtrack.core.errors import NotAllowed
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@coaching.get("/coaching/engagements/<id:engagement_id>/closing")
@guard(Action.READ_CLOSING)
def closing_review(engagement_id: int) -> Any:
    """What leader and coach say at the end."""
    closing = queries.closing_of(request_session(), current_actor(), engagement_id)
    return render_template("coaching/closing_review.html", closing=closing, own=_own(closing))


@coaching.route("/coaching/engagements/<id:engagement_id>/closing/write", methods=["GET", "POST"])
@guard(Action.WRITE_CLOSING)
@commits
def write_closing(engagement_id: int) -> Any:
    """One's own part of it."""
    closing = queries.closing_of(request_session(), current_actor(), engagement_id)
    own = _own(closing)
    if own is None:
        raise NotAllowed("Leader and coach write this, each for themselves.")
    before = closing.by(own)
    form = ClosingForm(
        data={"aimed": before.aimed, "came": before.came, "remains": before.remains}
        if before
        else {}
    )
    if form.validate_on_submit():
        service.write_closing(
            request_session(),
            current_actor(),
            engagement_id,
            form.command(),
            now=clock().now(),
        )
        tell("Your part of the closing review is kept.")
        return redirect(url_for("coaching.closing_review", engagement_id=engagement_id), 303)
    shown = render_template("coaching/write_closing.html", closing=closing, form=form, own=own)
    return shown, 422 if form.is_submitted() else 200


def _own(closing: Closing) -> PartyKind | None:
    """As which of the two the actor reads it; a sponsor is neither."""
    person_id = current_actor().person_id
    if closing.engagement.person_id == person_id:
        return PartyKind.LEADER
    return PartyKind.COACH if closing.engagement.coach_id == person_id else None
