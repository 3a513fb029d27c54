"""Writing down what somebody does with an opening, if it may follow what was done before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import (
    OPEN,
    POSTING_LEADS_TO,
    PostingActKind,
    PostingState,
    posting_may,
)
from ldtrack.assignments.models import Placement, Posting, PostingAct
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict


def posting_step(
    session: Session,
    posting: Posting,
    kind: PostingActKind,
    actor: Actor,
    *,
    now: datetime,
    word: str = "",
) -> None:
    """Do it: the opening stands where the act leads, and the act is written down and audited."""
    if not posting_may(kind, posting.state):
        raise Conflict
    posting.state = POSTING_LEADS_TO.get(kind, posting.state)
    if kind is not PostingActKind.CHANGED:
        posting.closed_on = now.date() if posting.state is PostingState.CLOSED else None
    session.flush()
    last = session.scalar(
        select(func.max(PostingAct.number)).where(PostingAct.posting_id == posting.id)
    )
    session.add(
        PostingAct(
            posting_id=posting.id,
            number=(last or 0) + 1,
            kind=kind,
            by_id=actor.person_id,
            done_on=now.date(),
            word=word,
        )
    )
    session.flush()
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_POSTING.value,
        thing="posting",
        thing_id=posting.id,
        happened_at=now,
        reason=f"{kind.words}: {word}" if word else kind.words,
    )


def who_is_in(session: Session, posting_id: int) -> list[int]:
    """Everybody who applied for an opening, or has or is offered a place in it."""
    return list(
        session.scalars(
            select(Placement.person_id)
            .where(Placement.posting_id == posting_id, Placement.state.in_(OPEN))
            .order_by(Placement.person_id)
        )
    )
