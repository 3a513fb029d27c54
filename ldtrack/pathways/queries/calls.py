"""Invitations to pathways: for those who are invited, and for those who invite."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, literal, or_, select, true
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.pathways.domain import (
    Call,
    CallFigures,
    EnrolmentState,
    Gap,
    InterestRow,
    InterestState,
    Reached,
    VersionState,
)
from ldtrack.pathways.models import (
    CallInterest,
    Enrolment,
    EnrolmentRule,
    EnrolmentRuleGap,
    EnrolmentRuleJob,
    Pathway,
    PathwayCall,
    PathwayVersion,
)
from ldtrack.people.queries import (
    is_here,
    job_of,
    name_of,
    number_here,
    unit_of,
    units_around,
)


def calls_for(
    session: Session, actor: Actor, today: date, *, call_id: int | None = None
) -> list[Reached]:
    """Invitations that may be meant for the actor, and those that they answered; one statement.

    Whether levels fit too is said by `Reached.is_for_reader`, as levels are read elsewhere.
    """
    person_id = actor.person_id
    if person_id is None:
        return []
    matches = _matches(person_id, today)
    answered = CallInterest.id.is_not(None)
    found = session.execute(
        select(
            PathwayCall,
            Pathway,
            _version(),
            matches,
            EnrolmentRule.unassessed_too,
            EnrolmentRuleGap.competency_id,
            EnrolmentRuleGap.level,
            CallInterest.state,
            CallInterest.words,
        )
        .join(Pathway, Pathway.id == PathwayCall.pathway_id)
        .outerjoin(
            EnrolmentRule,
            and_(EnrolmentRule.pathway_id == PathwayCall.pathway_id, PathwayCall.targeted),
        )
        .outerjoin(EnrolmentRuleGap, EnrolmentRuleGap.rule_id == EnrolmentRule.id)
        .outerjoin(
            CallInterest,
            and_(CallInterest.call_id == PathwayCall.id, CallInterest.person_id == person_id),
        )
        .where(
            policy.clause(
                actor,
                Action.ANSWER_CALL,
                person_id=literal(person_id),
                called=or_(matches, answered),
            ),
            true() if call_id is None else PathwayCall.id == call_id,
        )
        .order_by(PathwayCall.closes_on.is_(None), PathwayCall.closes_on, PathwayCall.id)
    ).all()
    gaps: dict[int, list[Gap]] = defaultdict(list)
    reached: dict[int, Reached] = {}
    for row, pathway, version_id, fits, unassessed_too, competency_id, level, state, words in found:
        if competency_id is not None:
            gaps[row.id].append(Gap(competency_id=competency_id, level=level))
        reached[row.id] = Reached(
            call=_call(row, pathway, version_id),
            matches=bool(fits),
            gaps=tuple(gaps[row.id]),
            unassessed_too=bool(unassessed_too),
            interest=InterestState(state) if state else None,
            words=words or "",
        )
    return list(reached.values())


def _matches(person_id: int, today: date) -> ColumnElement[bool]:
    """That an invitation is open and, but for levels, meant for a person not on its pathway."""
    rule = EnrolmentRule
    jobs = select(EnrolmentRuleJob.id).where(EnrolmentRuleJob.rule_id == rule.id)
    own_job = jobs.where(EnrolmentRuleJob.job_profile == job_of(literal(person_id)))
    travels = select(Enrolment.id).where(
        Enrolment.cohort_id == rule.cohort_id, Enrolment.person_id == person_id
    )
    on_it = select(Enrolment.id).where(
        Enrolment.pathway_id == PathwayCall.pathway_id,
        Enrolment.person_id == person_id,
        Enrolment.state == EnrolmentState.ACTIVE,
    )
    named = and_(
        rule.id.is_not(None),
        or_(rule.unit_id.is_(None), rule.unit_id.in_(units_around(person_id))),
        or_(~jobs.exists(), own_job.exists()),
        or_(rule.cohort_id.is_(None), travels.exists()),
    )
    return and_(
        PathwayCall.opens_on <= today,
        or_(PathwayCall.closes_on.is_(None), PathwayCall.closes_on >= today),
        _version().is_not(None),
        ~on_it.exists(),
        or_(~PathwayCall.targeted, named),
    )


def call(session: Session, actor: Actor, call_id: int) -> Call:
    """One invitation for those who invite, else `NotVisible`."""
    found = session.execute(
        select(PathwayCall, Pathway, _version())
        .join(Pathway, Pathway.id == PathwayCall.pathway_id)
        .where(PathwayCall.id == call_id, policy.clause(actor, Action.WRITE_CALL))
    ).first()
    if found is None:
        raise NotVisible
    return _call(*found)


def calls_of(session: Session, actor: Actor, pathway_id: int) -> list[CallFigures]:
    """How the invitations of a pathway went, the latest first; one statement."""
    return _figures(session, actor, PathwayCall.pathway_id == pathway_id)


def call_figures(session: Session, actor: Actor, call_id: int) -> CallFigures:
    """How one invitation went, else `NotVisible`; one statement."""
    found = _figures(session, actor, PathwayCall.id == call_id)
    if not found:
        raise NotVisible
    return found[0]


def _figures(session: Session, actor: Actor, wanted: ColumnElement[bool]) -> list[CallFigures]:
    arrived = select(Enrolment.id).where(
        Enrolment.pathway_id == PathwayCall.pathway_id,
        Enrolment.person_id == CallInterest.person_id,
        Enrolment.state == EnrolmentState.COMPLETED,
        # What somebody completed before they answered is not owed to the invitation.
        Enrolment.enrolled_on >= CallInterest.said_on,
    )
    answers = [_counted(CallInterest.state == state).label(state) for state in InterestState]
    enrolled = CallInterest.state == InterestState.ENROLLED
    completed = _counted(enrolled, arrived.exists()).label("completed")
    rows = session.execute(
        select(
            PathwayCall,
            Pathway,
            _version().label("version_id"),
            *answers,
            completed,
            number_here().label("here"),
        )
        .join(Pathway, Pathway.id == PathwayCall.pathway_id)
        .where(wanted, policy.clause(actor, Action.WRITE_CALL))
        .order_by(PathwayCall.opens_on.desc(), PathwayCall.id)
    )
    return [
        CallFigures(
            call=_call(row.PathwayCall, row.Pathway, row.version_id),
            n_interested=row.stated,
            n_enrolled=row.enrolled,
            n_declined=row.declined,
            n_completed=row.completed,
            n_here=row.here,
        )
        for row in rows
    ]


def _version() -> ScalarSelect[int]:
    """The version of the invitation's pathway that takes people."""
    return (
        select(PathwayVersion.id)
        .where(
            PathwayVersion.pathway_id == PathwayCall.pathway_id,
            PathwayVersion.state == VersionState.PUBLISHED,
        )
        .correlate(PathwayCall)
        .scalar_subquery()
    )


