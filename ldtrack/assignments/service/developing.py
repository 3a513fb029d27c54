"""Linking one opening with one competency, from wherever the two are seen together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.models import PostingCompetency
from ldtrack.assignments.service.checking import rated_in
from ldtrack.assignments.service.postings import posting_to_change
from ldtrack.audit.service import note
from ldtrack.competencies.queries import competency, scale
from ldtrack.core.errors import NotVisible, RuleBroken


def let_opening_develop(
    session: Session,
    actor: Actor,
    posting_id: int,
    competency_id: int,
    level: int,
    *,
    now: datetime,
) -> None:
    """Say that an opening develops a competency, or which other level it asks for."""
    posting_to_change(session, actor, posting_id)
    row = competency(session, competency_id)
    levels = scale(session, row.framework_version_id)
    if level not in {one.value for one in levels.levels}:
        raise RuleBroken("level", f"{row.name} has levels from {levels.lo} to {levels.hi}.")
    link = _link(session, posting_id, competency_id)
    if link is None:
        link = PostingCompetency(posting_id=posting_id, competency_id=competency_id)
        session.add(link)
    link.level = level
    session.flush()
    _note(session, actor, posting_id, f"develops {row.name} at level {level}", now)


def let_opening_develop_no_more(
    session: Session, actor: Actor, posting_id: int, competency_id: int, *, now: datetime
) -> None:
    """Take the link away; not the last one, nor one that somebody was rated on."""
    posting_to_change(session, actor, posting_id)
    link = _link(session, posting_id, competency_id)
    if link is None:
        raise NotVisible
    if competency_id in rated_in(session, posting_id):
        raise RuleBroken("develops", "Keep the competencies that an outcome was rated on.")
    others = select(func.count()).where(PostingCompetency.posting_id == posting_id)
    if session.scalar(others) == 1:
        raise RuleBroken("develops", "An assignment develops at least one competency.")
    session.delete(link)
    session.flush()
    name = competency(session, competency_id).name
    _note(session, actor, posting_id, f"develops {name} no longer", now)


def _link(session: Session, posting_id: int, competency_id: int) -> PostingCompetency | None:
    return session.scalar(
        select(PostingCompetency).where(
            PostingCompetency.posting_id == posting_id,
            PostingCompetency.competency_id == competency_id,
        )
    )


def _note(session: Session, actor: Actor, posting_id: int, what: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_POSTING.value,
        thing="posting",
        thing_id=posting_id,
        happened_at=now,
        reason=what,
    )
