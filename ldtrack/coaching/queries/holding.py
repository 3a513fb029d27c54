"""What the agreement that holds says, and what it lets a sponsor see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import AgreementRow, SponsorSees
from ldtrack.coaching.domain.agreements import HOLDS, AgreementState
from ldtrack.coaching.models import Agreement, AgreementParty, Engagement

_LATEST_FIRST = (Engagement.starts_on.desc(), Engagement.ends_on.is_not(None), Engagement.id)


def agreement_of(session: Session, engagement_id: int) -> AgreementRow | None:
    """The agreement that holds; for an engagement already found visible."""
    found = session.scalars(
        select(Agreement)
        .where(Agreement.engagement_id == engagement_id, Agreement.state.in_(HOLDS))
        .order_by(Agreement.agreed_on.desc(), Agreement.recorded_at.desc())
        .limit(1)
    ).first()
    return None if found is None else held_row(found)


def held_row(row: Agreement) -> AgreementRow:
    """One that holds; for an engagement already found visible."""
    return AgreementRow(
        id=row.id,
        number=row.number,
        is_signed=row.state == AgreementState.IN_FORCE,
        # What holds has a day; the table sees to it.
        agreed_on=row.agreed_on or row.recorded_at.date(),
        purpose=row.purpose,
        sponsor_sees=words_of(row.sponsor_sees),
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
            Agreement.engagement_id == latest_of(person_id).scalar_subquery(),
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


def latest_of(person_id: int) -> Select[int]:
    """The person's latest engagement, one that runs before one that ended."""
    return (
        select(Engagement.id)
        .where(Engagement.person_id == person_id)
        .order_by(*_LATEST_FIRST)
        .limit(1)
    )
