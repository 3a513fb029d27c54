"""Setting a cycle up: its questionnaire, its dates and whom it is about."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback.domain.anonymity import check_floor
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.commands import NewCycle
from ldtrack.feedback.domain.nominating import Nominates
from ldtrack.feedback.domain.settings import USUAL_REMINDERS, check_days, stored_groups
from ldtrack.feedback.domain.timeline import (
    BEFORE_OPENING,
    NOT_BEGUN,
    CycleState,
    Pace,
    SubjectState,
    may_be_changed,
    moved,
)
from ldtrack.feedback.models import Cycle, Invitation, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.queries.groups import usual_groups
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from ldtrack.feedback.service.questionnaires import build_questionnaire
from ldtrack.people.queries import people_named, rater_floor


def create_cycle(session: Session, actor: Actor, command: NewCycle, *, now: datetime) -> int:
    """Set a cycle up as a draft. Returns its id."""
    require_hr(actor)
    check_days_and_name(session, command.name, command.opens_on, command.closes_on)
    form = _questionnaire(session, actor, command)
    check_days(command.pace, command.days)
    cycle = Cycle(
        name=command.name,
        framework_version_id=form.framework_version_id,
        questionnaire_id=form.id,
        opens_on=command.opens_on,
        closes_on=command.closes_on,
        k=floor_from(session, actor, command.k),
        groups=stored_groups(usual_groups(session)),
        pace=command.pace,
        days=command.days if command.pace is Pace.ROLLING else None,
        reminder_days=list(USUAL_REMINDERS),
    )
    session.add(cycle)
    session.flush()
    audit(session, actor, "create", cycle.id, now)
    return cycle.id


def check_days_and_name(session: Session, name: str, opens_on: date, closes_on: date) -> None:
    """Raise `RuleBroken` for a name that another cycle has, or days in the wrong order."""
    if session.scalar(select(Cycle.id).where(Cycle.name == name)) is not None:
        raise RuleBroken("name", "There is a cycle of that name already.")
    if closes_on < opens_on:
        raise RuleBroken("closes_on", "The last day lies before the first.")


def add_subject(
    session: Session, actor: Actor, cycle_id: int, person_id: int, *, now: datetime
) -> int:
    """Let somebody receive feedback; in a rolling cycle at any time. Returns the subject's id."""
    cycle = taking_people(session, actor, cycle_id)
    if person_id not in people_named(session, [person_id]):
        raise NotVisible
    here = session.scalar(
        select(Subject.id).where(Subject.cycle_id == cycle_id, Subject.person_id == person_id)
    )
    if here is not None:
        return here
    subject = Subject(
        cycle_id=cycle_id,
        person_id=person_id,
        coach_id=coach_of(session, person_id, now.date()),
        state=_first_state(cycle),
    )
    session.add(subject)
    session.flush()
    audit(session, actor, "add_subject", cycle_id, now, person_id=person_id)
    return subject.id


def remove_subject(session: Session, actor: Actor, subject_id: int, *, now: datetime) -> int:
    """Take somebody out again before the cycle opens. Returns the cycle's id."""
    subject = subject_in_draft(session, actor, subject_id)
    for invitation in session.scalars(
        select(Invitation).where(Invitation.subject_id == subject_id)
    ):
        session.delete(invitation)
    session.flush()
    session.delete(subject)
    session.flush()
    audit(session, actor, "remove_subject", subject.cycle_id, now, person_id=subject.person_id)
    return subject.cycle_id


def archive_cycle(session: Session, actor: Actor, cycle_id: int, *, now: datetime) -> None:
    """Put a cycle away whose reports are all out."""
    require_hr(actor)
    cycle = locked(session, cycle_id)
    done = (SubjectState.RELEASED, SubjectState.WITHHELD, *BEFORE_OPENING)
    waits = session.scalar(
        select(Subject.id).where(Subject.cycle_id == cycle_id, Subject.state.not_in(done)).limit(1)
    )
    if cycle.state != CycleState.CLOSED or waits is not None:
        raise Conflict("There is something left to do in this cycle.")
    cycle.state = moved(CycleState(cycle.state), CycleState.ARCHIVED)
    session.flush()
    audit(session, actor, "archive", cycle_id, now)


