"""HR's pages of leaders who choose a coach: inviting one, and where each stands."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.domain.choosing import USUAL_TIME, first_ones
from ldtrack.coaching.forms import InviteForm
from ldtrack.coaching.views import coaching
from ldtrack.coaching.views.bringing import USUAL_SESSIONS
from ldtrack.coaching.views.seeking import filled_in, is_said, sought_of
from ldtrack.coaching.views.sender import sender
from ldtrack.core.errors import RuleBroken
from ldtrack.people.domain import PersonRow
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@coaching.get("/coaching/choices")
@guard(Action.OPEN_ENGAGEMENT)
def choices() -> Any:
    """Who chooses a coach, or did so lately, in counts."""
    found = queries.choices(request_session(), current_actor(), clock().today())
    n_open = sum(one.is_open for one in found)
    return render_template("coaching/choices.html", choices=found, n_open=n_open)


@coaching.route("/coaching/choices/new/<id:person_id>", methods=["GET", "POST"])
@guard(Action.OPEN_ENGAGEMENT)
@commits
def invite_to_choose(person_id: int) -> Any:
    """Let a leader choose among coaches; those who suit best are ticked already."""
    leader = pages.leader_to_coach(request_session(), current_actor(), person_id)
    if not is_said():
        return redirect(
            filled_in("coaching.invite_to_choose", leader, {"person_id": leader.id}), 303
        )
    return _invite(leader)


@coaching.post("/coaching/choices/<id:choice_id>/end")
@guard(Action.OPEN_ENGAGEMENT)
@commits
def end_choice(choice_id: int) -> Any:
    """Take the invitation back."""
    service.end_choice(
        request_session(), current_actor(), choice_id, now=clock().now(), sender=sender()
    )
    tell("The invitation is taken back. The leader, and coaches who were asked, are told.")
    return redirect(url_for("coaching.choices"), 303)


def _invite(leader: PersonRow) -> Any:
    session, actor, today = request_session(), current_actor(), clock().today()
    sought = sought_of(leader)
    form = InviteForm(
        data={
            "coach_ids": first_ones(sought.page.coaches),
            "closes_on": today + USUAL_TIME,
            "sessions_agreed": USUAL_SESSIONS,
        }
    )
    form.coach_ids.options = sought.options
    if form.validate_on_submit():
        command = form.command(leader.id, sought.looked_for)
        try:
            service.invite_to_choose(session, actor, command, now=clock().now(), sender=sender())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"{leader.name} may choose, and is told by mail.")
            return redirect(url_for("coaching.choices"), 303)
    form.coach_ids.options, n_left = sought.shown(all_of_them=form.is_submitted())
    shown = render_template(
        "coaching/invite_to_choose.html",
        page=sought.page,
        form=form,
        sought=sought.form,
        n_left=n_left,
    )
    return shown, 422 if form.is_submitted() or sought.form.problems else 200
