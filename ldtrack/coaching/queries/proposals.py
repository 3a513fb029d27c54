"""Milestones as they were proposed and answered, for the two whose coaching it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import (
    FORMER_COACH,
    NOT_AGREED,
    MilestoneRow,
    MilestoneState,
    ProposalRow,
    Terms,
)
from ldtrack.coaching.models import Engagement, Milestone, MilestoneOrigin, MilestoneProposal
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.queries.handed import may_read_milestone
from ldtrack.coaching.queries.milestones import SOONEST_FIRST, row_of
from ldtrack.coaching.queries.origins import origin_of
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import name_of

_Turn = Row[Milestone, MilestoneOrigin, Engagement, MilestoneProposal, str, str, str]


def proposals_of(session: Session, actor: Actor, person_id: int) -> dict[int, ProposalRow]:
    """How each of the person's milestones was proposed, in coaching the actor takes part in.

    By milestone, the latest proposed first; what a pathway asks for was proposed by nobody. One
    statement.
    """
    return _latest_first(_rows(session, actor, Milestone.person_id == person_id))


def milestones_with_proposals(
    session: Session, actor: Actor, person_id: int
) -> tuple[list[MilestoneRow], dict[int, ProposalRow]]:
    """The person's agreed milestones and how all were proposed, as the two lists by themselves.

    For coach and leader. One statement.
    """
    found = _rows(
        session,
        actor,
        Milestone.person_id == person_id,
        or_(
            and_(Milestone.state.not_in(NOT_AGREED), may_read_milestone(actor)),
            MilestoneProposal.id.is_not(None),
        ),
    )
    agreed = [row for row, _ in found if row.state.is_agreed]
    return agreed, _latest_first(found)


def proposal(session: Session, actor: Actor, milestone_id: int) -> ProposalRow:
    """One of them; else `NotVisible`."""
    for _, row in _rows(session, actor, Milestone.id == milestone_id):
        if row is not None:
            return row
    raise NotVisible


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


def _rows(
    session: Session, actor: Actor, *which: ColumnElement[bool]
) -> list[tuple[MilestoneRow, ProposalRow | None]]:
    """Each milestone with how it was proposed, if it was and in coaching of the actor's."""
    found = session.execute(
        select(
            Milestone,
            MilestoneOrigin,
            Engagement,
            MilestoneProposal,
            name_of(MilestoneProposal.proposed_by_id),
            name_of(Milestone.answered_by_id),
            name_of(Engagement.coach_id),
        )
        .select_from(Milestone)
        .outerjoin(MilestoneOrigin, origin_of(actor))
        .outerjoin(Engagement, Engagement.id == Milestone.engagement_id)
        .outerjoin(
            MilestoneProposal,
            and_(MilestoneProposal.milestone_id == Milestone.id, readable(actor)),
        )
        .where(*which)
        .order_by(*SOONEST_FIRST, MilestoneProposal.turn)
    )
    rows: list[tuple[MilestoneRow, ProposalRow | None]] = []
    for _, each in groupby(found, key=lambda row: row[0].id):
        turns = list(each)
        milestone, origin, *_ = turns[0]
        row = row_of(milestone, origin)
        # Without a proposal the one turn is empty.
        was_proposed = turns[0][3] is not None
        rows.append((row, _row(row, turns) if was_proposed else None))
    return rows


def _latest_first(
    found: Iterable[tuple[MilestoneRow, ProposalRow | None]],
) -> dict[int, ProposalRow]:
    rows = [row for _, row in found if row is not None]
    rows.sort(key=lambda row: (-row.proposed_on.toordinal(), row.milestone.id))
    return {row.milestone.id: row for row in rows}


def _row(shown: MilestoneRow, turns: Sequence[_Turn]) -> ProposalRow:
    milestone, _, one, latest, by, answered_by, coach = turns[-1]
    before = turns[-2][3] if len(turns) > 1 else None
    return ProposalRow(
        milestone=shown,
        turn=latest.turn,
        first_by_id=turns[0][3].proposed_by_id,
        by_id=latest.proposed_by_id,
        by=by or FORMER_COACH,
        proposed_on=latest.proposed_on,
        word=latest.word,
        before=None if before is None else _terms(before),
        coach_id=one.coach_id,
        coach=coach or FORMER_COACH,
        runs=one.ends_on is None,
        answered_by_id=milestone.answered_by_id,
        answered_by=answered_by or FORMER_COACH,
        answered_on=milestone.answered_on,
        answer=milestone.answer,
    )


def _terms(one: MilestoneProposal) -> Terms:
    return Terms(title=one.title, level=one.level, due_on=one.due_on)
