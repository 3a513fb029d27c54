"""Pathways that were closed, for those who build pathways."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import ClosingRow, EnrolmentState, InterestState, WhatEnds
from ldtrack.pathways.models import (
    CallInterest,
    Enrolment,
    EnrolmentRule,
    Pathway,
    PathwayCall,
    PathwayClosing,
)
from ldtrack.pathways.queries.portable import newest_of

CLOSINGS_PAGE = 50
_Wanted = Select[PathwayClosing, str, int, int]


def closings(
    session: Session, actor: Actor, *, search: str = "", page: int = 1
) -> tuple[list[ClosingRow], int]:
    """A page of what was closed, the latest first, and how many match in all; two statements.

    `search` is a part of the title, of the reason or of what was learnt. A pathway that was opened
    again is among them: what was learnt from it stays true.
    """
    wanted = _wanted(actor)
    if search:
        places = (Pathway.title, PathwayClosing.reason, PathwayClosing.learnt)
        wanted = wanted.where(or_(*(one.icontains(search, autoescape=True) for one in places)))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    latest = wanted.order_by(PathwayClosing.closed_on.desc(), PathwayClosing.id)
    shown = latest.limit(CLOSINGS_PAGE).offset((max(page, 1) - 1) * CLOSINGS_PAGE)
    return [_row(*found) for found in session.execute(shown)], total


def closing_of(session: Session, actor: Actor, pathway_id: int) -> ClosingRow | None:
    """Why a pathway is closed, None if it is not; one statement."""
    found = session.execute(
        _wanted(actor).where(
            PathwayClosing.pathway_id == pathway_id, PathwayClosing.reopened_on.is_(None)
        )
    ).first()
    return None if found is None else _row(*found)


def what_ends(session: Session, actor: Actor, pathway_id: int, today: date) -> WhatEnds:
    """What closing the pathway would end; one statement."""
    active = _counted(Enrolment.id, Enrolment.pathway_id == pathway_id).where(
        Enrolment.state == EnrolmentState.ACTIVE
    )
    rule = _counted(EnrolmentRule.id, EnrolmentRule.pathway_id == pathway_id)
    calls = _counted(
        PathwayCall.id,
        PathwayCall.pathway_id == pathway_id,
        or_(PathwayCall.closes_on.is_(None), PathwayCall.closes_on >= today),
    )
    waiting = (
        _counted(CallInterest.id, PathwayCall.pathway_id == pathway_id)
        .join(PathwayCall, PathwayCall.id == CallInterest.call_id)
        .where(CallInterest.state == InterestState.STATED)
    )
    counts = session.execute(
        select(*(one.scalar_subquery() for one in (active, rule, calls, waiting))).where(
            policy.clause(actor, Action.WRITE_PATHWAY)
        )
    ).first()
    n_active, n_rules, n_calls, n_waiting = counts or (0, 0, 0, 0)
    return WhatEnds(
        n_active=n_active, has_rule=n_rules > 0, n_invitations=n_calls, n_waiting=n_waiting
    )


def _counted(column: Any, *conditions: Any) -> Select[int]:
    return select(func.count(column)).where(*conditions)


def _wanted(actor: Actor) -> _Wanted:
    on_it = select(func.count(Enrolment.id)).where(
        Enrolment.pathway_id == Pathway.id, Enrolment.state == EnrolmentState.ACTIVE
    )
    return (
        select(
            PathwayClosing,
            Pathway.title,
            newest_of(Pathway.id),
            on_it.scalar_subquery(),
        )
        .join(Pathway, Pathway.id == PathwayClosing.pathway_id)
        .where(policy.clause(actor, Action.WRITE_PATHWAY))
    )


def _row(closing: PathwayClosing, title: str, version_id: int, n_active: int) -> ClosingRow:
    return ClosingRow(
        pathway_id=closing.pathway_id,
        version_id=version_id,
        title=title,
        closed_on=closing.closed_on,
        reopened_on=closing.reopened_on,
        reason=closing.reason,
        learnt=closing.learnt,
        n_active=n_active,
    )
