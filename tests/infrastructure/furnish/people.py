"""Who reports to whom from a later day on."""

from __future__ import annotations

from datetime import timedelta

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import relate
from tests.infrastructure.furnish.corner import Corner


def planned_line(corner: Corner) -> None:
    """Somebody without an account will report to somebody else without one."""
    person = corner.organisation.person
    relate(
        corner.session,
        kind=RelationshipKind.MANAGER,
        holder_id=person["peer_4"],
        person_id=person["report_3"],
        starts_on=corner.now.date() + timedelta(days=30),
    )
