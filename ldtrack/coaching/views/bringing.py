"""HR's page on which a coach and a leader are brought together."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, service
from ldtrack.coaching.forms import EngagementForm
from ldtrack.coaching.views import coaching
from ldtrack.coaching.views.seeking import filled_in, is_said, sought_of
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.domain import PersonRow
from ldtrack.ui.lists import searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

USUAL_SESSIONS = 8


@coaching.route("/coaching/engagements/new", methods=["GET", "POST"])
@guard(Action.OPEN_ENGAGEMENT)
@commits
def bring_together() -> Any:
    """Bring a coach and a leader together; the coach sees the leader from the first day on."""
    leader_id = _leader_id()
    if leader_id is None:
        page = pages.leaders_to_coach(request_session(), current_actor(), searched())
        return render_template("coaching/bring_together.html", page=page)
    leader = pages.leader_to_coach(request_session(), current_actor(), leader_id)
    if not is_said():
        named = {"leader": ids.encode(leader.id)}
        return redirect(filled_in("coaching.bring_together", leader, named), 303)
    return _choose_coach(leader)


def _choose_coach(leader: PersonRow) -> Any:
    """Coaches in the order in which they suit what the address says is looked for."""
    session, actor, today = request_session(), current_actor(), clock().today()
    sought = sought_of(leader)
    form = EngagementForm(data={"starts_on": today, "sessions_agreed": USUAL_SESSIONS})
    form.coach_id.options = sought.options
    if form.validate_on_submit():
        try:
            command = form.command(leader.id)
            engagement_id = service.open_engagement(session, actor, command, now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("They are brought together. Next comes the agreement with the sponsor.")
            return redirect(url_for("coaching.write_agreement", engagement_id=engagement_id), 303)
    form.coach_id.options, n_left = sought.shown(all_of_them=form.is_submitted())
    shown = render_template(
        "coaching/bring_together.html",
        page=sought.page,
        form=form,
        sought=sought.form,
        n_left=n_left,
    )
    return shown, 422 if form.is_submitted() or sought.form.problems else 200


def _leader_id() -> int | None:
    asked = request.args.get("leader", "")
    try:
        return ids.decode(asked) if asked else None
    except ValueError as error:
        raise NotVisible from error
