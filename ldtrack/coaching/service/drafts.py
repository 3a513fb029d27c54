"""Keeping a session form that was begun, so that another device can go on with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain.rules import MOST_DRAFT
from ldtrack.coaching.models import CoachingSession, SessionDraft
from ldtrack.coaching.queries.sealed import draft_place, opened_draft
from ldtrack.coaching.service.found import engagement_to_log
from ldtrack.core.errors import Conflict, RuleBroken, SealedShut
from ldtrack.db.session import seal_of


def keep_draft(
    session: Session,
    actor: Actor,
    engagement_id: int,
    lines: Mapping[str, Sequence[str]],
    *,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Keep what was typed so far, sealed for its author alone; the last word counts.

    A page that saves by itself says how many sessions it has `seen`; if one was logged since, it
    comes too late and is a `Conflict`. Raises `RuleBroken` for more text than the form takes, and
    `SealedShut` without the key or for an earlier draft that it does not open.
    """
    one = engagement_to_log(session, actor, engagement_id)
    if sum(len(text) for sent in lines.values() for text in sent) > MOST_DRAFT:
        raise RuleBroken("shared_note", "That is more than a draft can keep.")
    if seen is not None and seen != _n_held(session, one.id):
        raise Conflict("A session has been logged since this form was opened.")
    kept = {name: list(sent) for name, sent in lines.items()}
    draft = session.scalars(
        select(SessionDraft).where(
            SessionDraft.engagement_id == one.id, SessionDraft.author_id == one.coach_id
        )
    ).first()
    if draft is None:
        draft = SessionDraft(engagement_id=one.id, author_id=one.coach_id)
        session.add(draft)
    else:
        before = opened_draft(session, draft)
        if before.is_shut:
            raise SealedShut
        if before.lines == kept:
            return
    typed = json.dumps(kept, ensure_ascii=False)
    draft.sealed = seal_of(session).close(typed, *draft_place(one.id, actor.person_id or 0))
    draft.kept_at = now
    session.flush()


def discard_draft(session: Session, actor: Actor, engagement_id: int) -> None:
    """Throw the actor's own draft away."""
    one = engagement_to_log(session, actor, engagement_id)
    session.execute(
        delete(SessionDraft).where(
            SessionDraft.engagement_id == one.id, SessionDraft.author_id == one.coach_id
        )
    )


def _n_held(session: Session, engagement_id: int) -> int:
    held = select(func.count(CoachingSession.id)).where(
        CoachingSession.engagement_id == engagement_id
    )
    return session.scalar(held) or 0
