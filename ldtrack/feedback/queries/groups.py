"""The rater groups that the organisation usually has."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.rows import USUAL_GROUPS
from ldtrack.feedback.models import UsualGroup


def usual_groups(session: Session) -> tuple[RaterGroup, ...]:
    """The organisation's own groups in their order, or those that most have."""
    own = tuple(
        RaterGroup(
            key=row.key,
            name=row.name,
            exempt=row.exempt,
            floor=row.floor,
            least=row.least,
            most=row.most,
        )
        for row in session.scalars(select(UsualGroup).order_by(UsualGroup.position))
    )
    return own or USUAL_GROUPS