def _counted(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(CallInterest)
        .where(CallInterest.call_id == PathwayCall.id, *conditions)
        .correlate(PathwayCall)
        .scalar_subquery()
    )


def interested_in(session: Session, actor: Actor, call_id: int) -> list[InterestRow]:
    """Everybody who answered an invitation, by day; for those who invite. One statement."""
    on_it = select(Enrolment.id).where(
        Enrolment.pathway_id == PathwayCall.pathway_id,
        Enrolment.person_id == CallInterest.person_id,
        Enrolment.state == EnrolmentState.ACTIVE,
    )
    who = CallInterest.person_id
    rows = session.execute(
        select(CallInterest, on_it.exists(), name_of(who), unit_of(who), job_of(who), is_here(who))
        .join(PathwayCall, PathwayCall.id == CallInterest.call_id)
        .where(CallInterest.call_id == call_id, policy.clause(actor, Action.WRITE_CALL))
        .order_by(CallInterest.said_on, CallInterest.id)
    )
    return [
        InterestRow(
            person_id=row.person_id,
            name=name or "",
            unit=unit or "",
            job_profile=job or "",
            words=row.words,
            said_on=row.said_on,
            state=InterestState(row.state),
            is_on_it=bool(is_on_it),
            is_here=bool(here),
        )
        for row, is_on_it, name, unit, job, here in rows
    ]


def _call(row: PathwayCall, pathway: Pathway, version_id: int | None) -> Call:
    return Call(
        id=row.id,
        pathway_id=row.pathway_id,
        title=pathway.title,
        purpose=pathway.purpose,
        story=row.story,
        targeted=row.targeted,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        seats=row.seats,
        version_id=version_id,
    )
