"""Bringing a coach and a leader together, what they agree with the sponsor, and the end of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.service import end_relation, relate
from ldtrack.audit.service import note
from ldtrack.coaching.domain import Agree, OpenEngagement
from ldtrack.coaching.domain.agreements import AgreementState
from ldtrack.coaching.models import Agreement, Engagement
from ldtrack.coaching.service.agreements import next_number
from ldtrack.coaching.service.coaches import require_match, require_place
from ldtrack.coaching.service.signing import close_open
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.people.queries import people_named

MOST_SESSIONS = 100


def open_engagement(
    session: Session, actor: Actor, command: OpenEngagement, *, now: datetime
) -> int:
    """Bring the two together and let the coach see the leader from its start. Returns its id.

    One that is already over gives no access. Raises `RuleBroken`.
    """
    _require(actor, command.person_id)
    return begin(session, actor, command, now=now)


def begin(session: Session, actor: Actor, command: OpenEngagement, *, now: datetime) -> int:
    """The same for whoever may; the caller checked who that is."""
    check_opening(session, command, now.date())
    one = Engagement(
        coach_id=command.coach_id,
        person_id=command.person_id,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        sessions_agreed=command.sessions_agreed,
        first_on=command.first_on,
    )
    session.add(one)
    session.flush()
    if one.ends_on is None:
        # Access never reaches into the past; what was ended before today stays ended.
        relate(
            session,
            kind=RelationshipKind.COACH,
            holder_id=command.coach_id,
            person_id=one.person_id,
            starts_on=max(one.starts_on, now.date()),
        )
    _note(session, actor, one, "opened", now)
    return one.id


def agree(
    session: Session, actor: Actor, engagement_id: int, command: Agree, *, now: datetime
) -> int:
    """Write down what was agreed elsewhere; what was recorded before stays on file. Returns its id.

    What was signed here is only replaced by what is signed here.
    """
    one = engagement_of_hr(session, actor, engagement_id)
    if _is_signed(session, one):
        raise Conflict("A signed agreement is in force. Write a new version for all to sign.")
    if command.agreed_on > now.date():
        raise RuleBroken("agreed_on", "Give the day on which all three agreed, not a later one.")
    agreement = Agreement(
        engagement_id=one.id,
        number=next_number(session, one.id),
        state=AgreementState.RECORDED,
        agreed_on=command.agreed_on,
        purpose=command.purpose,
        sponsor_sees=sorted(word.value for word in command.sponsor_sees),
        recorded_at=now,
    )
    session.add(agreement)
    session.flush()
    _note(session, actor, one, "agreed", now)
    return agreement.id


def end_engagement(session: Session, actor: Actor, engagement_id: int, *, now: datetime) -> None:
    """End it; the coach sees the leader no more, except their own private notes."""
    one = engagement_of_hr(session, actor, engagement_id)
    if one.ends_on is not None or one.coach_id is None:
        return
    one.ends_on = max(one.starts_on, now.date())
    close_open(session, one.id, now)
    end_relation(
        session,
        kind=RelationshipKind.COACH,
        person_id=one.person_id,
        holder_id=one.coach_id,
        ended_on=one.ends_on,
    )
    _note(session, actor, one, "ended", now)


def check_opening(session: Session, command: OpenEngagement, today: date) -> None:
    """That the two can be brought together so. Raises `RuleBroken`."""
    if (
        not {command.coach_id, command.person_id}
        <= people_named(session, (command.coach_id, command.person_id)).keys()
    ):
        raise NotVisible
    if command.coach_id == command.person_id:
        raise RuleBroken("coach_id", "Nobody can be their own coach.")
    if not 1 <= command.sessions_agreed <= MOST_SESSIONS:
        raise RuleBroken("sessions_agreed", f"Agree on 1 to {MOST_SESSIONS} sessions.")
    if command.first_on is not None and command.first_on < command.starts_on:
        raise RuleBroken("first_on", "The first session cannot come before the coaching begins.")
    if command.ends_on is not None:
        if not command.starts_on <= command.ends_on <= today:
            raise RuleBroken("ends_on", "Give an end between the beginning and today.")
        return
    running = session.scalar(
        select(Engagement.id).where(
            Engagement.coach_id == command.coach_id,
            Engagement.person_id == command.person_id,
            Engagement.ends_on.is_(None),
        )
    )
    if running is not None:
        raise RuleBroken("coach_id", "The two are working together already.")
    require_match(session, command.coach_id, command.person_id, today)
    require_place(session, command.coach_id)


def _is_signed(session: Session, one: Engagement) -> bool:
    found = session.scalar(
        select(Agreement.id).where(
            Agreement.engagement_id == one.id, Agreement.state == AgreementState.IN_FORCE
        )
    )
    return found is not None


def engagement_of_hr(session: Session, actor: Actor, engagement_id: int) -> Engagement:
    """One that the actor may bring together and end, as HR."""
    one = session.get(Engagement, engagement_id)
    if one is None:
        raise NotVisible
    _require(actor, one.person_id)
    return one


def _require(actor: Actor, person_id: int) -> None:
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    policy.require(actor, Action.OPEN_ENGAGEMENT, facts)


def _note(session: Session, actor: Actor, one: Engagement, what: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=f"coaching.engagement:{what}",
        thing="engagement",
        thing_id=one.id,
        person_id=one.person_id,
        happened_at=now,
    )
