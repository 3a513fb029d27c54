"""Versions of agreements: for leader, coach and HR, and for those who are asked to sign one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import FORMER_COACH
from ldtrack.coaching.domain.agreements import (
    AgreementState,
    Goal,
    PartyKind,
    PartyRow,
    ToSign,
    VersionHead,
    VersionRow,
)
from ldtrack.coaching.models import Agreement, AgreementGoal, AgreementParty, Engagement
from ldtrack.coaching.queries.engagements import words_of
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import name_of, names_of

ERASED = "Somebody who is not known here any more"
_ORDER = tuple(PartyKind)


def version(session: Session, actor: Actor, agreement_id: int) -> VersionRow:
    """One version that the actor may read, else `NotVisible`."""
    found = session.execute(
        select(Agreement, Engagement)
        .join(Engagement, Engagement.id == Agreement.engagement_id)
        .where(Agreement.id == agreement_id, with_agreement(actor, Action.READ_AGREEMENT))
    ).one_or_none()
    if found is None:
        raise NotVisible
    return version_row(session, *found)


def version_row(session: Session, row: Agreement, one: Engagement) -> VersionRow:
    """The same, for one already found visible."""
    parties = session.scalars(
        select(AgreementParty).where(AgreementParty.agreement_id == row.id)
    ).all()
    names = names_of(
        session,
        {one.person_id, one.coach_id, row.closed_by_id, *(party.person_id for party in parties)},
    )
    return VersionRow(
        id=row.id,
        engagement_id=one.id,
        person_id=one.person_id,
        person=names[one.person_id],
        coach_id=one.coach_id,
        coach=names.get(one.coach_id, FORMER_COACH),
        runs=one.ends_on is None,
        number=row.number,
        state=AgreementState(row.state),
        purpose=row.purpose,
        sponsor_sees=words_of(row.sponsor_sees),
        sessions_agreed=row.sessions_agreed,
        with_manager=row.with_manager,
        goals=goals_of(session, row.id),
        parties=_parties(parties, names),
        agreed_on=row.agreed_on,
        sent_at=row.sent_at,
        closed_at=row.closed_at,
        closed_by=names.get(row.closed_by_id, "") if row.closed_by_id else "",
        word=row.word,
    )


def goals_of(session: Session, agreement_id: int) -> tuple[Goal, ...]:
    """What a version aims at; for one already found visible."""
    rows = session.scalars(
        select(AgreementGoal)
        .where(AgreementGoal.agreement_id == agreement_id)
        .order_by(AgreementGoal.place)
    )
    return tuple(
        Goal(competency_id=row.competency_id, level=row.level, words=row.words) for row in rows
    )


def versions_of(session: Session, actor: Actor, engagement_id: int) -> list[VersionHead]:
    """Every version of an engagement that the actor may read, the newest first."""
    rows = session.scalars(
        select(Agreement)
        .join(Engagement, Engagement.id == Agreement.engagement_id)
        .where(
            Agreement.engagement_id == engagement_id, with_agreement(actor, Action.READ_AGREEMENT)
        )
        .order_by(Agreement.number.desc())
    )
    return [
        VersionHead(
            id=row.id,
            number=row.number,
            state=AgreementState(row.state),
            agreed_on=row.agreed_on,
            sent_at=row.sent_at,
        )
        for row in rows
    ]


def to_sign(session: Session, actor: Actor) -> list[ToSign]:
    """What waits for the actor's signature, the oldest first; one statement."""
    waiting = exists().where(
        AgreementParty.agreement_id == Agreement.id,
        AgreementParty.person_id == (actor.person_id or 0),
        AgreementParty.signed_at.is_(None),
    )
    rows = session.execute(
        select(Agreement.id, Engagement.person_id, name_of(Engagement.person_id), Agreement.sent_at)
        .join(Engagement, Engagement.id == Agreement.engagement_id)
        .where(
            Agreement.state == AgreementState.SIGNING,
            Engagement.ends_on.is_(None),
            waiting,
            with_agreement(actor, Action.SIGN_AGREEMENT),
        )
        .order_by(Agreement.sent_at, Agreement.id)
    )
    return [
        ToSign(agreement_id=agreement_id, person_id=person_id, person=person, sent_at=sent_at)
        for agreement_id, person_id, person, sent_at in rows
        if sent_at is not None
    ]


def with_agreement(actor: Actor, action: Action) -> ColumnElement[bool]:
    """The clause for agreements with which the actor may do this; the engagement is joined."""
    return policy.clause(
        actor,
        action,
        person_id=Engagement.person_id,
        owner_id=Engagement.coach_id,
        party=exists().where(
            AgreementParty.agreement_id == Agreement.id,
            AgreementParty.person_id == (actor.person_id or 0),
        ),
    )


def _parties(rows: Sequence[AgreementParty], names: dict[int | None, str]) -> tuple[PartyRow, ...]:
    found = [
        PartyRow(
            person_id=row.person_id,
            name=names.get(row.person_id, ERASED),
            kind=PartyKind(row.kind),
            signed_at=row.signed_at,
            signed_as=row.signed_as,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.kind), one.name)))
