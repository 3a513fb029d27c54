"""Who coaches whom, the agreement between them, and what HR may count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.coaching.domain import (
    FORMER_COACH,
    AgreementRow,
    EngagementCounts,
    EngagementRow,
    SessionCounts,
    SponsorSees,
)
from ldtrack.coaching.domain.agreements import HOLDS, AgreementState
from ldtrack.coaching.models import Agreement, AgreementParty, CoachingSession, Engagement
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import names_of

_LATEST_FIRST = (Engagement.starts_on.desc(), Engagement.ends_on.is_not(None), Engagement.id)


def readable(actor: Actor, action: Action = Action.READ_SESSION) -> ColumnElement[bool]:
    """The clause for engagements (and what hangs on them) with which the actor may do this."""
    return policy.clause(
        actor, action, person_id=Engagement.person_id, owner_id=Engagement.coach_id
    )


def engagement(session: Session, actor: Actor, engagement_id: int) -> EngagementRow:
    """One that the actor takes part in or, as HR, looks after; else `NotVisible`."""
    found = session.scalars(
        select(Engagement).where(
            Engagement.id == engagement_id,
            readable(actor) | readable(actor, Action.OPEN_ENGAGEMENT),
        )
    ).all()
    if not found:
        raise NotVisible
    return rows_of(session, found)[0]


def engagement_for(session: Session, actor: Actor, person_id: int) -> EngagementRow | None:
    """The person's running engagement that the actor takes part in; the latest, if several."""
    found = session.scalars(
        select(Engagement)
        .where(Engagement.person_id == person_id, Engagement.ends_on.is_(None), readable(actor))
        .order_by(Engagement.starts_on.desc(), Engagement.id)
        .limit(1)
    ).all()
    return rows_of(session, found)[0] if found else None


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
        select(
            Engagement,
            held.c.n_held,
            held.c.last_on,
            agreed.c.agreed_on,
            agreed.c.signed,
            agreed.c.signing,
        )
        .outerjoin(held, held.c.engagement_id == Engagement.id)
        .outerjoin(agreed, agreed.c.engagement_id == Engagement.id)
        .where(readable(actor, Action.OPEN_ENGAGEMENT))
        .order_by(Engagement.ends_on.is_not(None), Engagement.starts_on.desc(), Engagement.id)
    ).all()
    rows = rows_of(session, [one for one, *_ in found])
    return [
        EngagementCounts(
            engagement=row,
            n_held=n_held or 0,
            last_on=last_on,
            agreed_on=agreed_on,
            is_signed=signed is not None,
            is_being_signed=signing is not None,
        )
        for row, (_, n_held, last_on, agreed_on, signed, signing) in zip(rows, found, strict=True)
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


def agreement_of(session: Session, engagement_id: int) -> AgreementRow | None:
    """The agreement that holds; for an engagement already found visible."""
    found = session.scalars(
        select(Agreement)
        .where(Agreement.engagement_id == engagement_id, Agreement.state.in_(HOLDS))
        .order_by(Agreement.agreed_on.desc(), Agreement.recorded_at.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    return AgreementRow(
        id=found.id,
        number=found.number,
        is_signed=found.state == AgreementState.IN_FORCE,
        # What holds has a day; the table sees to it.
        agreed_on=found.agreed_on or found.recorded_at.date(),
        purpose=found.purpose,
        sponsor_sees=frozenset(SponsorSees(word) for word in found.sponsor_sees),
    )


def sponsor_sees(
    session: Session, person_id: int, *, reader: Actor | None = None
) -> frozenset[SponsorSees]:
    """What the agreement of the person's latest engagement lets a sponsor see; nothing without one.

    It counts what was signed by all, or recorded by HR; a version that is still being signed
    changes nothing. It outlives the coaching, because a sponsor's last report is written after
    the last session; a new engagement asks afresh. To a `reader` who is a sponsor of the person
    it says what was signed with *them*.
    """
    is_sponsor = reader is not None and person_id in reader.sponsors
    sponsor_id = reader.person_id if reader is not None and is_sponsor else None
    return words_of(session.scalar(agreed_words(person_id, sponsor_id)))


def agreed_words(person_id: int, sponsor_id: int | None = None) -> Select[list[Any]]:
    """The statement behind `sponsor_sees`, to be asked by itself or as a part of another."""
    with_them = [] if sponsor_id is None else [agreed_with(sponsor_id)]
    return (
        select(Agreement.sponsor_sees)
        .where(
            Agreement.engagement_id == _latest_of(person_id).scalar_subquery(),
            Agreement.state.in_(HOLDS),
            *with_them,
        )
        .order_by(Agreement.agreed_on.desc(), Agreement.recorded_at.desc())
        .limit(1)
    )


def agreed_with(sponsor_id: int | None) -> ColumnElement[bool]:
    """The clause for agreements that a sponsor signed; what HR recorded names no sponsor."""
    signed = exists().where(
        AgreementParty.agreement_id == Agreement.id,
        AgreementParty.person_id == (sponsor_id or 0),
        AgreementParty.signed_at.is_not(None),
    )
    return or_(Agreement.state == AgreementState.RECORDED, signed)


def words_of(stored: list[Any] | None) -> frozenset[SponsorSees]:
    """What is stored of an agreement, in words that the code knows."""
    return frozenset(SponsorSees(word) for word in stored or ())


def _latest(session: Session, person_id: int) -> int | None:
    return session.scalar(_latest_of(person_id))


def _latest_of(person_id: int) -> Select[int]:
    return (
        select(Engagement.id)
        .where(Engagement.person_id == person_id)
        .order_by(*_LATEST_FIRST)
        .limit(1)
    )


def rows_of(session: Session, found: Sequence[Engagement]) -> list[EngagementRow]:
    """Engagements with names; for some already found visible."""
    names = names_of(session, {who for one in found for who in (one.coach_id, one.person_id)})
    return [
        EngagementRow(
            id=one.id,
            coach_id=one.coach_id,
            coach=names.get(one.coach_id, FORMER_COACH),
            person_id=one.person_id,
            person=names[one.person_id],
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            sessions_agreed=one.sessions_agreed,
            first_on=one.first_on,
        )
        for one in found
    ]
