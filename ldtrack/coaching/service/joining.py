"""Where two records of one person collide in coaching."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, case, delete, literal, or_, select
from sqlalchemy.orm import Session, aliased

from ldtrack.coaching.domain.choosing import ChoiceOutcome
from ldtrack.coaching.models import (
    AgreementParty,
    CoachCandidate,
    CoachChoice,
    CoachConflict,
    CoachProfile,
    CoachStrength,
    Engagement,
    Milestone,
)
from ldtrack.coaching.service.resealing import pass_drafts, pass_feed, unite_notes
from ldtrack.people.domain.joining import Clash, Pair
from ldtrack.people.queries import name_of


def coaching_clashes(session: Session, pair: Pair) -> list[Clash]:
    """Coaching that both have with the same other person, and what shows that they are two."""
    goes, stays = aliased(Engagement), aliased(Engagement)
    other = case((goes.coach_id == pair.goes, goes.person_id), else_=goes.coach_id)
    rows = session.execute(
        select(literal("between"), literal(""))
        .select_from(Engagement)
        .where(Engagement.coach_id.in_(pair.both), Engagement.person_id.in_(pair.both))
        .union(
            select(literal("twice"), name_of(other))
            .select_from(goes)
            .join(stays, _with_the_same(goes, stays, pair))
            .where(goes.ends_on.is_(None), stays.ends_on.is_(None))
        )
    )
    return [
        Clash(words="One of the two has coached the other, so they are two people.", stops=True)
        if what == "between"
        else Clash(
            words=f"Both work with {name} in coaching: the engagement that began first goes on, "
            "the other one ends, with everything in it kept."
        )
        for what, name in sorted(rows.all())
    ]


def make_way_in_coaching(session: Session, pair: Pair, *, today: date) -> None:
    """End the later of two engagements with one other person; notes of one session become one."""
    for goes, stays in _running_twice(session, pair):
        later = max((stays, goes), key=lambda row: row.starts_on)
        later.ends_on = max(later.starts_on, today)
    steps = select(Milestone.step_id).where(
        Milestone.person_id == pair.stays, Milestone.step_id.is_not(None)
    )
    doubled = select(Milestone).where(
        Milestone.person_id == pair.goes, Milestone.step_id.in_(steps)
    )
    for milestone in session.scalars(doubled).all():
        milestone.step_id = None
    unite_notes(session, pair)
    described = select(CoachProfile.id).where(CoachProfile.person_id == pair.stays)
    if session.scalar(described) is not None:
        session.execute(delete(CoachProfile).where(CoachProfile.person_id == pair.goes))
    _sign_once(session, pair)
    _unite_said(session, pair)
    _unite_choices(session, pair, today)
    pass_drafts(session, pair)
    pass_feed(session, pair)
    session.flush()


def _sign_once(session: Session, pair: Pair) -> None:
    """Whoever was asked twice to sign one version is asked once; a signature outweighs none."""
    parties = session.scalars(
        select(AgreementParty)
        .where(AgreementParty.person_id.in_(pair.both))
        .order_by(AgreementParty.signed_at.is_(None), AgreementParty.person_id != pair.stays)
    ).all()
    kept: set[int] = set()
    for party in parties:
        if party.agreement_id in kept:
            session.delete(party)
        kept.add(party.agreement_id)
    session.flush()


def _unite_said(session: Session, pair: Pair) -> None:
    """What one coaches best, and with whom one wants no coaching, is said once."""
    best_at = select(CoachStrength.competency_id).where(CoachStrength.person_id == pair.stays)
    session.execute(
        delete(CoachStrength).where(
            CoachStrength.person_id == pair.goes, CoachStrength.competency_id.in_(best_at)
        )
    )
    apart = CoachConflict
    said = select(apart.about_id).where(apart.said_by_id == pair.stays)
    heard = select(apart.said_by_id).where(apart.about_id == pair.stays)
    session.execute(
        delete(apart)
        .where(
            or_(
                and_(apart.said_by_id.in_(pair.both), apart.about_id.in_(pair.both)),
                and_(apart.said_by_id == pair.goes, apart.about_id.in_(said)),
                and_(apart.about_id == pair.goes, apart.said_by_id.in_(heard)),
            )
        )
        .execution_options(synchronize_session=False)
    )


def _unite_choices(session: Session, pair: Pair, today: date) -> None:
    """Of two choices that run the later is over; nobody is offered twice, or to themselves."""
    running = select(CoachChoice).where(
        CoachChoice.person_id.in_(pair.both), CoachChoice.ended_on.is_(None)
    )
    for later in session.scalars(running.order_by(CoachChoice.invited_on, CoachChoice.id)).all()[
        1:
    ]:
        later.ended_on = max(later.invited_on, today)
        later.outcome = ChoiceOutcome.WITHDRAWN
    session.flush()
    offered = select(CoachCandidate.choice_id).where(CoachCandidate.coach_id == pair.stays)
    own = select(CoachChoice.id).where(CoachChoice.person_id.in_(pair.both))
    session.execute(
        delete(CoachCandidate)
        .where(
            or_(
                and_(CoachCandidate.coach_id == pair.goes, CoachCandidate.choice_id.in_(offered)),
                and_(CoachCandidate.coach_id.in_(pair.both), CoachCandidate.choice_id.in_(own)),
            )
        )
        .execution_options(synchronize_session=False)
    )


def _running_twice(session: Session, pair: Pair) -> Sequence[tuple[Engagement, Engagement]]:
    """Running engagements of the two with the same coach or the same leader."""
    goes, stays = aliased(Engagement), aliased(Engagement)
    rows = session.execute(
        select(goes, stays)
        .join(stays, _with_the_same(goes, stays, pair))
        .where(goes.ends_on.is_(None), stays.ends_on.is_(None))
        .order_by(goes.starts_on, goes.id)
    )
    return [(one, other) for one, other in rows]


def _with_the_same(
    goes: type[Engagement], stays: type[Engagement], pair: Pair
) -> ColumnElement[bool]:
    """That one of them has the leader, or the coach, whom the other has."""
    return or_(
        and_(
            goes.coach_id == stays.coach_id,
            goes.person_id == pair.goes,
            stays.person_id == pair.stays,
        ),
        and_(
            goes.person_id == stays.person_id,
            goes.coach_id == pair.goes,
            stays.coach_id == pair.stays,
        ),
    )
