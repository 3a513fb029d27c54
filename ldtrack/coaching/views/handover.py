"""A change of coach: HR names the next one, the leader decides what goes over."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.domain.handover import Handed
from ldtrack.coaching.forms import ChangeCoachForm, HandoverForm
from ldtrack.coaching.views import coaching
from ldtrack.coaching.views.seeking import options_of
from ldtrack.coaching.views.sender import sender
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@coaching.route("/coaching/engagements/<id:engagement_id>/coach", methods=["GET", "POST"])
@guard(Action.OPEN_ENGAGEMENT)
@commits
def change_coach(engagement_id: int) -> Any:
    """Another coach from now on; the one before sees nothing that comes after."""
    page = pages.change_coach_page(
        request_session(), current_actor(), engagement_id, clock().today()
    )
    form = ChangeCoachForm(data={"sessions_agreed": page.n_left})
    form.coach_id.options = list(options_of(page.coaches))
    if form.validate_on_submit():
        try:
            following_id = service.change_coach(
                request_session(),
                current_actor(),
                engagement_id,
                form.command(),
                now=clock().now(),
                sender=sender(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(
                "The coach has changed. The leader decides what the new one sees of before; "
                "next comes an agreement with them."
            )
            return redirect(url_for("coaching.engagement", engagement_id=following_id), 303)
    shown = render_template("coaching/change_coach.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@coaching.route("/coaching/engagements/<id:engagement_id>/handover", methods=["GET", "POST"])
@guard(Action.HAND_OVER)
@commits
def hand_over(engagement_id: int) -> Any:
    """The leader decides what their coach sees of coaching before."""
    engagement = queries.engagement(request_session(), current_actor(), engagement_id)
    if engagement.person_id != current_actor().person_id:
        raise NotVisible
    row = queries.handover_to(request_session(), current_actor(), engagement_id)
    if row is None or not engagement.runs:
        raise Conflict("There is no coaching of before that could be handed over.")
    form = HandoverForm(data={"parts": sorted(row.parts)})
    if form.validate_on_submit():
        service.hand_over(
            request_session(),
            current_actor(),
            engagement_id,
            form.parts.data,
            now=clock().now(),
        )
        seen = "what you ticked, and nothing else" if form.parts.data else "nothing"
        tell(f"Decided. {engagement.coach} sees {seen} of before.")
        return redirect(url_for("coaching.my_coaching"), 303)
    shown = render_template(
        "coaching/hand_over.html",
        engagement=engagement,
        row=row,
        form=form,
        meanings={part.value: part.meaning for part in Handed},
    )
    return shown, 422 if form.is_submitted() else 200
