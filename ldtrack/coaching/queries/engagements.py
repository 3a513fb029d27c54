"""Who coaches whom, the agreement between them, and what HR may count."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import (
    FORMER_COACH,
    EngagementCounts,
    EngagementRow,
    SessionCounts,
    SponsorSees,
)
from ldtrack.coaching.domain.agreements import HOLDS, AgreementState
from ldtrack.coaching.domain.handover import Handed
from ldtrack.coaching.models import Agreement, CoachingSession, Engagement
from ldtrack.coaching.queries.counted import sessions_held
from ldtrack.coaching.queries.handed import handed
from ldtrack.coaching.queries.holding import latest_of, sponsor_sees
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import first_name_of, has_account, job_profile_of, name_of


def readable(
    actor: Actor, action: Action = Action.READ_SESSION, *, part: Handed | None = None
) -> ColumnElement[bool]:
    """The clause for engagements (and what hangs on them) with which the actor may do this.

    For a `part` also those of which the leader handed it over to the actor.
    """
    return policy.clause(
        actor,
        action,
        person_id=Engagement.person_id,
        owner_id=Engagement.coach_id,
        handed=None if part is None else handed(actor, part, Engagement.id),
    )


def engagement(session: Session, actor: Actor, engagement_id: int) -> EngagementRow:
    """One that the actor takes part in or, as HR, looks after; else `NotVisible`."""
    found = _one(
        session,
        Engagement.id == engagement_id,
        readable(actor) | readable(actor, Action.OPEN_ENGAGEMENT),
    )
    if found is None:
        raise NotVisible
    return found


def engagement_with_held(
    session: Session, actor: Actor, engagement_id: int
) -> tuple[EngagementRow, int]:
    """One that the actor, as HR, looks after, and how many sessions it held; else `NotVisible`."""
    found = session.execute(
        _shown()
        .add_columns(sessions_held())
        .where(Engagement.id == engagement_id, readable(actor, Action.OPEN_ENGAGEMENT))
    ).one_or_none()
    if found is None:
        raise NotVisible
    *one, n = found
    return _row(*one), n


def engagement_shown(session: Session, engagement_id: int) -> EngagementRow:
    """One already found visible."""
    found = _one(session, Engagement.id == engagement_id)
    if found is None:
        raise NotVisible
    return found


def engagement_for(session: Session, actor: Actor, person_id: int) -> EngagementRow | None:
    """The person's running engagement that the actor takes part in; the latest, if several."""
    return _one(
        session,
        Engagement.person_id == person_id,
        Engagement.ends_on.is_(None),
        readable(actor),
    )


def engagements(session: Session, actor: Actor) -> list[EngagementCounts]:
    """Every engagement with its counts, running ones first; HR's list."""
    held = (
        select(
            CoachingSession.engagement_id,
            func.count().label("n_held"),
            func.max(CoachingSession.held_on).label("last_on"),
        )
        .group_by(CoachingSession.engagement_id)
        .subquery()
    )
    agreed = (
        select(
            Agreement.engagement_id,
            func.max(Agreement.agreed_on).filter(Agreement.state.in_(HOLDS)).label("agreed_on"),
            func.max(Agreement.number)
            .filter(Agreement.state == AgreementState.IN_FORCE)
            .label("signed"),
            func.max(Agreement.number)
            .filter(Agreement.state == AgreementState.SIGNING)
            .label("signing"),
        )
        .group_by(Agreement.engagement_id)
        .subquery()
    )
    found = session.execute(
        _shown()
        .add_columns(
            held.c.n_held, held.c.last_on, agreed.c.agreed_on, agreed.c.signed, agreed.c.signing
        )
        .outerjoin(held, held.c.engagement_id == Engagement.id)
        .outerjoin(agreed, agreed.c.engagement_id == Engagement.id)
        .where(readable(actor, Action.OPEN_ENGAGEMENT))
        .order_by(Engagement.ends_on.is_not(None), Engagement.starts_on.desc(), Engagement.id)
    )
    return [
        EngagementCounts(
            engagement=_row(*one),
            n_held=n_held or 0,
            last_on=last_on,
            agreed_on=agreed_on,
            is_signed=signed is not None,
            is_being_signed=signing is not None,
        )
        for *one, n_held, last_on, agreed_on, signed, signing in found
    ]


def counts_of(session: Session, engagement_id: int) -> SessionCounts:
    """Days and lengths of an engagement's sessions; for an engagement already found visible."""
    one = session.get_one(Engagement, engagement_id)
    found = session.execute(
        select(CoachingSession.held_on, CoachingSession.minutes, CoachingSession.next_on)
        .where(CoachingSession.engagement_id == engagement_id)
        .order_by(CoachingSession.held_on, CoachingSession.logged_at, CoachingSession.id)
    ).all()
    return SessionCounts(
        n_held=len(found),
        n_agreed=one.sessions_agreed,
        minutes=sum(row.minutes for row in found),
        held_on=tuple(row.held_on for row in found),
        next_on=found[-1].next_on if found else one.first_on,
    )


def session_counts(session: Session, actor: Actor, person_id: int) -> SessionCounts | None:
    """How much coaching the person's latest engagement held; `None` if there never was one.

    A sponsor sees it only if that was agreed; who may not see it gets `NotVisible`.
    """
    agreed = SponsorSees.SESSION_COUNTS in sponsor_sees(session, person_id, reader=actor)
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id, agreed=agreed)
    policy.require_visible(actor, Action.COUNT_SESSIONS, facts)
    latest = _latest(session, person_id)
    return None if latest is None else counts_of(session, latest)


def _latest(session: Session, person_id: int) -> int | None:
    return session.scalar(latest_of(person_id))


def _one(session: Session, *which: ColumnElement[bool]) -> EngagementRow | None:
    """The latest of these; one statement."""
    found = session.execute(
        _shown().where(*which).order_by(Engagement.starts_on.desc(), Engagement.id).limit(1)
    ).first()
    return None if found is None else _row(*found)


def _shown() -> Select[Engagement, str | None, str, str, str, bool]:
    """An engagement with what `_row` says of its two."""
    return select(
        Engagement,
        name_of(Engagement.coach_id),
        name_of(Engagement.person_id),
        first_name_of(Engagement.person_id),
        job_profile_of(Engagement.person_id),
        has_account(Engagement.person_id),
    )


def _row(
    one: Engagement,
    coach: str | None,
    person: str,
    first_name: str,
    job_profile: str,
    can_answer: bool,
) -> EngagementRow:
    return EngagementRow(
        id=one.id,
        coach_id=one.coach_id,
        coach=coach or FORMER_COACH,
        person_id=one.person_id,
        person=person,
        first_name=first_name,
        job_profile=job_profile,
        can_answer=can_answer,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        sessions_agreed=one.sessions_agreed,
        first_on=one.first_on,
    )
