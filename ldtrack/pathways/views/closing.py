"""Closing pathways, opening them again, what was learnt from them, and throwing drafts away."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import VersionState
from ldtrack.pathways.forms import CloseForm
from ldtrack.pathways.queries.closing import CLOSINGS_PAGE
from ldtrack.pathways.views import pathways
from ldtrack.ui.lists import page_number, searched
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@pathways.get("/pathways/closed")
@guard(Action.WRITE_PATHWAY)
def closed() -> Any:
    """Pathways that were closed, why, and what was learnt."""
    search = searched()
    page = page_number()
    rows, total = queries.closings(request_session(), current_actor(), search=search, page=page)
    return render_template(
        "pathways/closed.html",
        rows=rows,
        total=total,
        search=search,
        page=page,
        pages=max(1, ceil(total / CLOSINGS_PAGE)),
    )


@pathways.route("/pathways/<id:version_id>/close", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def close(version_id: int) -> Any:
    """Let nobody new come to a pathway, with a reason and what was learnt."""
    session, actor, now = request_session(), current_actor(), clock().now()
    plan = queries.cover(session, actor, version_id)
    if plan.state is not VersionState.PUBLISHED:
        raise Conflict("Only a pathway that takes people can be closed.")
    form = CloseForm()
    if form.validate_on_submit():
        service.close_pathway(session, actor, version_id, form.command(), now=now)
        undo = url_for("pathways.reopen", version_id=version_id)
        tell(f"{plan.title} is closed. Whoever is on it finishes.", undo_url=undo)
        return redirect(url_for("pathways.version", version_id=version_id), 303)
    ends = queries.what_ends(session, actor, plan.pathway_id, now.date())
    page = render_template("pathways/close.html", form=form, plan=plan, ends=ends)
    return page, 422 if form.is_submitted() else 200


@pathways.post("/pathways/<id:version_id>/reopen")
@guard(Action.WRITE_PATHWAY)
@commits
def reopen(version_id: int) -> Any:
    """Let people come to a pathway again."""
    open_id = service.reopen_pathway(
        request_session(), current_actor(), version_id, now=clock().now()
    )
    tell("The pathway is open again. Its rule and its invitations begin when you say so.")
    return redirect(url_for("pathways.version", version_id=open_id), 303)


@pathways.post("/pathways/<id:version_id>/drop")
@guard(Action.WRITE_PATHWAY)
@commits
def drop_draft(version_id: int) -> Any:
    """Throw a draft away, and its pathway if it has no other version."""
    session, actor = request_session(), current_actor()
    plan = queries.cover(session, actor, version_id)
    if service.drop_draft(session, actor, version_id, now=clock().now()):
        tell(f"The draft is gone, and “{plan.title}” with it.")
        return redirect(url_for("pathways.catalogue"), 303)
    tell(f"The draft of version {plan.number} is gone.")
    others = queries.versions_of(session, actor, plan.pathway_id)
    return redirect(url_for("pathways.version", version_id=others[0].id), 303)
