"""Frameworks, their competencies, and whom they come from."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies import pages, queries
from ldtrack.competencies.views import competencies
from ldtrack.ui.request import request_session


@competencies.get("/frameworks")
@guard(Action.READ_FRAMEWORK)
def frameworks() -> Any:
    """Every edition that is here."""
    return render_template(
        "competencies/frameworks.html",
        rows=queries.frameworks(request_session()),
        may_write=policy.could(current_actor(), Action.WRITE_FRAMEWORK),
    )


@competencies.get("/frameworks/<id:framework_version_id>")
@guard(Action.READ_FRAMEWORK)
def framework(framework_version_id: int) -> Any:
    """One edition."""
    page = pages.framework_page(request_session(), framework_version_id)
    return render_template("competencies/framework.html", page=page, framework=page.framework)


@competencies.get("/competencies/<id:competency_id>")
@guard(Action.READ_FRAMEWORK)
def competency(competency_id: int) -> Any:
    """One competency with its indicators."""
    page = pages.competency_page(request_session(), competency_id)
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
