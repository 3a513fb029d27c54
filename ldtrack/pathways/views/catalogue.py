"""The catalogue of pathways and their versions."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import RuleBroken
from ldtrack.pathways import pages, queries, service
from ldtrack.pathways.forms import DescribePathwayForm, NewPathwayForm
from ldtrack.pathways.views import pathways
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@pathways.get("/pathways")
@guard(Action.READ_PATHWAY)
def catalogue() -> Any:
    """Every pathway that is not closed, with its versions."""
    actor = current_actor()
    rows = queries.catalogue(request_session(), actor)
    return render_template(
        "pathways/catalogue.html",
        rows=[row for row in rows if row.closed_on is None],
        n_closed=sum(row.closed_on is not None for row in rows),
        may_write=policy.could(actor, Action.WRITE_PATHWAY),
    )


@pathways.route("/pathways/new", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def new_pathway() -> Any:
    """Begin a pathway."""
    session = request_session()
    form = NewPathwayForm()
    form.framework_version_id.options = pages.framework_options(session)
    if form.validate_on_submit():
        try:
            version_id = service.create_pathway(session, current_actor(), form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The pathway is begun. Now give it stages and steps.")
            return redirect(url_for("pathways.version", version_id=version_id), 303)
    page = render_template("pathways/new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@pathways.get("/pathways/<id:version_id>")
@guard(Action.READ_PATHWAY)
def version(version_id: int) -> Any:
    """One version: the builder while it is a draft, to be read afterwards."""
    page = pages.version_page(request_session(), current_actor(), version_id, clock().today())
    return render_template("pathways/version.html", page=page, plan=page.plan)


@pathways.route("/pathways/<id:version_id>/name", methods=["GET", "POST"])
@guard(Action.WRITE_PATHWAY)
@commits
def describe(version_id: int) -> Any:
    """Say anew what a pathway is called and for."""
    session, actor = request_session(), current_actor()
    plan = queries.cover(session, actor, version_id)
    form = DescribePathwayForm(
        data={
            "title": plan.title,
            "purpose": plan.purpose,
            "largest_share": plan.largest_share,
        }
    )
    if form.validate_on_submit():
        try:
            service.describe_pathway(session, actor, plan.pathway_id, form.command())
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Saved.")
            return redirect(url_for("pathways.version", version_id=version_id), 303)
    page = render_template("pathways/describe.html", form=form, plan=plan)
    return page, 422 if form.is_submitted() else 200


@pathways.post("/pathways/<id:version_id>/publish")
@guard(Action.WRITE_PATHWAY)
@commits
def publish(version_id: int) -> Any:
    """Publish a draft."""
    service.publish(request_session(), current_actor(), version_id, today=clock().today())
    undo = url_for("pathways.take_publication_back", version_id=version_id)
    tell("The version is published. You can enrol people on it.", undo_url=undo)
    return redirect(url_for("pathways.version", version_id=version_id), 303)


@pathways.post("/pathways/<id:version_id>/unpublish")
@guard(Action.WRITE_PATHWAY)
@commits
def take_publication_back(version_id: int) -> Any:
    """Make a published version a draft again, while nobody was on it."""
    service.take_publication_back(request_session(), current_actor(), version_id, now=clock().now())
    tell("The version is a draft again.")
    return redirect(url_for("pathways.version", version_id=version_id), 303)


@pathways.post("/pathways/<id:version_id>/change")
@guard(Action.WRITE_PATHWAY)
@commits
def start_new_version(version_id: int) -> Any:
    """Begin a draft copied from a published version."""
    draft_id = service.start_new_version(request_session(), current_actor(), version_id)
    tell("This is a draft. Whoever is on an earlier version stays there.", kind="note")
    return redirect(url_for("pathways.version", version_id=draft_id), 303)
