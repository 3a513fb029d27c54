"""An invitation for those whom it is meant for: read it, say that one is interested, or not."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible
from ldtrack.dashboards.forms import InterestForm
from ldtrack.dashboards.pages.calls import call_page, own_levels
from ldtrack.dashboards.views import dashboards
from ldtrack.pathways import queries, service
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_AT = "/pathways/invitations/<id:call_id>"


@dashboards.get(_AT)
@guard(Action.READ_CALL)
def invitation(call_id: int) -> Any:
    """Why one would come, and what it asks for."""
    return _page(call_id, InterestForm())


@dashboards.post(f"{_AT}/interest")
@guard(Action.ANSWER_CALL)
@commits
def say_interested(call_id: int) -> Any:
    """Say that one would take part."""
    session, actor, now = request_session(), current_actor(), clock().now()
    form = InterestForm()
    if not form.validate():
        # Whom it is not meant for learns nothing about what they typed.
        return _page(call_id, form), 422
    found = queries.calls_for(session, actor, now.date(), call_id=call_id)
    levels = own_levels(session, actor, found, now.date())
    service.say_interested(session, actor, call_id, form.words.data, levels, now=now)
    tell(
        "HR knows that you are interested. Nobody else does.",
        undo_url=url_for("dashboards.withdraw_interest", call_id=call_id),
    )
    return _back(call_id)


@dashboards.post(f"{_AT}/withdraw")
@guard(Action.ANSWER_CALL)
@commits
def withdraw_interest(call_id: int) -> Any:
    """Take it back."""
    service.withdraw_interest(request_session(), current_actor(), call_id)
    tell("You are not interested any more. Nothing of it is kept.")
    try:
        call_page(request_session(), current_actor(), call_id, clock().today())
    except NotVisible:
        # It was theirs to read for their answer's sake alone.
        return redirect(url_for("dashboards.front"), 303)
    return _back(call_id)


def _page(call_id: int, form: InterestForm) -> str:
    page = call_page(request_session(), current_actor(), call_id, clock().today())
    if page.reached and not form.is_submitted():
        form.words.data = page.reached.words
    return render_template("dashboards/invitation.html", page=page, call=page.call, form=form)


def _back(call_id: int) -> Response:
    return redirect(url_for("dashboards.invitation", call_id=call_id), 303)
