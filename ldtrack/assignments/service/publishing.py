"""From a draft to the catalogue and out of it: propose, answer a proposal, close, open again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import (
    UNANSWERED,
    ActKind,
    Answer,
    CloseOpening,
    PostingActKind,
)
from ldtrack.assignments.models import Placement, Posting
from ldtrack.assignments.service.acts import step
from ldtrack.assignments.service.found import Found, facts_of, posting_to
from ldtrack.assignments.service.posting_acts import posting_step
from ldtrack.assignments.service.posting_letters import tell_answer, tell_closed
from ldtrack.assignments.service.postings import own_draft
from ldtrack.core.errors import RuleBroken


def propose_opening(session: Session, actor: Actor, posting_id: int, *, now: datetime) -> None:
    """Hand one's draft to HR; HR's own is published by it."""
    posting = own_draft(session, actor, posting_id)
    by_hr = policy.permits(actor, Action.WRITE_POSTING, facts_of(posting, actor))
    kind = PostingActKind.PUBLISHED if by_hr else PostingActKind.PROPOSED
    posting_step(session, posting, kind, actor, now=now)


def take_proposal_back(session: Session, actor: Actor, posting_id: int, *, now: datetime) -> None:
    """Make a draft of one's proposal again, to change it or throw it away."""
    posting = posting_to(session, actor, posting_id, Action.PROPOSE_POSTING)
    posting_step(session, posting, PostingActKind.TAKEN_BACK, actor, now=now)


def answer_proposal(
    session: Session, actor: Actor, posting_id: int, command: Answer, *, now: datetime
) -> None:
    """Publish a proposal, or send it back with a word why; whoever proposed it is told."""
    posting = posting_to(session, actor, posting_id, Action.WRITE_POSTING)
    if not command.publish and not command.word.strip():
        raise RuleBroken("word", "Say what it lacks, in a sentence; whoever proposed it reads it.")
    kind = PostingActKind.PUBLISHED if command.publish else PostingActKind.SENT_BACK
    posting_step(session, posting, kind, actor, now=now, word=command.word)
    tell_answer(session, posting, command, now)


def close_opening(
    session: Session, actor: Actor, posting_id: int, command: CloseOpening, *, now: datetime
) -> int:
    """Take no more applications, and say why; who is placed stays placed.

    Those who wait are told. They are declined by it, or still wait for an answer. Returns how
    many wait.
    """
    posting = posting_to(session, actor, posting_id, Action.CLOSE_POSTING)
    if not command.reason.strip():
        raise RuleBroken("reason", "Say why, in a sentence; those who applied will read it.")
    posting_step(session, posting, PostingActKind.CLOSED, actor, now=now, word=command.reason)
    waiting = _waiting(session, posting)
    for placement in waiting:
        if command.declines and placement.person_id != actor.person_id:
            found = Found(placement, posting)
            step(session, found, ActKind.DECLINED, actor, now=now, word=command.reason)
            placement.reason = command.reason
    session.flush()
    tell_closed(session, posting, [one.person_id for one in waiting], command, now)
    return len(waiting)


def reopen_opening(session: Session, actor: Actor, posting_id: int, *, now: datetime) -> None:
    """Take applications again."""
    posting = posting_to(session, actor, posting_id, Action.WRITE_POSTING)
    posting_step(session, posting, PostingActKind.REOPENED, actor, now=now)


def _waiting(session: Session, posting: Posting) -> list[Placement]:
    return list(
        session.scalars(
            select(Placement)
            .where(Placement.posting_id == posting.id, Placement.state.in_(UNANSWERED))
            .order_by(Placement.id)
        )
    )
