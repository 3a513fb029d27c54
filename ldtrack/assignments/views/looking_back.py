"""Writing debriefs, and asking a peer for one."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import DebriefKind, DebriefTask
from ldtrack.assignments.forms import DebriefForm, PeerForm, debrief_form
from ldtrack.assignments.views import assignments
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.queries import known_as, people_named
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@assignments.route("/assignments/placements/<id:placement_id>/debrief", methods=["GET", "POST"])
@guard(Action.WRITE_DEBRIEF)
@commits
def debrief(placement_id: int) -> Any:
    """Three short answers; handed in, or kept as a draft."""
    session, actor = request_session(), current_actor()
    task = queries.debrief_task(session, actor, placement_id, clock().today())
    form = debrief_form(task.written)
    hand_in = request.form.get("then") != "draft"
    if form.validate_on_submit() and not (hand_in and form.missing()):
        try:
            service.write_debrief(
                session, actor, placement_id, form.command(hand_in=hand_in), now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Your look back is handed in." if hand_in else "Kept as a draft; only you see it.")
            return redirect(url_for(_home(task)), 303)
    shown = render_template(
        "assignments/debrief.html",
        task=task,
        name=people_named(session, [task.person_id])[task.person_id].name,
        form=form,
        handed_in=task.written is not None and task.written.held_on is not None,
        home=url_for(_home(task)),
    )
    return shown, 422 if form.is_submitted() else 200


@assignments.post("/assignments/placements/<id:placement_id>/debrief/draft")
@guard(Action.WRITE_DEBRIEF)
@commits
def keep_debrief(placement_id: int) -> Any:
    """Keep what was typed so far; the page asks for this by itself."""
    form = DebriefForm()
    if not form.validate():
        return "", 422
    service.write_debrief(
        request_session(),
        current_actor(),
        placement_id,
        form.command(hand_in=False),
        now=clock().now(),
    )
    return "", 204


@assignments.route("/assignments/placements/<id:placement_id>/peer", methods=["GET", "POST"])
@guard(Action.ASK_FOR_PLACEMENT)
@commits
def peer(placement_id: int) -> Any:
    """Ask somebody one worked with to look back too."""
    session, actor = request_session(), current_actor()
    row = queries.placement(session, actor, placement_id)
    if row.person_id != actor.person_id:
        raise NotVisible
    form = PeerForm()
    if form.validate_on_submit():
        try:
            name = _ask_peer(form.peer.data, placement_id, actor)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"{name} is asked to look back on it.")
            return redirect(url_for("assignments.placement", placement_id=placement_id), 303)
    shown = render_template("assignments/peer.html", row=row, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.post("/assignments/placements/<id:placement_id>/links")
@guard(Action.ASK_FOR_PLACEMENT)
@commits
def send_links_again(placement_id: int) -> Any:
    """Mail the links again to those without an account who have not looked back."""
    service.send_links_again(request_session(), current_actor(), placement_id, now=clock().now())
    tell("Whoever has no account and has not looked back gets a link by mail.")
    return redirect(url_for("assignments.placement", placement_id=placement_id), 303)


def _ask_peer(typed: str, placement_id: int, actor: Actor) -> str:
    session = request_session()
    peer_id = known_as(session, typed)
    if peer_id is None:
        raise RuleBroken("peer", "There is nobody with this mail address or staff id.")
    service.name_peer(session, actor, placement_id, peer_id, now=clock().now())
    return people_named(session, [peer_id])[peer_id].name


def _home(task: DebriefTask) -> str:
    if task.kind is DebriefKind.LEADER:
        return "assignments.my_assignments"
    return "assignments.my_outcomes"
