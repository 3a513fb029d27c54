"""Templates of openings: the list to begin from, keeping an opening as one, dropping one."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import pages, queries, service
from ldtrack.assignments.forms import TemplateForm
from ldtrack.assignments.views import assignments
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@assignments.get("/assignments/templates")
@guard(Action.PROPOSE_POSTING)
def templates() -> Any:
    """The templates that an opening can begin from."""
    page = pages.templates_page(request_session(), current_actor())
    return render_template("assignments/templates.html", page=page)


@assignments.route("/assignments/openings/<id:posting_id>/template", methods=["GET", "POST"])
@guard(Action.WRITE_POSTING)
@commits
def keep_as_template(posting_id: int) -> Any:
    """Keep what an opening says as a template."""
    session, actor = request_session(), current_actor()
    posting = queries.posting(session, actor, posting_id)
    if not posting.state.is_public:
        raise NotVisible
    form = TemplateForm(data={"title": posting.title})
    if form.validate_on_submit():
        try:
            service.keep_as_template(session, actor, posting_id, form.title.data)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("The template is kept. Openings can begin from it.")
            return redirect(url_for("assignments.templates"), 303)
    shown = render_template("assignments/keep_template.html", posting=posting, form=form)
    return shown, 422 if form.is_submitted() else 200


@assignments.post("/assignments/templates/<id:template_id>/drop")
@guard(Action.WRITE_POSTING)
@commits
def drop_template(template_id: int) -> Any:
    """Take a template away."""
    service.drop_template(request_session(), current_actor(), template_id)
    tell("The template is gone. Openings that began from it stay as they are.")
    return redirect(url_for("assignments.templates"), 303)
