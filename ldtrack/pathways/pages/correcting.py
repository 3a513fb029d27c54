"""An enrolment that is to be put right."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import role_profile_name
from ldtrack.core.errors import Conflict
from ldtrack.pathways.domain import CohortRow, EnrolmentRow, EnrolmentState
from ldtrack.pathways.pages.choices import role_profile_options
from ldtrack.pathways.queries import cohorts, cover, enrolment
from ldtrack.people.queries import people_named
from ldtrack.ui.fields import Option


@dataclass(frozen=True, kw_only=True)
class CorrectingPage:
    """Whose enrolment it is, and what can be chosen."""

    name: str
    row: EnrolmentRow
    role_profiles: list[Option]
    cohorts: list[CohortRow]


def correcting_page(session: Session, actor: Actor, enrolment_id: int) -> CorrectingPage:
    """One enrolment that is active, else a `Conflict`."""
    row = enrolment(session, actor, enrolment_id)
    if row.state is not EnrolmentState.ACTIVE:
        raise Conflict("This enrolment has ended. Open it again to change it.")
    options = role_profile_options(session, cover(session, actor, row.version_id))
    held = row.role_profile_id
    if held is not None and all(option.id != held for option in options):
        # A profile of another edition stays until somebody chooses another.
        options = [Option(id=held, label=role_profile_name(session, held)), *options]
    return CorrectingPage(
        name=people_named(session, [row.person_id])[row.person_id].name,
        row=row,
        role_profiles=options,
        cohorts=cohorts(session),
    )
