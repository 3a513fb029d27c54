"""HR's pages: who works with whom, what was agreed, and the end of it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.coaching import pages, service
from ldtrack.coaching.domain import SponsorSees
from ldtrack.coaching.forms import AgreementForm
from ldtrack.coaching.views import coaching
from ldtrack.core.errors import RuleBroken
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@coaching.get("/coaching/engagements")
@guard(Action.OPEN_ENGAGEMENT)
def engagements() -> Any:
    """Everybody who coaches and is coached, in counts and days."""
    page = pages.engagements_page(
        request_session(),
        current_actor(),
        clock().today(),
        search=searched(),
        page=page_number(),
        ended=request.args.get("show") == "ended",
    )
    return render_template("coaching/engagements.html", page=page)


@coaching.get("/coaching/engagements/<id:engagement_id>")
@guard(Action.OPEN_ENGAGEMENT)
def engagement(engagement_id: int) -> Any:
    """One engagement: days of sessions, what was agreed."""
    page = pages.engagement_page(request_session(), current_actor(), engagement_id)
    return render_template("coaching/engagement.html", page=page)


@coaching.route("/coaching/engagements/<id:engagement_id>/agreement", methods=["GET", "POST"])
@guard(Action.OPEN_ENGAGEMENT)
@commits
def agreement(engagement_id: int) -> Any:
    """Write down what leader, coach and sponsor agreed."""
    page = pages.engagement_page(request_session(), current_actor(), engagement_id)
    before = page.agreement
    form = AgreementForm(
        data={
            "agreed_on": clock().today(),
            "purpose": before.purpose if before else "",
            "sponsor_sees": sorted(before.sponsor_sees) if before else [],
        }
    )
    if form.validate_on_submit():
        try:
            service.agree(
                request_session(),
                current_actor(),
                engagement_id,
                form.command(),
                now=clock().now(),
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The agreement is written down; it holds from now on.")
            return redirect(url_for("coaching.engagement", engagement_id=engagement_id), 303)
    meanings = {word.value: word.meaning for word in SponsorSees}
    shown = render_template("coaching/agreement.html", page=page, form=form, meanings=meanings)
    return shown, 422 if form.is_submitted() else 200


@coaching.post("/coaching/engagements/<id:engagement_id>/end")
@guard(Action.OPEN_ENGAGEMENT)
@commits
def end(engagement_id: int) -> Any:
    """End it; the coach's access is gone with it."""
    service.end_engagement(request_session(), current_actor(), engagement_id, now=clock().now())
    tell("The coaching has ended. The coach no longer sees this leader.")
    return redirect(url_for("coaching.engagement", engagement_id=engagement_id), 303)
