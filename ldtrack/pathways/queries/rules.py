"""The rule of a pathway, and whom it would bring; in few statements, whatever the people."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import and_, literal, or_, select, true, union_all
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competencies_named
from ldtrack.pathways.domain import (
    Candidate,
    Earlier,
    EnrolmentState,
    Gap,
    Levels,
    Preview,
    Rule,
    preview,
)
from ldtrack.pathways.models import (
    Cohort,
    Enrolment,
    EnrolmentRule,
    EnrolmentRuleGap,
    EnrolmentRuleJob,
)
from ldtrack.people.queries import membership, unit_named_by


def rule_of(session: Session, actor: Actor, pathway_id: int) -> Rule | None:
    """The pathway's rule, for those who enrol; `None` if it has none. At most three statements."""
    found = session.execute(
        select(EnrolmentRule, unit_named_by(EnrolmentRule.unit_id), Cohort.name)
        .outerjoin(Cohort, Cohort.id == EnrolmentRule.cohort_id)
        .where(EnrolmentRule.pathway_id == pathway_id, policy.clause(actor, Action.WRITE_ENROLMENT))
    ).first()
    if found is None:
        return None
    row, unit, cohort = found
    jobs, gaps = _conditions(session, row.id)
    return Rule(
        pathway_id=pathway_id,
        unit_id=row.unit_id,
        unit=unit or "",
        job_profiles=jobs,
        cohort_id=row.cohort_id,
        cohort=cohort or "",
        gaps=named_gaps(session, gaps),
        unassessed_too=row.unassessed_too,
        into_cohort=row.into_cohort,
        runs_daily=row.runs_daily,
    )


def named_gaps(session: Session, gaps: Mapping[int, int]) -> tuple[Gap, ...]:
    """Levels by competency with the competencies' names, in the order of these."""
    names = competencies_named(session, gaps)
    found = [
        Gap(competency_id=competency_id, level=level, competency=names[competency_id].name)
        for competency_id, level in gaps.items()
        if competency_id in names
    ]
    return tuple(sorted(found, key=lambda gap: (gap.competency, gap.competency_id)))


def _conditions(session: Session, rule_id: int) -> tuple[tuple[str, ...], dict[int, int]]:
    """The jobs of a rule, and its levels by competency."""
    job, gap = EnrolmentRuleJob, EnrolmentRuleGap
    rows = session.execute(
        union_all(
            select(job.job_profile, literal(0), literal(0)).where(job.rule_id == rule_id),
            select(literal(""), gap.competency_id, gap.level).where(gap.rule_id == rule_id),
        )
    ).all()
    # No competency, no id: ids begin at 1.
    jobs = sorted(name for name, competency_id, _ in rows if not competency_id)
    gaps = {competency_id: level for _, competency_id, level in rows if competency_id}
    return tuple(jobs), gaps


def preview_of(session: Session, actor: Actor, rule: Rule, levels: Levels) -> Preview:
    """Who would come and who would go, by name; one statement."""
    return preview(rule, *_looked_at(session, actor, rule), levels)


def _looked_at(
    session: Session, actor: Actor, rule: Rule
) -> tuple[dict[int, Candidate], dict[int, Earlier]]:
    """Those who match but for levels, everybody on the pathway, and each one's latest enrolment."""
    everybody = membership(rule.unit_id).subquery()
    together = select(Enrolment.person_id).where(Enrolment.cohort_id == rule.cohort_id)
    in_cohort = everybody.c.id.in_(together)
    on_it = select(Enrolment.person_id).where(
        Enrolment.pathway_id == rule.pathway_id, Enrolment.state == EnrolmentState.ACTIVE
    )
    fits = and_(
        everybody.c.is_here,
        everybody.c.in_unit if rule.unit_id else true(),
        everybody.c.job_profile.in_(rule.job_profiles) if rule.job_profiles else true(),
        in_cohort if rule.cohort_id else true(),
    )
    rows = session.execute(
        select(
            everybody.c.id,
            everybody.c.is_here,
            everybody.c.in_unit,
            everybody.c.unit,
            everybody.c.job_profile,
            in_cohort,
            Enrolment,
        )
        .outerjoin(
            Enrolment,
            and_(Enrolment.person_id == everybody.c.id, Enrolment.pathway_id == rule.pathway_id),
        )
        .where(
            or_(fits, everybody.c.id.in_(on_it)),
            policy.clause(actor, Action.WRITE_ENROLMENT, person_id=everybody.c.id),
        )
        .order_by(
            everybody.c.sort_name,
            everybody.c.id,
            Enrolment.ended_on.is_(None),
            Enrolment.ended_on,
            Enrolment.id,
        )
    )
    candidates: dict[int, Candidate] = {}
    earlier: dict[int, Earlier] = {}
    for person_id, is_here, in_unit, unit, job_profile, travels, row in rows:
        candidates[person_id] = Candidate(
            person_id=person_id,
            is_here=bool(is_here),
            in_unit=bool(in_unit),
            unit=unit,
            job_profile=job_profile,
            in_cohort=bool(travels),
        )
        if row is not None:
            # The latest comes last, and one that has not ended after all others.
            earlier[person_id] = _earlier(row)
    return candidates, earlier


def _earlier(row: Enrolment) -> Earlier:
    return Earlier(
        enrolment_id=row.id,
        person_id=row.person_id,
        state=EnrolmentState(row.state),
        brought=row.by_rule,
        enrolled_on=row.enrolled_on,
        ended_on=row.ended_on,
    )
