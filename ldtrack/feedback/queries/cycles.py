"""Cycles with their subjects; what they ask, who was asked and who answered is elsewhere."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.nominating import Approves, InvitationState, Nominates
from ldtrack.feedback.domain.rows import CycleRow, ResponseState, SubjectRow
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.timeline import NOT_BEGUN, CycleState, Pace, SubjectState
from ldtrack.feedback.models import (
    Cycle,
    Invitation,
    Item,
    Questionnaire,
    Response,
    Subject,
)
from ldtrack.people.queries import has_left, name_of, unit_of


def require_hr(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor sets up cycles."""
    policy.require(actor, Action.WRITE_CYCLE, Facts(organisation_id=actor.organisation_id))


def cycles(session: Session, actor: Actor) -> list[CycleRow]:
    """Every cycle, the newest first."""
    require_hr(actor)
    rows = session.execute(_counted().order_by(Cycle.opens_on.desc(), Cycle.name))
    return [row_of(*row) for row in rows]


def cycles_taking_people(session: Session, actor: Actor) -> list[CycleRow]:
    """Those to which people can still be added."""
    return [
        row
        for row in cycles(session, actor)
        if row.state in NOT_BEGUN or (row.state is CycleState.OPEN and row.pace is Pace.ROLLING)
    ]


def cycle(session: Session, actor: Actor, cycle_id: int) -> CycleRow:
    """One cycle, else `NotVisible`."""
    require_hr(actor)
    return counted_row(session, cycle_id)


def counted_row(session: Session, cycle_id: int) -> CycleRow:
    """The same, for whoever may see the cycle."""
    found = session.execute(_counted().where(Cycle.id == cycle_id)).first()
    if found is None:
        raise NotVisible
    return row_of(*found)


def cycles_answered(session: Session, actor: Actor) -> dict[int, int]:
    """How many questionnaires of each cycle were sent in, those about the actor left out.

    Who sent them takes a secret to know.
    """
    require_hr(actor)
    others = Subject.person_id.is_distinct_from(actor.person_id)
    closed = (
        select(Subject.cycle_id, func.count())
        .join(Invitation, Invitation.subject_id == Subject.id)
        .where(Invitation.answered, others)
        .group_by(Subject.cycle_id)
    )
    running = (
        select(Subject.cycle_id, func.count())
        .join(Response, Response.subject_id == Subject.id)
        .where(Response.state == ResponseState.SENT, Subject.state == SubjectState.OPEN, others)
        .group_by(Subject.cycle_id)
    )
    # While a subject is open no invitation about them is marked, so nobody is counted twice.
    counts: Counter[int] = Counter()
    for cycle_id, n in session.execute(union_all(closed, running)):
        counts[cycle_id] += n
    return dict(counts)


def subjects_of(session: Session, cycle_id: int) -> list[SubjectRow]:
    """Whom a cycle is about, by name; for whoever may see the cycle."""
    return subject_rows(session, select(Subject).where(Subject.cycle_id == cycle_id))


def subject(session: Session, actor: Actor, subject_id: int) -> SubjectRow:
    """One of them, as HR sees it, else `NotVisible`."""
    require_hr(actor)
    found = subject_rows(session, select(Subject).where(Subject.id == subject_id))
    if not found:
        raise NotVisible
    return found[0]


def row_of(
    found: Cycle,
    n_subjects: int = 0,
    n_invited: int = 0,
    n_statements: int = 0,
    questionnaire: str = "",
    moderator: str | None = None,
    moderator_left: bool = False,  # a column of the statement below
) -> CycleRow:
    """The row for a stored cycle."""
    return CycleRow(
        id=found.id,
        name=found.name,
        state=CycleState(found.state),
        opens_on=found.opens_on,
        closes_on=found.closes_on,
        closed_on=found.closed_on,
        k=found.k,
        groups=tuple(RaterGroup(**group) for group in found.groups),
        framework_version_id=found.framework_version_id,
        questionnaire_id=found.questionnaire_id,
        pace=Pace(found.pace),
        days=found.days,
        nominates=Nominates(found.nominates),
        approves=Approves(found.approves),
        nominate_until=found.nominate_until,
        coach_led=found.coach_led,
        moderator_id=found.moderator_id,
        weighting=Weighting(found.weighting),
        tells_who_answered=found.tells_who_answered,
        kept_months=found.kept_months,
        reminder_days=tuple(found.reminder_days),
        n_subjects=n_subjects,
        n_invited=n_invited,
        n_statements=n_statements,
        questionnaire=questionnaire,
        moderator=moderator or "",
        moderator_left=moderator_left,
        begins_anyway=found.begins_anyway,
    )


def _counted() -> Select[Cycle, int, int, int, str, str, bool]:
    subjects = (
        select(func.count()).where(Subject.cycle_id == Cycle.id).correlate(Cycle).scalar_subquery()
    )
    invited = (
        select(func.count())
        .select_from(Invitation)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(
            Subject.cycle_id == Cycle.id,
            Invitation.state == InvitationState.APPROVED,
            or_(Cycle.state != CycleState.OPEN, Subject.opens_on.is_not(None)),
        )
        .correlate(Cycle)
        .scalar_subquery()
    )
    statements = (
        select(func.count())
        .where(Item.questionnaire_id == Cycle.questionnaire_id)
        .correlate(Cycle)
        .scalar_subquery()
    )
    title = (
        select(Questionnaire.title)
        .where(Questionnaire.id == Cycle.questionnaire_id)
        .correlate(Cycle)
        .scalar_subquery()
    )
    moderator = Cycle.moderator_id
    return select(
        Cycle, subjects, invited, statements, title, name_of(moderator), has_left(moderator)
    )


def subject_rows(session: Session, wanted: Select[Subject]) -> list[SubjectRow]:
    """The rows of a statement for subjects, by name; the caller checked who asks."""
    found = session.execute(
        wanted.add_columns(
            name_of(Subject.person_id),
            name_of(Subject.coach_id),
            unit_of(Subject.person_id),
            has_left(Subject.person_id),
        )
    )
    rows = [
        SubjectRow(
            id=row.id,
            cycle_id=row.cycle_id,
            person_id=row.person_id,
            name=name,
            coach_id=row.coach_id,
            coach=coach or "",
            state=SubjectState(row.state),
            released_on=row.released_on,
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            returned_with=row.returned_with,
            reminded_on=row.reminded_on,
            unit=unit or "",
            left=left,
        )
        for row, name, coach, unit, left in found
    ]
    return sorted(rows, key=lambda row: (row.name, row.id))
