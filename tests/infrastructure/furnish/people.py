"""Who reports to whom from a later day on, and who will have another job."""

from __future__ import annotations

from datetime import timedelta

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import relate
from ldtrack.people.domain.changes import Move
from ldtrack.people.service import changes
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


def planned_move(corner: Corner) -> None:
    """The leader will have another job, in the unit and under the line manager of today."""
    changes.move(
        corner.session,
        corner.actor("hr"),
        corner.person("leader"),
        Move(
            on=corner.now.date() + timedelta(days=60),
            unit="",
            job_profile=corner.mark("planned-job"),
            manager_id=corner.person("manager"),
        ),
        now=corner.now,
    )
