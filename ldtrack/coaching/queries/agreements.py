"""Versions of agreements: for leader, coach and HR, and for those who are asked to sign one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import FORMER_COACH, AgreementRow
from ldtrack.coaching.domain.agreements import (
    HOLDS,
    AgreementState,
    Goal,
    PartyKind,
    PartyRow,
    VersionHead,
    VersionRow,
)
from ldtrack.coaching.domain.handover import Handed
from ldtrack.coaching.models import (
    Agreement,
    AgreementGoal,
    AgreementParty,
    Engagement,
)
from ldtrack.coaching.queries.handed import handed
from ldtrack.coaching.queries.holding import held_row, words_of
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import names_of

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
    return _rows(session, [(found[0], found[1])])[0]


def version_row(session: Session, row: Agreement, one: Engagement) -> VersionRow:
    """The same, for one already found visible."""
    return _rows(session, [(row, one)])[0]


def own_versions(session: Session, actor: Actor) -> list[VersionRow]:
    """Every version about the actor's own coaching, by engagement and number."""
    found = session.execute(
        select(Agreement, Engagement)
        .join(Engagement, Engagement.id == Agreement.engagement_id)
        .where(
            Engagement.person_id == (actor.person_id or 0),
            with_agreement(actor, Action.READ_AGREEMENT),
        )
        .order_by(Engagement.starts_on, Engagement.id, Agreement.number)
    ).all()
    return _rows(session, [(row, one) for row, one in found])


def goals_of(session: Session, agreements: Collection[int]) -> dict[int, tuple[Goal, ...]]:
    """What versions aim at, by the version; for some already found visible."""
    found: dict[int, list[Goal]] = {}
    rows = session.scalars(
        select(AgreementGoal)
        .where(AgreementGoal.agreement_id.in_(sorted(agreements)))
        .order_by(AgreementGoal.agreement_id, AgreementGoal.place)
    )
    for row in rows:
        goal = Goal(competency_id=row.competency_id, level=row.level, words=row.words)
        found.setdefault(row.agreement_id, []).append(goal)
    return {agreement_id: tuple(goals) for agreement_id, goals in found.items()}


def goals_agreed(session: Session, actor: Actor, person_id: int) -> list[int]:
    """The competencies that somebody's latest signed agreement aims at, for who may read it."""
    latest = (
        select(Agreement.id)
        .join(Engagement, Engagement.id == Agreement.engagement_id)
        .where(
            Engagement.person_id == person_id,
            Agreement.state == AgreementState.IN_FORCE,
            with_agreement(actor, Action.READ_AGREEMENT),
        )
        .order_by(Agreement.agreed_on.desc(), Agreement.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return list(
        session.scalars(
            select(AgreementGoal.competency_id)
            .where(AgreementGoal.agreement_id == latest)
            .order_by(AgreementGoal.place)
        )
    )


def versions_of(session: Session, actor: Actor, engagement_id: int) -> list[VersionHead]:
    """Every version of an engagement that the actor may read, the newest first."""
    return agreements_of(session, actor, engagement_id)[1]


def agreements_of(
    session: Session, actor: Actor, engagement_id: int
) -> tuple[AgreementRow | None, list[VersionHead]]:
    """The one that holds, and every version as above. One statement."""
    rows = session.execute(
        select(Agreement, and_(waits_for(actor), with_agreement(actor, Action.SIGN_AGREEMENT)))
        .join(Engagement, Engagement.id == Agreement.engagement_id)
        .where(
            Agreement.engagement_id == engagement_id, with_agreement(actor, Action.READ_AGREEMENT)
        )
        .order_by(Agreement.number.desc())
    ).all()
    holds = [row for row, _ in rows if row.state in HOLDS]
    latest = max(holds, key=lambda row: (row.agreed_on or date.min, row.recorded_at), default=None)
    return None if latest is None else held_row(latest), [
        VersionHead(
            id=row.id,
            number=row.number,
            state=AgreementState(row.state),
            agreed_on=row.agreed_on,
            sent_at=row.sent_at,
            waits=row.state == AgreementState.SIGNING and waits,
        )
        for row, waits in rows
    ]


def waits_for(actor: Actor) -> ColumnElement[bool]:
    """The clause for agreements that the actor is asked to sign and has not."""
    return exists().where(
        AgreementParty.agreement_id == Agreement.id,
        AgreementParty.person_id == (actor.person_id or 0),
        AgreementParty.signed_at.is_(None),
    )


def with_agreement(actor: Actor, action: Action) -> ColumnElement[bool]:
    """The clause for agreements with which the actor may do this; the engagement is joined."""
    return policy.clause(
        actor,
        action,
        person_id=Engagement.person_id,
        owner_id=Engagement.coach_id,
        handed=handed(actor, Handed.GOALS, Engagement.id),
        party=exists().where(
            AgreementParty.agreement_id == Agreement.id,
            AgreementParty.person_id == (actor.person_id or 0),
        ),
    )


def _rows(session: Session, found: Sequence[tuple[Agreement, Engagement]]) -> list[VersionRow]:
    ids = [row.id for row, _ in found]
    parties = session.scalars(
        select(AgreementParty).where(AgreementParty.agreement_id.in_(sorted(ids)))
    ).all()
    people = {who for row, one in found for who in (one.person_id, one.coach_id, row.closed_by_id)}
    names = names_of(session, people | {party.person_id for party in parties})
    goals = goals_of(session, ids)
    return [
        VersionRow(
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
            goals=goals.get(row.id, ()),
            parties=_parties([party for party in parties if party.agreement_id == row.id], names),
            agreed_on=row.agreed_on,
            sent_at=row.sent_at,
            closed_at=row.closed_at,
            closed_by=names.get(row.closed_by_id, "") if row.closed_by_id else "",
            word=row.word,
        )
        for row, one in found
    ]


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
