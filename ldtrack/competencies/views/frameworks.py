"""Frameworks, their competencies, and whom they come from, to be read."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import pages, queries
from ldtrack.competencies.domain import VersionState
from ldtrack.competencies.views import competencies
from ldtrack.ui.request import request_session


@competencies.get("/frameworks")
@guard(Action.READ_FRAMEWORK)
def frameworks() -> Any:
    """Every edition that is here."""
    actor = current_actor()
    return render_template(
        "competencies/frameworks.html",
        rows=queries.visible_frameworks(request_session(), actor),
        may_write=policy.could(actor, Action.WRITE_FRAMEWORK),
    )


@competencies.get("/frameworks/<id:framework_version_id>")
@guard(Action.READ_FRAMEWORK)
def framework(framework_version_id: int) -> Any:
    """One edition; while it is a draft, the place where it is written."""
    session, actor = request_session(), current_actor()
    row = queries.visible_framework(session, actor, framework_version_id)
    if row.state is VersionState.DRAFT:
        draft = pages.draft_page(session, actor, row)
        return render_template("competencies/draft.html", page=draft, framework=row)
    page = pages.framework_page(session, actor, row)
    return render_template("competencies/framework.html", page=page, framework=row)


@competencies.get("/frameworks/<id:framework_version_id>/since/<id:other_id>")
@guard(Action.READ_FRAMEWORK)
def differences(framework_version_id: int, other_id: int) -> Any:
    """What changed from one edition to another, line by line."""
    page = pages.comparison_page(request_session(), current_actor(), framework_version_id, other_id)
    return render_template("competencies/differences.html", page=page)


@competencies.get("/competencies/<id:competency_id>")
@guard(Action.READ_FRAMEWORK)
def competency(competency_id: int) -> Any:
    """One competency with its indicators."""
    page = pages.competency_page(request_session(), current_actor(), competency_id)
    return render_template("competencies/competency.html", page=page, competency=page.competency)


@competencies.get("/attributions")
@guard(Action.READ_FRAMEWORK)
def attributions() -> Any:
    """Whose work is shown here, and under which licence."""
    session = request_session()
    return render_template(
        "competencies/attributions.html",
        rows=queries.frameworks(session),
        origins=queries.origins(session),
    )
