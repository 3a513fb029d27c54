"""HR's page of norms: what is usual here and elsewhere, made anew or forgotten."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies.queries import competencies_named, frameworks
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback import service
from ldtrack.feedback.queries.norms import norm_sets
from ldtrack.feedback.views import feedback
from ldtrack.feedback.views.surroundings import now
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits, request_session


@feedback.get("/feedback/norms")
@guard(Action.WRITE_CYCLE)
def norms() -> Any:
    """Every set of norms."""
    session = request_session()
    sets = norm_sets(session, current_actor())
    ids = {int(band.competency_id) for one in sets for band in one.bands}
    return render_template(
        "feedback/norms.html",
        sets=sets,
        names={id_: row.name for id_, row in competencies_named(session, ids).items()},
        frameworks={row.framework_version_id: row for row in frameworks(session)},
    )


@feedback.post("/feedback/norms/make/<id:framework_version_id>")
@guard(Action.WRITE_CYCLE)
@commits
def make_norms(framework_version_id: int) -> Any:
    """Make the organisation's own bands from the reports that are out today."""
    try:
        service.make_norms_by_hand(
            request_session(), current_actor(), framework_version_id, now=now()
        )
    except RuleBroken as broken:
        tell(broken.message, kind="problem")
    else:
        tell("The bands are made. Reports made from now on print them.")
    return redirect(url_for("feedback.norms"), 303)


@feedback.post("/feedback/norms/<id:norm_set_id>/drop")
@guard(Action.WRITE_CYCLE)
@commits
def drop_norms(norm_set_id: int) -> Any:
    """Forget a set that was brought in."""
    service.drop_norms(request_session(), current_actor(), norm_set_id, now=now())
    tell("The set is gone. Reports that print it stay as they are.")
    return redirect(url_for("feedback.norms"), 303)
