"""Milestones as they were proposed and answered, for the two whose coaching it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import FORMER_COACH, MilestoneRow, MilestoneState, ProposalRow, Terms
from ldtrack.coaching.models import Engagement, Milestone, MilestoneProposal
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.queries.milestones import row_of
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import names_of

_Turn = Row[MilestoneProposal, Milestone, Engagement]


def proposals_of(session: Session, actor: Actor, person_id: int) -> dict[int, ProposalRow]:
    """How each of the person's milestones was proposed, in coaching the actor takes part in.

    By milestone, the latest proposed first; what a pathway asks for was proposed by nobody. Two
    statements.
    """
    rows = _rows(session, actor, Milestone.person_id == person_id)
    return {row.milestone.id: row for row in rows}


def proposal(session: Session, actor: Actor, milestone_id: int) -> ProposalRow:
    """One of them; else `NotVisible`."""
    rows = _rows(session, actor, Milestone.id == milestone_id)
    if not rows:
        raise NotVisible
    return rows[0]


def milestone_to_change(session: Session, actor: Actor, milestone_id: int) -> MilestoneRow:
    """What can be proposed otherwise: proposed or declined, or a goal of the actor's own.

    `NotVisible` for everything else.
    """
    mine = and_(Milestone.engagement_id.is_(None), Milestone.person_id == actor.person_id)
    found = session.scalars(
        select(Milestone)
        .outerjoin(Engagement, Engagement.id == Milestone.engagement_id)
        .where(
            Milestone.id == milestone_id,
            or_(
                and_(
                    readable(actor),
                    Engagement.ends_on.is_(None),
                    Milestone.state.in_((MilestoneState.PROPOSED, MilestoneState.DECLINED)),
                ),
                and_(mine, Milestone.state == MilestoneState.PLANNED),
            ),
        )
    ).first()
    if found is None:
        raise NotVisible
    return row_of(found)


def n_to_answer(actor: Actor) -> ScalarSelect[int]:
    """How many proposals in `Engagement` wait for the actor, who is one of its two."""
    later = aliased(MilestoneProposal)
    return (
        select(func.count())
        .select_from(Milestone)
        .join(MilestoneProposal, MilestoneProposal.milestone_id == Milestone.id)
        .where(
            Milestone.engagement_id == Engagement.id,
            Milestone.state == MilestoneState.PROPOSED,
            MilestoneProposal.proposed_by_id != actor.person_id,
            ~select(later.id)
            .where(
                later.milestone_id == MilestoneProposal.milestone_id,
                later.turn > MilestoneProposal.turn,
            )
            .exists(),
        )
        .correlate(Engagement)
        .scalar_subquery()
    )


def _rows(session: Session, actor: Actor, which: ColumnElement[bool]) -> list[ProposalRow]:
    found = session.execute(
        select(MilestoneProposal, Milestone, Engagement)
        .join(Milestone, Milestone.id == MilestoneProposal.milestone_id)
        .join(Engagement, Engagement.id == Milestone.engagement_id)
        .where(which, readable(actor))
        .order_by(MilestoneProposal.milestone_id, MilestoneProposal.turn)
    ).all()
    named = names_of(session, set(_people(found)))
    rows = [
        _row(list(turns), named)
        for _, turns in groupby(found, key=lambda each: each[0].milestone_id)
    ]
    return sorted(rows, key=lambda row: (-row.proposed_on.toordinal(), row.milestone.id))


def _people(found: Iterable[_Turn]) -> Iterable[int | None]:
    for each, milestone, one in found:
        yield from (each.proposed_by_id, milestone.answered_by_id, one.coach_id)


def _row(turns: Sequence[_Turn], named: dict[int | None, str]) -> ProposalRow:
    latest, milestone, one = turns[-1]
    before = turns[-2][0] if len(turns) > 1 else None
    return ProposalRow(
        milestone=row_of(milestone),
        turn=latest.turn,
        first_by_id=turns[0][0].proposed_by_id,
        by_id=latest.proposed_by_id,
        by=named.get(latest.proposed_by_id, FORMER_COACH),
        proposed_on=latest.proposed_on,
        word=latest.word,
        before=None if before is None else _terms(before),
        coach_id=one.coach_id,
        coach=named.get(one.coach_id, FORMER_COACH),
        runs=one.ends_on is None,
        answered_by_id=milestone.answered_by_id,
        answered_by=named.get(milestone.answered_by_id, FORMER_COACH),
        answered_on=milestone.answered_on,
        answer=milestone.answer,
    )


def _terms(one: MilestoneProposal) -> Terms:
    return Terms(title=one.title, level=one.level, due_on=one.due_on)
