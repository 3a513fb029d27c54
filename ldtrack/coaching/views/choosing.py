"""A leader's page of coaches to choose from: meeting some first, choosing one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import queries, service
from ldtrack.coaching.domain.choosing import CAN_BE_CHOSEN, MOST_TALKS, TALKS, CandidateState
from ldtrack.coaching.views import coaching
from ldtrack.coaching.views.sender import sender
from ldtrack.core.errors import RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@coaching.get("/coaching/choice")
@guard(Action.CHOOSE_COACH)
def choice() -> Any:
    """The coaches on offer, with what they say of themselves and why they may suit."""
    choice, offered = queries.own_choice(request_session(), current_actor(), clock().today())
    states = [one.row.state for one in offered]
    return render_template(
        "coaching/choice.html",
        choice=choice,
        offered=offered,
        chosen=next((one for one in offered if one.row.state is CandidateState.CHOSEN), None),
        may_ask=sum(state in TALKS for state in states) < MOST_TALKS,
        n_left=sum(state in CAN_BE_CHOSEN for state in states),
    )


@coaching.post("/coaching/candidates/<id:candidate_id>/meet")
@guard(Action.CHOOSE_COACH)
@commits
def ask_to_meet(candidate_id: int) -> Any:
    """Ask for a first talk."""
    return _do(service.ask_to_meet, candidate_id, "They are asked for a day.")


@coaching.post("/coaching/candidates/<id:candidate_id>/choose")
@guard(Action.CHOOSE_COACH)
@commits
def choose(candidate_id: int) -> Any:
    """Choose this coach."""
    return _do(service.choose, candidate_id, "They are asked. Coaching begins when they say yes.")


@coaching.post("/coaching/candidates/<id:candidate_id>/back")
@guard(Action.CHOOSE_COACH)
@commits
def take_choice_back(candidate_id: int) -> Any:
    """Take back what was asked of them."""
    return _do(service.take_choice_back, candidate_id, "That is taken back, and they are told.")


@coaching.post("/coaching/choice/leave")
@guard(Action.CHOOSE_COACH)
@commits
def leave_choice() -> Any:
    """Do not choose a coach now."""
    service.leave_choice(request_session(), current_actor(), now=clock().now(), sender=sender())
    tell("You are not choosing a coach any more. HR is told, and whoever you had asked.")
    return redirect(url_for("coaching.my_coaching"), 303)


def _do(act: Callable[..., None], candidate_id: int, done: str) -> Any:
    try:
        act(request_session(), current_actor(), candidate_id, now=clock().now(), sender=sender())
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell(done)
    return redirect(url_for("coaching.choice"), 303)
