"""People whom a rule brought and who are somewhere else by now, at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import EnrolmentState, LateRow, VersionState
from ldtrack.pathways.models import (
    Enrolment,
    EnrolmentRule,
    EnrolmentRuleJob,
    Pathway,
    PathwayVersion,
)
from ldtrack.people.queries import is_here, job_of, unit_id_of, units_inside


def astray(session: Session, actor: Actor) -> Sequence[LateRow]:
    """How many people match the rule of their pathway no longer, by its published version.

    They left, or changed unit, job or cohort. Whoever reached a level that the rule asks about is
    on their way and not astray; the rule's own page lists them too. One statement.
    """
    rows = session.execute(
        select(PathwayVersion.id, Pathway.title, func.count())
        .select_from(Enrolment)
        .join(EnrolmentRule, EnrolmentRule.pathway_id == Enrolment.pathway_id)
        .join(Pathway, Pathway.id == Enrolment.pathway_id)
        .join(
            PathwayVersion,
            and_(
                PathwayVersion.pathway_id == Pathway.id,
                PathwayVersion.state == VersionState.PUBLISHED,
            ),
        )
        .where(
            Enrolment.by_rule,
            Enrolment.state == EnrolmentState.ACTIVE,
            policy.clause(actor, Action.WRITE_ENROLMENT, person_id=Enrolment.person_id),
            _is_elsewhere(),
        )
        .group_by(PathwayVersion.id, Pathway.title)
        .order_by(Pathway.title, PathwayVersion.id)
    )
    return [LateRow(version_id=id_, title=title, n_people=n) for id_, title, n in rows]


def _is_elsewhere() -> ColumnElement[bool]:
    job, together = aliased(EnrolmentRuleJob), aliased(Enrolment)
    inside = units_inside(select(EnrolmentRule.unit_id))
    jobs = select(job.job_profile).where(job.rule_id == EnrolmentRule.id)
    units = select(inside.c.id).where(inside.c.top == EnrolmentRule.unit_id)
    return or_(
        _is_not(is_here(Enrolment.person_id).is_(True)),
        jobs.exists() & _is_not(job_of(Enrolment.person_id).in_(jobs)),
        EnrolmentRule.unit_id.is_not(None) & _is_not(unit_id_of(Enrolment.person_id).in_(units)),
        EnrolmentRule.cohort_id.is_not(None)
        & ~exists().where(
            together.person_id == Enrolment.person_id,
            together.cohort_id == EnrolmentRule.cohort_id,
        ),
    )


def _is_not(holds: ColumnElement[bool]) -> ColumnElement[bool]:
    """That it does not hold or nobody knows."""
    return func.coalesce(holds, false()).is_(False)
