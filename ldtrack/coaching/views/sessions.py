"""Logging a session, its draft, putting it right, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, service
from ldtrack.coaching.domain import ActionRow
from ldtrack.coaching.forms import CorrectForm, SessionForm, draft_lines
from ldtrack.coaching.pages.competencies import Offered
from ldtrack.coaching.views import coaching
from ldtrack.core.errors import RuleBroken
from ldtrack.ui.dates import day
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import base_url, clock, commits, request_session


@coaching.route("/coaching/engagements/<id:engagement_id>/sessions/new", methods=["GET", "POST"])
@guard(Action.LOG_SESSION)
@commits
def log_session(engagement_id: int) -> Any:
    """One form for a session that was held; what was begun elsewhere stands in it."""
    page = pages.session_page(request_session(), current_actor(), engagement_id, clock().today())
    form = _form(page)
    if form.validate_on_submit():
        try:
            session_id = service.log_session(
                request_session(),
                current_actor(),
                engagement_id,
                form.command(),
                now=clock().now(),
                base_url=base_url(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(
                f"The session with {page.engagement.first_name} is logged.",
                undo_url=url_for("coaching.take_back_session", session_id=session_id),
            )
            return redirect(_leader(page.engagement.person_id), 303)
    shown = render_template("coaching/log_session.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@coaching.post("/coaching/engagements/<id:engagement_id>/draft")
@guard(Action.LOG_SESSION)
@commits
def keep_draft(engagement_id: int) -> Any:
    """Keep what was typed so far; the page asks for this by itself."""
    service.keep_draft(
        request_session(),
        current_actor(),
        engagement_id,
        draft_lines(request.form),
        now=clock().now(),
        seen=request.args.get("held", type=int),
    )
    return "", 204


@coaching.route("/coaching/sessions/<id:session_id>/correct", methods=["GET", "POST"])
@guard(Action.LOG_SESSION)
@commits
def correct_session(session_id: int) -> Any:
    """Put the day, the notes or a milestone right."""
    page = pages.correction_page(request_session(), current_actor(), session_id, clock().today())
    form = CorrectForm(data=page.begins_with)
    form.offer_lengths(page.begins_with["minutes"])
    form.offer_competencies(*_competencies(page.offered))
    form.milestones_back.options = [
        Option(
            id=line.milestone.id,
            label=f"{line.milestone.title} was not {line.milestone.state.value}",
            note=f"{line.note}. It is planned again, and its evidence is withdrawn.",
        )
        for line in page.milestones
    ]
    if form.validate_on_submit():
        try:
            service.correct_session(
                request_session(), current_actor(), session_id, form.command(), now=clock().now()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The session is corrected.")
            return redirect(_leader(page.engagement.person_id), 303)
    shown = render_template("coaching/correct_session.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@coaching.post("/coaching/sessions/<id:session_id>/take-back")
@guard(Action.LOG_SESSION)
@commits
def take_back_session(session_id: int) -> Any:
    """Undo a logging; what was typed stands in the form again."""
    engagement_id = service.take_back_session(
        request_session(), current_actor(), session_id, now=clock().now()
    )
    tell("The session is taken back. What you typed is here as a draft.", kind="note")
    return redirect(url_for("coaching.log_session", engagement_id=engagement_id), 303)


@coaching.post("/coaching/engagements/<id:engagement_id>/draft/discard")
@guard(Action.LOG_SESSION)
@commits
def discard_draft(engagement_id: int) -> Any:
    """Begin the form afresh."""
    service.discard_draft(request_session(), current_actor(), engagement_id)
    tell("The draft is gone.", kind="note")
    return redirect(url_for("coaching.log_session", engagement_id=engagement_id), 303)


def _form(page: pages.SessionPage) -> SessionForm:
    if request.method == "GET" and page.draft is not None:
        form = SessionForm(formdata=MultiDict(page.draft.lines))
    else:
        form = SessionForm(data=page.begins_with)
    if not page.asks_why:
        form.leave_reason_out()
    planned = [Option(id=line.milestone.id, label=line.milestone.title) for line in page.milestones]
    form.offer_lengths()
    form.offer_competencies(*_competencies(page.offered))
    form.milestones_agreed.options = [
        Option(id=line.milestone.id, label=line.milestone.title) for line in page.proposed
    ]
    form.milestones_met.options = form.milestones_missed.options = planned
    form.actions_done.options = [
        Option(
            id=action.id,
            label=action.text,
            note=_whose_and_when(page, action),
        )
        for action in page.actions
    ]
    form.offer_owners(
        [
            Option(id=page.engagement.person_id, label=page.engagement.first_name),
            Option(id=page.engagement.coach_id, label="You"),
        ]
    )
    return form


def _whose_and_when(page: pages.SessionPage, action: ActionRow) -> str:
    whose = page.engagement.first_name if action.owner_id == page.engagement.person_id else "You"
    if action.due_on is not None:
        return f"{whose}, by {day(action.due_on)}"
    return f"{whose}, since {day(action.promised_on)}"


def _competencies(offered: Offered) -> tuple[list[Option], list[Option]]:
    focus = [Option(id=one.id, label=one.name) for one in offered.focus]
    others = [Option(id=one.id, label=one.name, group=one.domain) for one in offered.others]
    return focus, others


def _leader(person_id: int) -> str:
    return url_for("coaching.leader", person_id=person_id)
