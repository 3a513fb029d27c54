"""Who reports to whom from a later day on, who will have another job, what people declare."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import relate
from ldtrack.people.domain.attributes import AskAbout
from ldtrack.people.domain.changes import Move
from ldtrack.people.models import AttributeAnswer
from ldtrack.people.service import attributes, changes
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


def question_about_oneself(corner: Corner) -> None:
    """HR asks everybody something about themselves; the leader answers."""
    session = corner.session
    asked = AskAbout(
        question=corner.mark("attribute"),
        answers=(corner.mark("attribute-answer"), corner.mark("attribute-other")),
    )
    attribute_id = attributes.ask_about(session, corner.actor("hr"), asked, now=corner.now)
    answer_id = session.scalars(
        select(AttributeAnswer.id).where(
            AttributeAnswer.attribute_id == attribute_id, AttributeAnswer.position == 0
        )
    ).one()
    attributes.declare(session, corner.actor("leader"), {attribute_id: answer_id})
