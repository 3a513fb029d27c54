"""One question from a leader to everybody who was asked about them, after the report is out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback.domain.anonymity import meets_floor
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.pulses.commands import AskFollowUp
from ldtrack.feedback.domain.pulses.rows import PulseKind, PulseState
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Pulse, PulseInvitation, Subject
from ldtrack.feedback.queries.cycles import row_of
from ldtrack.feedback.service.invitations import Delivery
from ldtrack.feedback.service.pulses.found import audit, invitations
from ldtrack.feedback.service.pulses.opening import begin

MOST_OPEN = 2
"""Questions that may be open at once after one report."""
SHORTEST = timedelta(days=3)
LONGEST = timedelta(days=30)


def ask_follow_up(
    session: Session,
    actor: Actor,
    subject_id: int,
    command: AskFollowUp,
    *,
    now: datetime,
    delivery: Delivery,
) -> int:
    """Ask everybody who was invited but the leader, at one hour. Returns the pulse's id.

    The floor is that of the cycle, and one more for each rater who is known by nature: if one of
    those writes, the others are still as many as they were promised.
    """
    subject = _released(session, actor, subject_id)
    cycle = session.get_one(Cycle, subject.cycle_id)
    if not now.date() + SHORTEST <= command.closes_on <= now.date() + LONGEST:
        days = f"between {SHORTEST.days} and {LONGEST.days} days"
        raise RuleBroken("closes_on", f"Give people {days} to answer.")
    if _n_open(session, subject_id) >= MOST_OPEN:
        raise RuleBroken("", f"{MOST_OPEN} questions are open already; wait until one closes.")
    raters = _raters(session, subject_id)
    k = cycle.k + _n_known(cycle, raters)
    if not meets_floor(len(raters), k):
        raise RuleBroken(
            "", "Too few people were asked about you for answers that tell nobody who wrote them."
        )
    pulse = Pulse(
        kind=PulseKind.FOLLOW_UP,
        name=cycle.name,
        k=k,
        opens_on=now.date(),
        closes_on=command.closes_on,
        about=command.about,
        question=command.question,
        subject_id=subject_id,
    )
    session.add(pulse)
    session.flush()
    session.add_all(
        PulseInvitation(pulse_id=pulse.id, name=row.name, email=row.email, person_id=row.person_id)
        for row in raters
    )
    session.flush()
    begin(session, pulse, invitations(session, pulse.id), now=now, delivery=delivery)
    audit(session, actor, "ask_follow_up", pulse.id, now, person_id=subject.person_id)
    return pulse.id


def _released(session: Session, actor: Actor, subject_id: int) -> Subject:
    subject = session.scalars(
        select(Subject).where(Subject.id == subject_id).with_for_update()
    ).first()
    if subject is None:
        raise NotVisible
    policy.require_visible(
        actor,
        Action.ASK_FOLLOW_UP,
        Facts(
            organisation_id=actor.organisation_id,
            person_id=subject.person_id,
            released=subject.state == SubjectState.RELEASED,
        ),
    )
    return subject


def _n_open(session: Session, subject_id: int) -> int:
    count = select(func.count()).where(
        Pulse.subject_id == subject_id, Pulse.state == PulseState.OPEN
    )
    return session.scalar(count) or 0


def _raters(session: Session, subject_id: int) -> list[Invitation]:
    return list(
        session.scalars(
            select(Invitation)
            .where(Invitation.subject_id == subject_id, Invitation.group_key != SELF_GROUP)
            .order_by(Invitation.name, Invitation.id)
        )
    )


def _n_known(cycle: Cycle, raters: list[Invitation]) -> int:
    known = {group.key for group in row_of(cycle).groups if group.exempt}
    return sum(row.group_key in known for row in raters)
