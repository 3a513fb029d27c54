"""The coaches, for HR: who has a place free, who speaks what, whose accreditation ends."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import queries, service
from ldtrack.coaching.domain.coaches import Standing
from ldtrack.coaching.forms import CoachForm
from ldtrack.coaching.views import coaching
from ldtrack.core.errors import RuleBroken
from ldtrack.people.queries import person
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_TO_RENEW = (Standing.ENDED, Standing.ENDS_SOON)


@coaching.get("/coaching/coaches")
@guard(Action.OPEN_ENGAGEMENT)
def coaches() -> Any:
    """All of them, or those whose accreditation ends soon or has ended."""
    ending = request.args.get("show") == "ending"
    every = queries.coaches(request_session(), current_actor(), clock().today())
    to_renew = [row for row in every if row.standing in _TO_RENEW]
    return render_template(
        "coaching/coaches.html",
        coaches=to_renew if ending else every,
        n_to_renew=len(to_renew),
        n_full=sum(row.is_full for row in every),
        n_all=len(every),
        ending=ending,
    )


@coaching.route("/coaching/coaches/<id:person_id>", methods=["GET", "POST"])
@guard(Action.OPEN_ENGAGEMENT)
@commits
def describe_coach(person_id: int) -> Any:
    """Say what is known of a coach."""
    session, actor = request_session(), current_actor()
    one = person(session, actor, person_id)
    form = CoachForm(data=asdict(queries.coach_described(session, actor, person_id)))
    if form.validate_on_submit():
        try:
            service.describe_coach(session, actor, person_id, form.command(), now=clock().now())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"What is known of {one.name} as a coach is saved.")
            return redirect(url_for("coaching.coaches"), 303)
    page = render_template("coaching/describe_coach.html", form=form, person=one)
    return page, 422 if form.is_submitted() else 200