def _first_state(cycle: Cycle) -> SubjectState:
    """Whoever joins while leaders propose raters is to propose theirs."""
    begun = cycle.state != CycleState.DRAFT and cycle.nominates == Nominates.LEADER
    return SubjectState.NOMINATING if begun else SubjectState.DRAFT


def drop_draft(session: Session, actor: Actor, cycle_id: int, *, now: datetime) -> None:
    """Put away a cycle that was never opened."""
    cycle = not_begun(session, actor, cycle_id)
    cycle.state = moved(CycleState(cycle.state), CycleState.ARCHIVED)
    session.flush()
    audit(session, actor, "archive", cycle_id, now)


def draft(session: Session, actor: Actor, cycle_id: int) -> Cycle:
    """The cycle, if the actor may still change what it asks and how it is held."""
    require_hr(actor)
    cycle = locked(session, cycle_id)
    if not may_be_changed(CycleState(cycle.state)):
        raise Conflict("This cycle has begun; how it is held is fixed.")
    return cycle


def not_begun(session: Session, actor: Actor, cycle_id: int) -> Cycle:
    """The cycle, if no rater has been asked yet."""
    require_hr(actor)
    cycle = locked(session, cycle_id)
    if cycle.state not in NOT_BEGUN:
        raise Conflict("This cycle has opened; whom it is about is fixed.")
    return cycle


def taking_people(session: Session, actor: Actor, cycle_id: int) -> Cycle:
    """The cycle, if people can still be added to it."""
    require_hr(actor)
    cycle = locked(session, cycle_id)
    begun = cycle.state == CycleState.OPEN and cycle.pace == Pace.TOGETHER
    if begun or cycle.state in (CycleState.CLOSED, CycleState.ARCHIVED):
        raise Conflict("This cycle has opened; whom it is about is fixed.")
    return cycle


def subject_in_draft(session: Session, actor: Actor, subject_id: int) -> Subject:
    """A subject whose questionnaires have not been sent."""
    require_hr(actor)
    subject = session.get(Subject, subject_id)
    if subject is None:
        raise NotVisible
    locked(session, subject.cycle_id)
    session.refresh(subject)
    if subject.state not in BEFORE_OPENING:
        raise Conflict("These questionnaires have been sent; whom they ask is fixed.")
    return subject


def locked(session: Session, cycle_id: int) -> Cycle:
    """The cycle, kept as it is until the transaction ends."""
    cycle = session.scalars(
        select(Cycle)
        .where(Cycle.id == cycle_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if cycle is None:
        raise NotVisible
    return cycle


def audit(
    session: Session,
    actor: Actor | None,
    act: str,
    cycle_id: int,
    now: datetime,
    *,
    person_id: int | None = None,
    reason: str = "",
) -> None:
    """Record what HR, a coach or the clock did with a cycle; what raters do is never recorded."""
    note(
        session,
        account_id=actor.account_id if actor else None,
        action=f"feedback.cycle:{act}",
        thing="cycle",
        thing_id=cycle_id,
        person_id=person_id,
        happened_at=now,
        reason=reason,
    )


def _questionnaire(session: Session, actor: Actor, command: NewCycle) -> QuestionnaireRow:
    wanted = command.questionnaire
    made = wanted if isinstance(wanted, int) else build_questionnaire(session, command.name, wanted)
    return questionnaire_of(session, actor, made)


def check_is_here(session: Session, person_id: int) -> None:
    """Raise `NotVisible` unless this is somebody who has not left."""
    person = people_named(session, [person_id]).get(person_id)
    if person is None or not person.active:
        raise NotVisible


def coach_of(session: Session, person_id: int, today: date) -> int | None:
    """Who coaches them today."""
    return holders_of(session, [person_id], RelationshipKind.COACH, today).get(person_id)


def floor_from(session: Session, actor: Actor, wanted: int | None) -> int:
    """The floor that was asked for, or the organisation's; `RuleBroken` if it is below that."""
    least = rater_floor(session, actor.organisation_id)
    if wanted is None:
        return least
    check_floor(wanted)
    if wanted < least:
        raise RuleBroken("k", f"Your organisation shows nothing of fewer than {least} raters.")
    return wanted
