"""A cycle as it would open today: its people, its raters, and how often those are asked already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access.domain import Actor
from ldtrack.feedback.domain.launch import A_COHORT, Planned
from ldtrack.feedback.domain.nominating import InvitationState, Nominates
from ldtrack.feedback.domain.pulses.rows import PulseKind, PulseState
from ldtrack.feedback.domain.quarters import quarter_of
from ldtrack.feedback.domain.rows import CycleRow, RaterRow, SubjectRow
from ldtrack.feedback.domain.timeline import CycleState, SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Pulse, PulseInvitation, Subject
from ldtrack.feedback.queries.cycles import counted_row, subjects_of
from ldtrack.feedback.queries.raters import raters_of
from ldtrack.people.queries import managers, one_address, rater_budget


def planned(session: Session, actor: Actor, cycle_id: int, today: date) -> Planned:
    """All of it; for whoever may see the cycle."""
    cycle = counted_row(session, cycle_id)
    return planned_row(session, actor, cycle, subjects_of(session, cycle_id), today)


def planned_row(
    session: Session, actor: Actor, cycle: CycleRow, subjects: Sequence[SubjectRow], today: date
) -> Planned:
    """The same for a page that has read the cycle and its people already."""
    raters = raters_of(session, cycle.id)
    return _planned(session, actor, cycle, subjects, raters, today, Cycle.id != cycle.id)


def planned_of_one(
    session: Session, actor: Actor, cycle_id: int, subject_id: int, today: date
) -> Planned:
    """The same of one person in it; requests about others in the cycle are from elsewhere."""
    return _planned(
        session,
        actor,
        counted_row(session, cycle_id),
        [row for row in subjects_of(session, cycle_id) if row.id == subject_id],
        [row for row in raters_of(session, cycle_id) if row.subject_id == subject_id],
        today,
        Subject.id != subject_id,
    )


def requests_by_address(
    session: Session, cycle_id: int, day: date, others: ColumnElement[bool]
) -> dict[str, int]:
    """For how many questionnaires the cycle's raters are asked by `others` in the day's quarter.

    By the address at which the cycle asks them, whichever `others` ask them at.
    """
    first, last = quarter_of(day)
    here, of_here = aliased(Invitation), aliased(Subject)
    ours = (
        select(here.email.label("email"), one_address(here.person_id, here.email).label("one"))
        .join(of_here, of_here.id == here.subject_id)
        .where(of_here.cycle_id == cycle_id)
        .distinct()
        .subquery()
    )
    settled = and_(Cycle.state.in_([CycleState.NOMINATING, CycleState.OPEN]), Cycle.id != cycle_id)
    # Both sides are gathered first, so that whose an address is is looked up once for each row.
    asked = (
        select(
            one_address(Invitation.person_id, Invitation.email).label("one"),
            func.count().label("n"),
        )
        .join(Subject, Subject.id == Invitation.subject_id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            Invitation.state != InvitationState.DECLINED,
            func.coalesce(Subject.opens_on, Cycle.opens_on).between(first, last),
            or_(Subject.opens_on.is_not(None), settled),
            others,
        )
        .group_by("one")
        .subquery()
    )
    rows = session.execute(select(ours.c.email, asked.c.n).join(asked, asked.c.one == ours.c.one))
    return dict(rows.all())


def without_trust(session: Session, cycle_id: int) -> int:
    """For how many people in a cycle it is the first 360, without a trust pulse before it."""
    earlier = aliased(Subject)
    had_one = select(earlier.id).where(
        earlier.person_id == Subject.person_id,
        earlier.cycle_id != cycle_id,
        earlier.opens_on.is_not(None),
    )
    was_asked = (
        select(PulseInvitation.id)
        .join(Pulse, Pulse.id == PulseInvitation.pulse_id)
        .where(
            PulseInvitation.person_id == Subject.person_id,
            Pulse.kind == PulseKind.TRUST,
            Pulse.state != PulseState.DRAFT,
        )
    )
    wanted = select(func.count(Subject.id)).where(
        Subject.cycle_id == cycle_id, ~had_one.exists(), ~was_asked.exists()
    )
    return session.scalar(wanted) or 0


def _planned(
    session: Session,
    actor: Actor,
    cycle: CycleRow,
    subjects: Sequence[SubjectRow],
    raters: Sequence[RaterRow],
    today: date,
    others: ColumnElement[bool],
) -> Planned:
    return Planned(
        cycle=cycle,
        subjects=subjects,
        raters=[row for row in raters if row.state is not InvitationState.DECLINED],
        today=today,
        budget=rater_budget(session, actor.organisation_id),
        elsewhere=requests_by_address(session, cycle.id, max(today, cycle.opens_on), others),
        without_trust=without_trust(session, cycle.id) if len(subjects) >= A_COHORT else 0,
        no_manager=_no_manager(session, cycle, subjects, today),
    )


def _no_manager(
    session: Session, cycle: CycleRow, subjects: Sequence[SubjectRow], today: date
) -> frozenset[int]:
    draft = {s.person_id for s in subjects if s.state is SubjectState.DRAFT}
    if cycle.nominates is not Nominates.LEADER or not draft:
        return frozenset()
    return frozenset(draft - managers(session, sorted(draft), today).keys())
