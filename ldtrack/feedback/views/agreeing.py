"""Pages of whoever has to agree to proposed raters, and HR's view of who is asked too often."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.forms.nominating import SendBackForm
from ldtrack.feedback.pages.nominating import agreeing_page, spread_page
from ldtrack.feedback.queries.nominating import approvals as waiting_approvals
from ldtrack.feedback.queries.nominating import others_choice
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.proposing import by_address, by_search
from ldtrack.feedback.views.surroundings import delivery, now, site, today
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.get("/feedback/approvals")
@guard(Action.APPROVE_NOMINATION)
def approvals() -> Any:
    """Every proposal that waits for a yes."""
    rows = waiting_approvals(request_session(), current_actor())
    return render_template("feedback/approvals.html", rows=rows, today=today())


@feedback.get("/feedback/nominations/<id:subject_id>/agree")
@guard(Action.APPROVE_NOMINATION)
def agreeing(subject_id: int) -> Any:
    """One leader's proposals."""
    page = agreeing_page(request_session(), current_actor(), subject_id, today())
    return render_template("feedback/agree.html", page=page, subject=page.subject)


@feedback.post("/feedback/nominations/<id:subject_id>/agree")
@guard(Action.APPROVE_NOMINATION)
@commits
def agree(subject_id: int) -> Any:
    """Say yes to all that are proposed."""
    session, actor = request_session(), current_actor()
    page = agreeing_page(session, actor, subject_id, today())
    try:
        service.agree(session, actor, subject_id, now=now(), delivery=delivery())
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
        return _back(subject_id)
    tell(f"You have agreed to the raters of {page.subject.name}.")
    return redirect(url_for("feedback.approvals"), 303)


@feedback.route("/feedback/nominations/<id:subject_id>/send-back", methods=["GET", "POST"])
@guard(Action.APPROVE_NOMINATION)
@commits
def send_nominations_back(subject_id: int) -> Any:
    """Let the leader choose again, with a word."""
    session, actor = request_session(), current_actor()
    page = agreeing_page(session, actor, subject_id, today())
    form = SendBackForm()
    if form.validate_on_submit():
        try:
            service.send_back(
                session, actor, subject_id, form.word.data, now=now(), base_url=site()
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell(f"The proposals are back with {page.subject.name}.")
            return redirect(url_for("feedback.approvals"), 303)
    shown = render_template("feedback/send_back.html", form=form, page=page, subject=page.subject)
    return shown, 422 if form.is_submitted() else 200


@feedback.route("/feedback/nominations/<id:subject_id>/agree/people", methods=["GET", "POST"])
@guard(Action.APPROVE_NOMINATION)
@commits
def add_known(subject_id: int) -> Any:
    """Propose somebody as whoever agrees."""
    page = agreeing_page(request_session(), current_actor(), subject_id, today())
    return by_search(page, url_for("feedback.agreeing", subject_id=subject_id))


@feedback.route("/feedback/nominations/<id:subject_id>/agree/outside", methods=["GET", "POST"])
@guard(Action.APPROVE_NOMINATION)
@commits
def add_outside(subject_id: int) -> Any:
    """The same with somebody from outside."""
    page = agreeing_page(request_session(), current_actor(), subject_id, today())
    return by_address(page, url_for("feedback.agreeing", subject_id=subject_id))


@feedback.post("/feedback/nominations/<id:subject_id>/agree/raters/<id:invitation_id>/strike")
@guard(Action.APPROVE_NOMINATION)
@commits
def strike_nomination(subject_id: int, invitation_id: int) -> Any:
    """Take somebody out of the proposals."""
    session, actor = request_session(), current_actor()
    found = others_choice(session, actor, subject_id)
    if invitation_id not in {rater.invitation_id for rater in found.raters}:
        raise NotVisible
    service.withdraw(session, actor, invitation_id, now=now())
    tell("They are taken out.")
    return _back(subject_id)


@feedback.get("/feedback/spread")
@guard(Action.WRITE_CYCLE)
def spread() -> Any:
    """Who is asked often in which quarter, and which cycles could open later."""
    page = spread_page(request_session(), current_actor(), today())
    return render_template("feedback/spread.html", page=page)


def _back(subject_id: int) -> Any:
    return redirect(url_for("feedback.agreeing", subject_id=subject_id), 303)
