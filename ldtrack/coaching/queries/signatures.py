"""Signatures: those that somebody gave, those that they are asked for, and sessions without any."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Select, cast, exists, func, literal, null, or_, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain.agreements import (
    HOLDS,
    AgreementState,
    PartyKind,
    Signature,
    ToSign,
)
from ldtrack.coaching.models import Agreement, AgreementParty, CoachingSession, Engagement
from ldtrack.coaching.queries.agreements import waits_for, with_agreement
from ldtrack.people.queries import name_of

AGREEMENT = "agreement"


def own_signatures(session: Session, actor: Actor) -> list[Signature]:
    """What the actor signed, the oldest first; whose coaching it was, and nothing of it."""
    rows = session.execute(
        select(
            name_of(Engagement.person_id),
            Agreement.number,
            AgreementParty.kind,
            AgreementParty.signed_as,
            AgreementParty.signed_at,
        )
        .join(Agreement, Agreement.id == AgreementParty.agreement_id)
        .join(Engagement, Engagement.id == Agreement.engagement_id)
        .where(
            AgreementParty.person_id == (actor.person_id or 0),
            AgreementParty.signed_at.is_not(None),
        )
        .order_by(AgreementParty.signed_at, AgreementParty.id)
    )
    return [
        Signature(
            person=person,
            number=number,
            kind=PartyKind(kind),
            signed_as=signed_as,
            signed_at=signed_at,
        )
        for person, number, kind, signed_as, signed_at in rows
        if signed_at is not None
    ]


def to_sign(session: Session, actor: Actor) -> list[ToSign]:
    """What waits for the actor's signature, the oldest first; one statement."""
    rows = session.execute(asked_to_sign(actor))
    found = [
        (place, ToSign(agreement_id=id_, person_id=person_id, person=person, sent_at=sent_at))
        for _, place, id_, person_id, _, person, _, sent_at in rows
        if sent_at is not None
    ]
    return [one for _, one in sorted(found, key=lambda each: each[0])]


def asked_to_sign(
    actor: Actor,
) -> Select[str, int, int, int, str, str, date | None, datetime | None]:
    """A statement for the same: a word, their order, ids of version and person, '', the person's
    name, no day, and the instant at which it was sent."""
    return (
        select(
            literal(AGREEMENT),
            func.row_number().over(order_by=(Agreement.sent_at, Agreement.id)),
            Agreement.id,
            Engagement.person_id,
            literal(""),
            name_of(Engagement.person_id),
            cast(null(), Date),
            Agreement.sent_at,
        )
        .join(Engagement, Engagement.id == Agreement.engagement_id)
        .where(
            Agreement.state == AgreementState.SIGNING,
            Engagement.ends_on.is_(None),
            waits_for(actor),
            with_agreement(actor, Action.SIGN_AGREEMENT),
        )
    )


def signatures_asked_of(person_id: int) -> Select[str]:
    """A statement for a word, once for each version that waits for somebody's signature."""
    return (
        select(literal(AGREEMENT))
        .select_from(AgreementParty)
        .join(Agreement, Agreement.id == AgreementParty.agreement_id)
        .where(
            AgreementParty.person_id == person_id,
            AgreementParty.signed_at.is_(None),
            Agreement.state == AgreementState.SIGNING,
        )
    )


def asks_why(session: Session, engagement_id: int) -> bool:
    """Whether a session held now has to say why: no agreement holds, and nobody said why so far.

    For an engagement already found visible.
    """
    agreed = exists().where(Agreement.engagement_id == engagement_id, Agreement.state.in_(HOLDS))
    told = exists().where(
        CoachingSession.engagement_id == engagement_id, CoachingSession.unsigned_reason != ""
    )
    return not session.scalar(select(or_(agreed, told)))
