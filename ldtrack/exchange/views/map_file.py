"""The competency map as a file."""

from __future__ import annotations

from typing import Any

from flask import request

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.competencies.queries import framework, published_frameworks
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible
from ldtrack.dashboards.queries import development
from ldtrack.exchange.map_csv import write_map
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.downloads import file_of
from ldtrack.ui.request import clock, request_session


@exchange.get("/competency-map.csv")
@guard(Action.READ_PROGRAMME)
def map_file() -> Any:
    """The map of the edition that is asked for, else of the first that is published."""
    session, today = request_session(), clock().today()
    asked = request.args.get("framework", "")
    if asked:
        try:
            version_id = framework(session, ids.decode(asked)).framework_version_id
        except ValueError as error:
            raise NotVisible from error
    else:
        version_id = next((row.framework_version_id for row in published_frameworks(session)), 0)
    content = write_map(development(session, current_actor(), version_id, today))
    return file_of(content, f"competency-map-{today.isoformat()}.csv")
