"""Who is on a version and how far, and one person's way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.coaching.queries import steps_planned
from ldtrack.competencies.queries import role_profile_name
from ldtrack.core.order import Order
from ldtrack.pathways.domain import CohortOnVersion, EnrolmentState, Plan, Progress, StepKind
from ldtrack.pathways.queries import cohorts_on, pathway, progress_of, progress_of_version
from ldtrack.pathways.queries.enrolments import BY_COHORT, PAGE
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """Somebody on the version, and how far they are."""

    name: str
    progress: Progress


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """A page of everybody who is or was on a version."""

    plan: Plan
    lines: list[PersonLine]
    search: str
    cohort_id: int | None
    cohorts: list[CohortOnVersion]
    order: Order
    total: int
    page: int
    pages: int

    @property
    def travelling(self) -> list[CohortOnVersion]:
        """The cohorts of the version of which somebody is still on their way."""
        return [row for row in self.cohorts if row.n_active]

    @property
    def cohort(self) -> str:
        """The name of the cohort that alone is shown, if one is."""
        return next((row.cohort for row in self.cohorts if row.cohort_id == self.cohort_id), "")

    @property
    def n_late(self) -> int:
        """How many on this page have something overdue."""
        return sum(
            line.progress.n_late > 0
            for line in self.lines
            if line.progress.enrolment.state is EnrolmentState.ACTIVE
        )


@dataclass(frozen=True, kw_only=True)
class EnrolmentPage:
    """One person's way, with what the reader may do about it.

    `n_unplanned` counts milestones that the pathway asks for and coaching does not hold yet.
    """

    name: str
    progress: Progress
    role_profile: str
    may_write: bool
    may_reopen: bool
    n_unplanned: int
    is_coached: bool


def people_page(
    session: Session,
    actor: Actor,
    version_id: int,
    today: date,
    *,
    page: int,
    search: str = "",
    cohort_id: int | None = None,
    order: Order = BY_COHORT,
) -> PeoplePage:
    """The people of a version, or of one cohort on it.

    By cohort, then by day, unless another order is asked for.
    """
    plan = pathway(session, actor, version_id)
    found, total = progress_of_version(
        session,
        actor,
        version_id,
        today,
        search=search,
        cohort_id=cohort_id,
        order=order,
        page=page,
        plan=plan,
    )
    return PeoplePage(
        plan=plan,
        lines=[PersonLine(name=progress.enrolment.name, progress=progress) for progress in found],
        search=search,
        cohort_id=cohort_id,
        cohorts=cohorts_on(session, actor, version_id),
        order=order,
        total=total,
        page=page,
        pages=max(1, ceil(total / PAGE)),
    )


def enrolment_page(session: Session, actor: Actor, enrolment_id: int, today: date) -> EnrolmentPage:
    """One enrolment, else `NotVisible`."""
    progress = progress_of(session, actor, enrolment_id, today)
    row = progress.enrolment
    facts = Facts(organisation_id=actor.organisation_id, person_id=row.person_id)
    may_write = policy.permits(actor, Action.WRITE_ENROLMENT, facts)
    return EnrolmentPage(
        name=people_named(session, [row.person_id])[row.person_id].name,
        progress=progress,
        role_profile=role_profile_name(session, row.role_profile_id),
        may_write=may_write and row.state is EnrolmentState.ACTIVE,
        may_reopen=may_write and row.state is not EnrolmentState.ACTIVE,
        n_unplanned=_n_unplanned(session, progress),
        is_coached=bool(holders_of(session, [row.person_id], RelationshipKind.COACH, today)),
    )


def _n_unplanned(session: Session, progress: Progress) -> int:
    planned = steps_planned(session, progress.enrolment.person_id)
    return sum(
        each.step.kind is StepKind.MILESTONE
        and not each.state.is_settled
        and each.step.id not in planned
        for each in progress.steps
    )
